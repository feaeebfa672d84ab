//! The one narrow place that sees every accepted alert of a landlord in input order: it merges exact
//! duplicates and makes sure that no two keys share one integer.
//!
//! It must be ordered, because the first of two equal alerts stays, and narrow, because it runs on
//! one thread. An alert costs it one entry of 14 bytes, and a person whose key is no number one of 12.
//! Past a million the entries lie on disk, and 2.25 bytes of each in memory.

mod ascending;
mod ascending_run;
mod changes;
mod deleted;
mod held;
mod run;
mod seen;

use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::candidate::{Candidates, Column, Outcome, State};
use crate::cell::key::{KeySpace, is_hashed};
use crate::error::{Error, Result};
use seen::Seen;

/// From which repeat on it is noted how many alerts share a key: up to here counting anew is quick, and
/// notes of each would fill the memory where every alert comes twice.
const MANY_REPEATS: u64 = 8;

/// Alerts whose entries are brought near together.
const NEAR: usize = 128;

/// What the gate notes about an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateFault {
    /// Another person's key has become the same integer.
    SharedPersonKey,
    /// Every mapped field equals that of an earlier alert; the alert is merged into it.
    ExactDuplicate,
    /// A change is about an alert that does not go through.
    UnknownAlert,
    /// A log has deleted the alert, and no export has it.
    DeletedAlert,
    /// An earlier alert has the same key and other content; this one gets a key of its own.
    RepeatedAlertKey,
}

/// The state of the gate for one landlord.
#[derive(Debug)]
pub struct Gate {
    keys: KeySpace,
    merge_duplicates: bool,
    /// Persons, with the check of their key.
    persons: Seen<4>,
    /// Alerts, with their content.
    alerts: Seen<6>,
    /// The field that holds the keys.
    key: &'static str,
    /// Where duplicates are kept: how many alerts share a key, where they are many, so that the next one
    /// need not count.
    repeats: FxHashMap<i64, u64>,
    /// Where entries lie that do not fit memory.
    folder: PathBuf,
}

impl Gate {
    /// A gate that has seen nothing; what does not fit memory goes to unnamed files in `folder`.
    pub fn new(keys: KeySpace, merge_duplicates: bool, folder: &Path) -> Gate {
        Gate {
            keys,
            merge_duplicates,
            key: "person_alert_id",
            persons: Seen::new(folder),
            alerts: Seen::new(folder),
            repeats: FxHashMap::default(),
            folder: folder.to_owned(),
        }
    }

    /// Passes the accepted alerts of the next batch: gives each its key, or merges or rejects it.
    /// Returns what there is to say, by row.
    ///
    /// # Errors
    /// A temporary file cannot be written or read.
    pub fn pass(&mut self, batch: &mut Candidates) -> Result<Vec<(u32, GateFault)>> {
        let faults = self.pass_rows(batch);
        faults.map_err(|error| Error::output(&self.folder, &error))
    }

    fn pass_rows(&mut self, batch: &mut Candidates) -> io::Result<Vec<(u32, GateFault)>> {
        let mut faults = Vec::new();
        let columns = KeyColumns {
            person: batch.position("person_id"),
            alert: batch.position(self.key),
        };
        for row in 0..batch.rows {
            if row.is_multiple_of(NEAR) {
                let rows = row..batch.rows.min(row + NEAR);
                self.alerts.touch(rows.map(|row| {
                    let own = key_in(batch, columns.alert, row);
                    own.unwrap_or_else(|| self.keys.generated(batch.fingerprints[row], 0))
                }));
            }
            match batch.outcomes[row] {
                Outcome::Accepted => {}
                Outcome::Skipped | Outcome::Merged => continue,
                // Mended one day, it will want its own key.
                Outcome::Rejected | Outcome::Review | Outcome::Gap => {
                    if !self.reserves_key(batch, columns, row)? {
                        faults.push((row as u32, GateFault::RepeatedAlertKey));
                    }
                    continue;
                }
            }
            if !self.knows_person(batch, columns, row)? {
                batch.outcomes[row] = Outcome::Rejected;
                faults.push((row as u32, GateFault::SharedPersonKey));
                continue;
            }
            if let Some(fault) = self.give_key(batch, columns, row)? {
                faults.push((row as u32, fault));
            }
        }
        Ok(faults)
    }

    fn knows_person(
        &mut self,
        batch: &Candidates,
        columns: KeyColumns,
        row: usize,
    ) -> io::Result<bool> {
        match key_in(batch, columns.person, row) {
            // Two numbers cannot become one; two hashes could.
            Some(person) if is_hashed(person) => {
                self.persons.first(person, batch.person_checks[row])
            }
            _ => Ok(true),
        }
    }

    /// Keeps the key of a rejected alert; returns whether nobody else has it.
    fn reserves_key(
        &mut self,
        batch: &Candidates,
        columns: KeyColumns,
        row: usize,
    ) -> io::Result<bool> {
        let Some(own) = key_in(batch, columns.alert, row) else {
            return Ok(true);
        };
        let content = content(batch.fingerprints[row]);
        // Equal to no content: what could be read of it may equal an accepted alert, and nothing may be
        // merged into an alert that does not go through.
        Ok(self.alerts.first(own, kept_free(content))?
            || self.alerts.stood_for(own, content)? == Some(true))
    }

    fn give_key(
        &mut self,
        batch: &mut Candidates,
        columns: KeyColumns,
        row: usize,
    ) -> io::Result<Option<GateFault>> {
        let print = batch.fingerprints[row];
        let content = content(print);
        let column = columns.alert.and_then(|at| batch.columns.get_mut(at));
        let Some(Column::Int64(ids)) = column else {
            return Ok(None);
        };
        let own = ids.get(row).copied();
        let mut id = own.unwrap_or_else(|| self.keys.generated(print, 0));
        let mut stood_for = self.alerts.stood_for(id, content)?;
        let own_is_taken = own.is_some() && stood_for.is_some();
        let mut repeat = match self.merge_duplicates {
            true => 0,
            false => {
                let first = self.keys.generated(print, 0);
                self.repeats.get(&first).copied().unwrap_or(0)
            }
        };
        while let Some(same) = stood_for {
            if same && self.merge_duplicates {
                batch.outcomes[row] = Outcome::Merged;
                return Ok(Some(GateFault::ExactDuplicate));
            }
            repeat += 1;
            id = self.keys.generated(print, repeat);
            stood_for = self.alerts.stood_for(id, content)?;
        }
        if repeat >= MANY_REPEATS && !self.merge_duplicates {
            self.repeats.insert(self.keys.generated(print, 0), repeat);
        }
        self.alerts.add(id, content)?;
        ids.values[row] = id;
        ids.states[row] = State::Value;
        Ok(own_is_taken.then_some(GateFault::RepeatedAlertKey))
    }
}

/// Which columns of a batch hold the keys.
#[derive(Clone, Copy)]
struct KeyColumns {
    person: Option<usize>,
    alert: Option<usize>,
}

fn key_in(batch: &Candidates, column: Option<usize>, row: usize) -> Option<i64> {
    match batch.columns.get(column?)? {
        Column::Int64(ids) => ids.get(row).copied(),
        _ => None,
    }
}

/// Marks the content of an alert that goes through.
const THROUGH: u64 = 1;

/// What is noted of an alert that goes through.
fn content(fingerprint: u128) -> u64 {
    (fingerprint >> 64) as u64 | THROUGH
}

/// What is noted of an alert that does not go through, and whose key is kept for it: no alert's content.
fn kept_free(content: u64) -> u64 {
    !content & !THROUGH
}

/// Whether what is noted of an alert says that it went through.
fn went_through(meaning: [u8; 6]) -> bool {
    u64::from(meaning[0]) & THROUGH == THROUGH
}

#[cfg(test)]
mod tests;
