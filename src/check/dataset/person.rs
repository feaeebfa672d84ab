//! The active alerts of one person, and which of them do not go together.
//!
//! Of two alerts that do not go together the later one in the order of the input is blamed, once for all
//! that it goes against, so that there are no more findings than alerts.

use rustc_hash::FxHashMap;

use super::active_alert::ActiveAlert;
use super::covered_days::CoveredDays;
use crate::standard::code_sets::{CodeSet, CodeSets, Relation};

/// The active alerts of one person.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The alerts, sorted: by code, and in the order of the input.
    pub alerts: &'a [ActiveAlert],
    /// The day of birth, in days since 1970-01-01, where it is known.
    pub born: Option<i32>,
}

/// What a rule says of a person: the places of two of its alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blame {
    /// The alert that is blamed.
    pub alert: usize,
    /// The earlier alert that it goes against, if it does.
    pub against: Option<usize>,
}

impl<'a> Person<'a> {
    /// The alerts of each code.
    fn codes(self) -> impl Iterator<Item = &'a [ActiveAlert]> {
        self.alerts
            .chunk_by(|one, next| one.code_id == next.code_id)
    }

    /// Alerts that are blamed by themselves.
    pub fn blamed(self, is_wrong: impl Fn(&ActiveAlert) -> bool) -> Vec<Blame> {
        let alerts = self.alerts.iter().enumerate();
        let wrong = alerts.filter(|(_, alert)| is_wrong(alert));
        let blamed = wrong.map(|(alert, _)| Blame {
            alert,
            against: None,
        });
        blamed.collect()
    }

    /// Alerts that share a code and a day with an earlier one.
    pub fn repeated(self) -> Vec<Blame> {
        let mut blamed = Vec::new();
        let mut first = 0;
        for alerts in self.codes() {
            let places = first..first + alerts.len();
            first = places.end;
            if alerts.len() > 1 {
                // the order within a code is that of the input
                blamed.extend(self.clashing(places, |_| Some(0), |own, other| own == other));
            }
        }
        blamed
    }

    /// Alerts that share a day with an earlier one of which the code has that relation to their own.
    pub fn related(self, sets: &CodeSets, relation: Relation) -> Vec<Blame> {
        if self.alerts.len() < 2 {
            return Vec::new();
        }
        let codes = self
            .codes()
            .filter_map(|alerts| Some(alerts.first()?.code_id));
        let mut blamed = Vec::new();
        for set in sets.shared(relation, codes) {
            let side = |alert: &ActiveAlert| set.side(alert.code_id);
            let places = self.in_input_order(set);
            blamed.extend(self.clashing(places, side, |own, other| own != other));
        }
        blamed
    }

    /// Places of the alerts with codes of a set, in the order of the input.
    fn in_input_order(self, set: &CodeSet) -> Vec<usize> {
        let alerts = self.alerts.iter().enumerate();
        let members = alerts.filter(|(_, alert)| set.side(alert.code_id).is_some());
        let mut places: Vec<usize> = members.map(|(at, _)| at).collect();
        places.sort_by_key(|at| self.alerts[*at].place());
        places
    }

    /// Of the alerts at those places, which come in the order of the input, those that share a day with an
    /// earlier one whose side clashes with their own.
    fn clashing(
        self,
        places: impl IntoIterator<Item = usize>,
        side: impl Fn(&ActiveAlert) -> Option<usize>,
        clash: impl Fn(usize, usize) -> bool,
    ) -> Vec<Blame> {
        let mut sides: FxHashMap<usize, CoveredDays> = FxHashMap::default();
        let mut blamed = Vec::new();
        for place in places {
            let alert = &self.alerts[place];
            let Some(own) = side(alert) else {
                continue;
            };
            let others = sides.iter().filter(|(other, _)| clash(own, **other));
            let sharing = others.filter_map(|(_, days)| days.sharing(alert.start, alert.end));
            let against = sharing.min_by_key(|at| (self.alerts[*at].place(), *at));
            blamed.extend(against.map(|_| Blame {
                alert: place,
                against,
            }));
            let days = sides.entry(own).or_default();
            days.add(alert.start, alert.end, place);
        }
        blamed
    }
}
