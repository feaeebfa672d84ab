//! What to mend first: each rule at each column and value that keeps alerts out, by the people that it is
//! about and by what could be lost, and how many alerts go through once it is mended.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::finding_counts::place;
use crate::obstacle::{Obstacle, Obstacles, Stopped};

/// Things that are listed.
const MOST: usize = 24;
/// An alert whose code is critical or relevant to Awaab's Law weighs as many others.
const GRAVE_WEIGHT: u64 = 10;
/// One of which no code is known may be as grave, and weighs as many.
const UNCODED_WEIGHT: u64 = 3;
/// A value by itself is listed where it keeps out one alert in so many; else it is counted with the others
/// of its rule and column.
const SHARE_OF_ITS_OWN: u64 = 100;

/// What to mend first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FixFirst {
    /// Alerts and unreadable records that were set aside.
    pub set_aside: u64,
    /// The people that these are about, as far as their keys are known.
    pub people: u64,
    /// Whether that is an estimate.
    #[serde(default, skip_serializing_if = "is_false")]
    pub people_estimated: bool,
    /// Of the alerts, those whose code is critical or relevant to Awaab's Law.
    pub grave: u64,
    /// Of the alerts and records, those of which no code is known: they may be as grave.
    pub uncoded: u64,
    /// What keeps them out, the weightiest first.
    pub items: Vec<FixItem>,
    /// Things that are not listed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub further: u64,
}

/// A rule that keeps alerts out, at one value or several of one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixItem {
    /// Code of the landlord.
    pub landlord: String,
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// Slug of the rule.
    pub slug: Cow<'static, str>,
    /// The column; empty where whole records are meant.
    pub column: String,
    /// The value, where it is one and values were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether empty cells are meant.
    #[serde(default, skip_serializing_if = "is_false")]
    pub empty: bool,
    /// How many different values are meant; 1 where whole records are.
    pub values: u64,
    /// Where the first of them is.
    pub first: String,
    /// Number of that record in its input.
    pub record: u64,
    /// What to do about it.
    pub fix: Cow<'static, str>,
    /// Alerts and unreadable records that it keeps out.
    pub alerts: u64,
    /// The people that these are about, as far as their keys are known.
    pub people: u64,
    /// Whether that is an estimate.
    #[serde(default, skip_serializing_if = "is_false")]
    pub people_estimated: bool,
    /// Of the alerts, those whose code is critical.
    pub critical: u64,
    /// Of the alerts, those whose code is relevant to Awaab's Law.
    pub awaab_relevant: u64,
    /// Of the alerts, those whose code is either.
    pub grave: u64,
    /// Of the alerts, those of which no code is known: they may be as grave.
    pub uncoded: u64,
    /// Alerts and unreadable records that go through once this and everything above is mended, and nothing
    /// else.
    pub through: u64,
}

/// What stood in the way of one landlord's alerts.
#[derive(Debug)]
pub struct LandlordObstacles {
    /// Code of the landlord.
    pub landlord: String,
    /// The names of its inputs.
    pub files: Vec<Arc<str>>,
    /// The obstacles.
    pub obstacles: Obstacles,
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

fn is_false(estimated: &bool) -> bool {
    !estimated
}

/// Obstacles of one landlord that are one thing to mend.
struct Group<'o> {
    landlord: &'o LandlordObstacles,
    first: &'o Obstacle,
    /// Places among the landlord's obstacles.
    members: Vec<usize>,
    stopped: Stopped,
}

impl FixFirst {
    /// What to mend first, of so many alerts and records that were set aside.
    pub fn of(landlords: &[LandlordObstacles], set_aside: u64) -> FixFirst {
        let mut groups: Vec<Group<'_>> = landlords
            .iter()
            .flat_map(|landlord| grouped(landlord, set_aside))
            .collect();
        // the sort is stable: of two that weigh the same the one that comes first in the input stands first
        groups.sort_by_key(|group| Reverse(weight(&group.stopped)));
        let through = through(landlords, &groups);
        let mut all = Stopped::default();
        for landlord in landlords {
            all.add(landlord.obstacles.all());
        }
        let (people, exact) = people(&all);
        let items = groups.iter().zip(through).take(MOST);
        FixFirst {
            set_aside,
            people,
            people_estimated: !exact,
            grave: all.grave,
            uncoded: all.uncoded,
            items: items.map(|(group, through)| item(group, through)).collect(),
            further: groups.len().saturating_sub(MOST) as u64,
        }
    }
}

impl FixFirst {
    /// What to mend first of runs that have no landlord in common.
    ///
    /// What goes through once an item and all above it are mended depends on the items of its own landlord
    /// alone, which keep their order; so the steps from item to item stay what they are.
    pub fn joined(parts: Vec<FixFirst>) -> FixFirst {
        let mut whole = FixFirst::default();
        let mut steps: Vec<(u64, FixItem)> = Vec::new();
        // what is not listed of a run weighs no more than the last that is
        let mut unlisted = 0;
        for part in parts {
            whole.set_aside += part.set_aside;
            whole.people += part.people;
            whole.people_estimated |= part.people_estimated;
            whole.grave += part.grave;
            whole.uncoded += part.uncoded;
            whole.further += part.further;
            if let Some(last) = part.items.last().filter(|_| part.further > 0) {
                unlisted = unlisted.max(last.weight());
            }
            let mut before = 0;
            for item in part.items {
                steps.push((item.through - before, item.clone()));
                before = item.through;
            }
        }
        steps.sort_by_key(|(_, item)| Reverse(item.weight()));
        let listed = steps
            .iter()
            .take(MOST)
            .filter(|(_, item)| item.weight() >= unlisted);
        let listed = listed.count();
        whole.further += (steps.len() - listed) as u64;
        let mut through = 0;
        let items = steps.into_iter().take(listed).map(|(step, item)| {
            through += step;
            FixItem { through, ..item }
        });
        whole.items = items.collect();
        whole
    }
}

impl FixItem {
    fn weight(&self) -> u64 {
        weigh(self.people, self.alerts, self.grave, self.uncoded)
    }
}

/// The people that alerts are about, and whether that is exact. An estimate is no more than the alerts.
fn people(stopped: &Stopped) -> (u64, bool) {
    let (people, exact) = stopped.people.count();
    (people.min(stopped.alerts), exact)
}

fn weight(stopped: &Stopped) -> u64 {
    let (people, _) = people(stopped);
    weigh(people, stopped.alerts, stopped.grave, stopped.uncoded)
}

fn weigh(people: u64, alerts: u64, grave: u64, uncoded: u64) -> u64 {
    let plain = match people {
        0 => alerts,
        people => people,
    };
    plain + (GRAVE_WEIGHT - 1) * grave + (UNCODED_WEIGHT - 1) * uncoded
}

/// The obstacles of a landlord as things to mend: a value that keeps out many alerts by itself, and the other
/// values of a rule and column together.
fn grouped(landlord: &LandlordObstacles, set_aside: u64) -> Vec<Group<'_>> {
    let least = (set_aside / SHARE_OF_ITS_OWN).max(2);
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut others: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, (obstacle, stopped)) in landlord.obstacles.found().iter().enumerate() {
        let key = (obstacle.rule.id, &*obstacle.column);
        if stopped.alerts < least {
            if let Some(known) = others.get(&key) {
                groups[*known].members.push(at);
                groups[*known].stopped.add(stopped);
                continue;
            }
            others.insert(key, groups.len());
        }
        groups.push(Group {
            landlord,
            first: obstacle,
            members: vec![at],
            stopped: stopped.clone(),
        });
    }
    groups
}

/// For each group, how many alerts go through once it and all before it are mended.
fn through(landlords: &[LandlordObstacles], groups: &[Group<'_>]) -> Vec<u64> {
    let mut at_rank = vec![0; groups.len()];
    for landlord in landlords {
        let mut ranks = vec![usize::MAX; landlord.obstacles.found().len()];
        for (rank, group) in groups.iter().enumerate() {
            if std::ptr::eq(group.landlord, landlord) {
                group.members.iter().for_each(|at| ranks[*at] = rank);
            }
        }
        for (set, count) in landlord.obstacles.sets() {
            let last = set.iter().filter_map(|at| ranks.get(*at as usize)).max();
            if let Some(at) = last.and_then(|rank| at_rank.get_mut(*rank)) {
                *at += count;
            }
        }
    }
    let mut sum = 0;
    let sums = at_rank.into_iter().map(|count| {
        sum += count;
        sum
    });
    sums.collect()
}

fn item(group: &Group<'_>, through: u64) -> FixItem {
    let Group {
        landlord,
        first,
        members,
        stopped,
    } = group;
    let file = landlord.files.get(stopped.first.input as usize);
    let (people, exact) = people(stopped);
    FixItem {
        landlord: landlord.landlord.clone(),
        rule: first.rule.id.into(),
        slug: first.rule.slug.into(),
        column: first.column.to_string(),
        value: match members.len() {
            1 => first.shown.as_deref().map(str::to_owned),
            _ => None,
        },
        empty: first.empty && members.len() == 1,
        values: members.len() as u64,
        first: place(
            file.map_or("", |name| name),
            stopped.first.line,
            stopped.first.cell,
        ),
        record: stopped.first.record,
        fix: first.rule.fix.into(),
        alerts: stopped.alerts,
        people,
        people_estimated: !exact,
        critical: stopped.critical,
        awaab_relevant: stopped.awaab_relevant,
        grave: stopped.grave,
        uncoded: stopped.uncoded,
        through,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(landlord: &str, further: u64, items: &[(u64, u64)]) -> FixFirst {
        let item = |(alerts, through): &(u64, u64)| FixItem {
            landlord: landlord.to_owned(),
            rule: "PAC202".into(),
            slug: "".into(),
            column: String::new(),
            value: None,
            empty: false,
            values: 1,
            first: String::new(),
            record: 1,
            fix: "".into(),
            alerts: *alerts,
            people: 0,
            people_estimated: false,
            critical: 0,
            awaab_relevant: 0,
            grave: 0,
            uncoded: 0,
            through: *through,
        };
        FixFirst {
            set_aside: 100,
            further,
            items: items.iter().map(item).collect(),
            ..FixFirst::default()
        }
    }

    #[test]
    fn what_goes_through_is_added_up_along_the_new_order() {
        let one = part("A", 0, &[(50, 40), (20, 60)]);
        let other = part("B", 0, &[(30, 30), (10, 35)]);
        let joined = FixFirst::joined(vec![one, other]);
        let told = joined.items.iter();
        let told: Vec<_> = told.map(|item| (&*item.landlord, item.through)).collect();
        // 40 of A, 30 of B, 20 more of A, 5 more of B
        assert_eq!(told, [("A", 40), ("B", 70), ("A", 90), ("B", 95)]);
        assert_eq!((joined.set_aside, joined.further), (200, 0));
    }

    #[test]
    fn nothing_is_listed_that_weighs_less_than_what_may_be_unlisted() {
        let one = part("A", 3, &[(50, 40), (20, 60)]);
        let other = part("B", 0, &[(30, 30), (10, 35)]);
        let joined = FixFirst::joined(vec![one, other]);
        let told: Vec<u64> = joined.items.iter().map(|item| item.alerts).collect();
        assert_eq!(told, [50, 30, 20]);
        assert_eq!(joined.further, 4);
    }
}
