//! The alerts of exports that did not go through, by their keys. Somebody who compares the output with an
//! earlier one must not take them for gone.

use std::collections::HashSet;

use crate::candidate::{Candidates, Outcome, State};

/// The alerts of one landlord's exports that did not go through.
#[derive(Debug, Clone, Default)]
pub struct SetAside {
    /// Their keys.
    pub keys: HashSet<i64>,
    /// How many there are of which no key is known, records that cannot be read among them.
    pub without_key: u64,
}

impl SetAside {
    /// Notes those of a chunk, of which so many records cannot be read.
    pub(super) fn note(&mut self, candidates: &Candidates, unreadable: u64) {
        self.without_key += unreadable;
        let ids = candidates.int64s("person_alert_id");
        let states = candidates.states("person_alert_id");
        let outcomes = candidates.outcomes.iter().enumerate();
        let set_aside = outcomes.filter(|(_, outcome)| {
            matches!(outcome, Outcome::Rejected | Outcome::Review | Outcome::Gap)
        });
        for (row, _) in set_aside {
            let stated = states.get(row) == Some(&State::Value);
            match ids.and_then(|ids| ids.get(row)).filter(|_| stated) {
                Some(id) => {
                    self.keys.insert(*id);
                }
                None => self.without_key += 1,
            }
        }
    }
}
