//! Keys that alerts have in the place of others, as far as both snapshots bear them out.

use std::collections::{HashMap, HashSet};

use super::renaming::Renaming;
use crate::error::Result;
use crate::snapshot::cells::Cells;
use crate::snapshot::stored_table::StoredTable;

/// Keys of the older snapshot, each with that of the same alert in the newer one.
pub(super) struct KeyChanges {
    changes: HashMap<i64, i64>,
    /// The keys in the newer snapshot that some alert is said to have in the place of another.
    present: HashSet<i64>,
    there: HashSet<i64>,
}

impl KeyChanges {
    /// What is said of keys, before the snapshots are looked at.
    pub(super) fn of(renaming: &Renaming) -> KeyChanges {
        KeyChanges {
            changes: renaming.alerts.clone(),
            present: renaming.alerts.values().copied().collect(),
            there: HashSet::new(),
        }
    }

    /// Notes keys of the newer snapshot.
    pub(super) fn note_newer(&mut self, ids: &[i64]) {
        if !self.present.is_empty() {
            let named = ids.iter().filter(|id| self.present.contains(id));
            self.there.extend(named);
        }
    }

    /// Leaves only what can be so: each snapshot has its key, and no other alert of the older one has the
    /// newer one's and keeps it.
    ///
    /// # Errors
    /// The older snapshot is damaged.
    pub(super) fn settle(&mut self, old: &StoredTable) -> Result<()> {
        let there = std::mem::take(&mut self.there);
        self.changes.retain(|_, present| there.contains(present));
        if self.changes.is_empty() {
            return Ok(());
        }
        let (mut former, mut before) = (HashSet::new(), HashSet::new());
        for group in 0..old.groups() {
            old.each_batch(group, &["person_alert_id"], |columns, _| {
                if let Cells::Int64(ids) = &columns[0] {
                    let ids = ids.values().iter().copied();
                    former.extend(ids.clone().filter(|id| self.changes.contains_key(id)));
                    before.extend(ids.filter(|id| self.present.contains(id)));
                }
                Ok(())
            })?;
        }
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
                return Ok(());
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
