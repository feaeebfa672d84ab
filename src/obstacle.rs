//! What stands in the way of the alerts that do not go through: each rule at each column and value, and
//! which of them meet in one alert. It is noted on the workers, a chunk at a time, and merged in the order
//! of the input; a value is kept as a hash alone, unless the operator has asked for values.

use rustc_hash::FxHashMap;

use crate::distinct::Distinct;
use crate::finding::{Finding, RuleFacts, SheetCell};

/// Obstacles that are told apart, for each landlord. Beyond them, values of one rule and column are counted
/// together.
const MOST: usize = 20_000;
/// Different sets of obstacles that are counted. An alert beyond them counts as one that nothing mends.
const MOST_SETS: usize = 50_000;
/// Stands for the values that are counted together.
const OTHER_VALUES: u64 = u64::MAX;

/// A rule that rejects, with the column and the value that it rejects for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The rule.
    pub rule: RuleFacts,
    /// The column of the input; empty where the whole record is meant.
    pub column: Box<str>,
    /// Hash of the value; of none where the whole record is meant.
    pub value: u64,
    /// Whether the cell is empty.
    pub empty: bool,
    /// The value, where values are asked for.
    pub shown: Option<Box<str>>,
}

/// The alerts that meet an obstacle.
#[derive(Debug, Clone, Default)]
pub struct Stopped {
    /// How many alerts and unreadable records there are.
    pub alerts: u64,
    /// Of these, those whose code is critical.
    pub critical: u64,
    /// Of these, those whose code is relevant to Awaab's Law.
    pub awaab_relevant: u64,
    /// Of these, those whose code is critical or relevant to Awaab's Law.
    pub grave: u64,
    /// Of these, those of which no code is known.
    pub uncoded: u64,
    /// The people that they are about, as far as their keys are known.
    pub people: Distinct<256>,
    /// Where the first of them is.
    pub first: Place,
}

/// Where a finding is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Index of the input among the landlord's inputs.
    pub input: u32,
    /// Number of the record, counted from 1.
    pub record: u64,
    /// Physical line, counted from 1.
    pub line: u64,
    /// The cell, where there is one.
    pub cell: Option<SheetCell>,
}

impl Place {
    /// Where that finding is.
    pub fn of(finding: &Finding) -> Place {
        Place {
            input: finding.input,
            record: finding.record,
            line: finding.line,
            cell: finding.cell(),
        }
    }
}

/// What is known of an alert that does not go through.
#[derive(Debug, Clone, Copy, Default)]
pub struct StoppedAlert {
    /// Key of the person.
    pub person: Option<i64>,
    /// Whether its code is critical, and whether relevant to Awaab's Law; `None` where no code is known.
    pub code: Option<(bool, bool)>,
}

/// The obstacles of a chunk, or of a landlord.
#[derive(Debug, Default)]
pub struct Obstacles {
    found: Vec<(Obstacle, Stopped)>,
    known: FxHashMap<(&'static str, Box<str>, u64), u32>,
    /// Places in `found` that meet in alerts, in order, and in how many.
    sets: FxHashMap<Box<[u32]>, u64>,
    /// All alerts that meet an obstacle, each once.
    all: Stopped,
}

impl Obstacles {
    /// Notes an alert, or an unreadable record, and everything that stands in its way.
    pub fn note(&mut self, alert: StoppedAlert, met: impl Iterator<Item = (Obstacle, Place)>) {
        let met = met.map(|(obstacle, place)| self.place(obstacle, place));
        let mut met: Vec<u32> = met.collect();
        met.sort_unstable();
        met.dedup();
        if met.is_empty() {
            return;
        }
        for at in &met {
            self.found[*at as usize].1.count(alert);
        }
        self.all.count(alert);
        self.count_set(met.into(), 1);
    }

    /// Notes an alert that nobody can mend: the standard has no code for it.
    pub fn note_gap(&mut self, alert: StoppedAlert) {
        self.all.count(alert);
    }

    /// Adds the obstacles of the next chunk.
    pub fn merge(&mut self, next: Obstacles) {
        let places = next.found.into_iter().map(|(obstacle, stopped)| {
            let at = self.place(obstacle, stopped.first);
            self.found[at as usize].1.add(&stopped);
            at
        });
        let places: Vec<u32> = places.collect();
        self.all.add(&next.all);
        let mut sets: Vec<_> = next.sets.into_iter().collect();
        sets.sort_unstable();
        for (set, count) in sets {
            let set = set
                .iter()
                .filter_map(|at| places.get(*at as usize).copied());
            let mut set: Vec<u32> = set.collect();
            set.sort_unstable();
            set.dedup();
            self.count_set(set.into(), count);
        }
    }

    /// The obstacles in the order of the input, with the alerts that meet them.
    pub fn found(&self) -> &[(Obstacle, Stopped)] {
        &self.found
    }

    /// All alerts that meet an obstacle, each once; their first place is not noted.
    pub fn all(&self) -> &Stopped {
        &self.all
    }

    /// The places in [`Obstacles::found`] that meet in alerts, and in how many.
    pub fn sets(&self) -> impl Iterator<Item = (&[u32], u64)> {
        self.sets.iter().map(|(set, count)| (&**set, *count))
    }

    fn count_set(&mut self, set: Box<[u32]>, count: u64) {
        if let Some(own) = self.sets.get_mut(&set) {
            *own += count;
        } else if self.sets.len() < MOST_SETS {
            self.sets.insert(set, count);
        }
    }

    fn place(&mut self, mut obstacle: Obstacle, first: Place) -> u32 {
        let mut key = (obstacle.rule.id, obstacle.column.clone(), obstacle.value);
        if let Some(at) = self.known.get(&key) {
            return *at;
        }
        if self.found.len() >= MOST {
            obstacle.value = OTHER_VALUES;
            obstacle.shown = None;
            obstacle.empty = false;
            key.2 = OTHER_VALUES;
            if let Some(at) = self.known.get(&key) {
                return *at;
            }
        }
        let at = self.found.len() as u32;
        self.known.insert(key, at);
        self.found.push((obstacle, Stopped::at(first)));
        at
    }
}

impl Stopped {
    fn at(first: Place) -> Stopped {
        Stopped {
            first,
            ..Stopped::default()
        }
    }

    fn count(&mut self, alert: StoppedAlert) {
        self.alerts += 1;
        match alert.code {
            Some((critical, awaab)) => {
                self.critical += u64::from(critical);
                self.awaab_relevant += u64::from(awaab);
                self.grave += u64::from(critical || awaab);
            }
            None => self.uncoded += 1,
        }
        if let Some(person) = alert.person {
            self.people.add(person);
        }
    }

    /// Adds the alerts of another that meet the same obstacle.
    pub fn add(&mut self, other: &Stopped) {
        self.alerts += other.alerts;
        self.critical += other.critical;
        self.awaab_relevant += other.awaab_relevant;
        self.grave += other.grave;
        self.uncoded += other.uncoded;
        self.people.merge(&other.people);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn obstacle(column: &str, value: u64) -> Obstacle {
        let rule = RuleFacts {
            id: "PAC202",
            slug: "value_unmapped",
            subject: "codes",
            table: "person_alert",
            says: "",
            fix: "",
        };
        let column = column.into();
        Obstacle {
            rule,
            column,
            value,
            empty: false,
            shown: None,
        }
    }

    fn note(to: &mut Obstacles, person: i64, met: &[(&str, u64)]) {
        let place = Place {
            input: 0,
            record: 1,
            line: 2,
            cell: None,
        };
        let alert = StoppedAlert {
            person: Some(person),
            code: None,
        };
        let met = met.iter();
        to.note(
            alert,
            met.map(|(column, value)| (obstacle(column, *value), place)),
        );
    }

    #[test]
    fn parts_of_an_input_merge_to_the_same_as_the_whole() {
        let alerts: [(i64, &[(&str, u64)]); 4] = [
            (1, &[("Type", 7)]),
            (2, &[("Type", 7), ("Start", 3)]),
            (1, &[("Start", 3), ("Type", 7)]),
            (3, &[("Start", 4)]),
        ];
        let mut whole = Obstacles::default();
        let mut merged = Obstacles::default();
        for (person, met) in alerts {
            note(&mut whole, person, met);
            let mut part = Obstacles::default();
            note(&mut part, person, met);
            merged.merge(part);
        }
        for own in [&whole, &merged] {
            let counts = own.found().iter().map(|(_, stopped)| stopped.alerts);
            assert_eq!(counts.collect::<Vec<_>>(), [3, 2, 1]);
            assert_eq!(own.found()[0].1.people.count(), (2, true));
            let mut sets: Vec<_> = own
                .sets()
                .map(|(set, count)| (set.to_vec(), count))
                .collect();
            sets.sort();
            assert_eq!(sets, [(vec![0], 1), (vec![0, 1], 2), (vec![2], 1)]);
        }
    }

    #[test]
    fn values_beyond_the_limit_are_counted_together() {
        let mut many = Obstacles::default();
        for value in 0..MOST as u64 + 10 {
            note(&mut many, 1, &[("Notes", value)]);
        }
        assert_eq!(many.found().len(), MOST + 1);
        let (last, stopped) = &many.found()[MOST];
        assert_eq!((last.value, stopped.alerts), (OTHER_VALUES, 10));
    }
}
