//! Keys that alerts have in the place of others, as far as both snapshots bear them out.

use std::collections::{HashMap, HashSet};

use super::comparison::each_alert;
use super::renaming::Renaming;
use crate::error::Result;
use crate::snapshot::stored_table::StoredTable;

/// Keys of the older snapshot, each with that of the same alert in the newer one.
pub(super) struct KeyChanges {
    changes: HashMap<i64, i64>,
}

impl KeyChanges {
    /// Of what is said of keys only what can be so: each snapshot has its key, and no other alert of the older
    /// one has the newer one's and keeps it.
    ///
    /// # Errors
    /// A snapshot is damaged.
    pub(super) fn of(renaming: &Renaming, [old, new]: [&StoredTable; 2]) -> Result<KeyChanges> {
        let mut own = KeyChanges {
            changes: renaming.alerts.clone(),
        };
        if own.changes.is_empty() {
            return Ok(own);
        }
        let present: HashSet<i64> = own.changes.values().copied().collect();
        let mut there = HashSet::new();
        each_alert(new, |_, id| {
            if present.contains(&id) {
                there.insert(id);
            }
        })?;
        own.changes.retain(|_, present| there.contains(present));
        let (mut former, mut before) = (HashSet::new(), HashSet::new());
        each_alert(old, |_, id| {
            if own.changes.contains_key(&id) {
                former.insert(id);
            }
            if present.contains(&id) {
                before.insert(id);
            }
        })?;
        own.settle(&former, &before);
        Ok(own)
    }

    /// Leaves only what can be so, by the keys of the older snapshot: those that are said to have become
    /// others, and those that are said to be others' later.
    fn settle(&mut self, former: &HashSet<i64>, before: &HashSet<i64>) {
        self.changes.retain(|id, _| former.contains(id));
        loop {
            let kept: Vec<i64> = before
                .iter()
                .filter(|id| !self.changes.contains_key(id))
                .copied()
                .collect();
            let many = self.changes.len();
            self.changes.retain(|_, present| !kept.contains(present));
            if self.changes.len() == many {
                return;
            }
        }
    }

    /// The key that an alert of the older snapshot has in the newer one, where it is another.
    pub(super) fn present(&self, id: i64) -> Option<i64> {
        match self.changes.is_empty() {
            true => None,
            false => self.changes.get(&id).copied(),
        }
    }

    /// Whether a key has been given up by the alert that had it.
    pub(super) fn has_freed(&self, id: i64) -> bool {
        self.changes.contains_key(&id)
    }
}
