//! Which alert of the newer snapshot is which of the older one, by their keys.
//!
//! The older snapshot's keys and contents lie in memory, a slice of so many rows at a time, with an index
//! over them; the newer snapshot's are held against each slice. Up to [`SLICE`] alerts take 24 bytes each.
//! The newer snapshot's go to an unnamed temporary file once there are many, so that they are decoded
//! only once.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::absent::Absent;
use super::digest::{Digests, digest_group};
use super::digest_store::DigestStore;
use super::fields::Fields;
use super::key_changes::KeyChanges;
use super::renaming::Renaming;
use crate::cell::key::is_hashed;
use crate::error::{Error, Result};
use crate::snapshot::stored_table::StoredTable;

/// Alerts of the older snapshot that are held at a time.
const SLICE: usize = 12 << 20;
/// Stands in the index where no alert does.
const VACANT: u32 = u32::MAX;

/// Two rows of one alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// Its place in the newer snapshot.
    pub new: u32,
    /// Its place in the older one.
    pub old: u32,
}

/// What became of the alerts, by the places of their rows; all lists rise.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// Alerts that are in both and are not equal.
    pub changed: Vec<Pair>,
    /// Those of them whose keys are hashes.
    pub hashed: Vec<Pair>,
    /// Alerts that only the newer one has.
    pub inserted: Vec<u32>,
    /// Alerts that only the older one has.
    pub gone: Vec<u32>,
    /// How many are in both and are equal; [`Joined::returned`] are not among them.
    pub unchanged: u64,
    /// Alerts that had vanished when the older snapshot was made, and whether they have changed.
    pub returned: Vec<(Pair, bool)>,
    /// Alerts that were deleted when the older snapshot was made, and are there again.
    pub revived: Vec<Pair>,
    /// Alerts that had vanished, and are still not there.
    pub still_vanished: Vec<u32>,
    /// Alerts that were deleted, and are still not there.
    pub still_deleted: Vec<u32>,
    /// Alerts that are proved to be one under two keys; they stand in the lists above too.
    pub renamed: Vec<Pair>,
    /// Rows of the newer snapshot that only it has, with the key of an alert that has another one.
    pub freed: Vec<u32>,
    /// How many rows of the newer snapshot its export did not hold.
    pub not_there: u64,
}

impl Joined {
    /// Whether two rows are proved to be of one alert, under two keys.
    pub(super) fn is_renamed(&self, pair: &Pair) -> bool {
        self.renamed.binary_search(pair).is_ok()
    }

    /// Whether the newer snapshot lacks nothing that might be there under another key.
    pub(super) fn lacks_none(&self) -> bool {
        self.gone.is_empty() && self.still_vanished.is_empty()
    }
}

/// Joins two tables of alerts. Rows that are absent from the newer one's export count as not there.
pub(super) fn join(
    old: &StoredTable,
    new: &StoredTable,
    fields: &Fields,
    [old_absent, new_absent]: [&Absent; 2],
    renaming: &Renaming,
    folder: &Path,
) -> Result<Joined> {
    let mut store = DigestStore::new(folder);
    let mut keys = KeyChanges::of(renaming);
    in_waves(new, fields, false, |digests| {
        keys.note_newer(&digests.ids);
        store.push(&digests)
    })?;
    keys.settle(old)?;
    let mut joined = Joined::default();
    let mut seen = Bits::new(new.rows() as usize);
    let mut slice = Slice::default();
    let mut start = 0;
    let mut finish = |slice: Slice, start: u32, joined: &mut Joined| -> Result<()> {
        let absent = [old_absent, new_absent];
        slice.hold_against(start, &mut store, &mut seen, joined, absent)
    };
    in_waves(old, fields, true, |digests| {
        if !slice.ids.is_empty() && slice.ids.len() + digests.ids.len() > SLICE {
            let full = std::mem::take(&mut slice);
            let rows = full.ids.len() as u32;
            finish(full, start, &mut joined)?;
            start += rows;
        }
        slice.push(digests, &keys);
        Ok(())
    })?;
    finish(slice, start, &mut joined)?;
    joined.changed.sort_unstable();
    joined.hashed.sort_unstable();
    joined.returned.sort_unstable();
    joined.revived.sort_unstable();
    joined.renamed.sort_unstable();
    let mut place = 0;
    store.each(|ids, _| {
        for id in ids {
            if new_absent.has(*id) {
                joined.not_there += 1;
            } else if !seen.has(place) {
                joined.inserted.push(place as u32);
                if keys.has_freed(*id) {
                    joined.freed.push(place as u32);
                }
            }
            place += 1;
        }
        Ok(())
    })?;
    Ok(joined)
}

/// Digests all row groups, as many at a time as there are workers, and hands them on in order.
fn in_waves(
    table: &StoredTable,
    fields: &Fields,
    older: bool,
    mut take: impl FnMut(Digests) -> Result<()>,
) -> Result<()> {
    let groups: Vec<usize> = (0..table.groups()).collect();
    for wave in groups.chunks(rayon::current_num_threads().max(1) * 2) {
        let digests: Vec<Result<Digests>> = wave
            .par_iter()
            .map(|group| digest_group(table, *group, fields, older))
            .collect();
        for digests in digests {
            take(digests?)?;
        }
    }
    Ok(())
}

/// Alerts of the older snapshot that lie in memory.
#[derive(Default)]
struct Slice {
    /// Their keys as the newer snapshot has them.
    ids: Vec<i64>,
    contents: Vec<u64>,
    /// The keys of those that have another one now, by their places.
    former: HashMap<usize, i64>,
}

impl Slice {
    fn push(&mut self, digests: Digests, keys: &KeyChanges) {
        let from = self.ids.len();
        self.ids.extend(digests.ids);
        self.contents.extend(digests.contents);
        for (at, id) in self.ids.iter_mut().enumerate().skip(from) {
            if let Some(present) = keys.present(*id) {
                self.former.insert(at, *id);
                *id = present;
            }
        }
    }

    /// The key that the older snapshot has.
    fn own_id(&self, at: usize) -> i64 {
        self.former.get(&at).copied().unwrap_or(self.ids[at])
    }

    /// Finds the alerts of the newer snapshot that are in the slice, which begins at row `start`.
    fn hold_against(
        self,
        start: u32,
        store: &mut DigestStore,
        seen: &mut Bits,
        joined: &mut Joined,
        [old_absent, new_absent]: [&Absent; 2],
    ) -> Result<()> {
        let index = Index::of(&self.ids);
        let held = Bits::new(self.ids.len());
        let mut first = 0_u32;
        store.each(|ids, contents| {
            let parts: Vec<Vec<(u32, u32)>> = ids
                .par_chunks(1 << 14)
                .enumerate()
                .map(|(part, ids)| index.find_all(&self.ids, ids, (part << 14) as u32))
                .collect();
            for (at, found) in parts.into_iter().flatten() {
                let id = ids[at as usize];
                if new_absent.has(id) {
                    continue;
                }
                let pair = Pair {
                    new: first + at,
                    old: start + found,
                };
                if held.set(found as usize) {
                    return Err(repeated());
                }
                seen.set(pair.new as usize);
                if self.former.contains_key(&(found as usize)) {
                    joined.renamed.push(pair);
                }
                let changed = self.contents[found as usize] != contents[at as usize];
                let id = self.own_id(found as usize);
                if old_absent.deleted.contains(&id) {
                    joined.revived.push(pair);
                } else if old_absent.vanished.contains_key(&id) {
                    joined.returned.push((pair, changed));
                } else if changed {
                    joined.changed.push(pair);
                    if is_hashed(id) {
                        joined.hashed.push(pair);
                    }
                } else {
                    joined.unchanged += 1;
                }
            }
            first += ids.len() as u32;
            Ok(())
        })?;
        for at in (0..self.ids.len()).filter(|at| !held.has(*at)) {
            let (place, id) = (start + at as u32, self.own_id(at));
            if old_absent.deleted.contains(&id) {
                joined.still_deleted.push(place);
            } else if old_absent.vanished.contains_key(&id) {
                joined.still_vanished.push(place);
            } else {
                joined.gone.push(place);
            }
        }
        Ok(())
    }
}

fn repeated() -> Error {
    Error::Usage(
        "a key of an alert stands twice in a snapshot, which pac does not write; convert the exports again"
            .to_owned(),
    )
}

/// Where each key of a slice stands.
struct Index {
    slots: Vec<u32>,
    shift: u32,
}

impl Index {
    fn of(ids: &[i64]) -> Index {
        let size = (ids.len() * 3 / 2).next_power_of_two().max(2);
        let mut index = Index {
            slots: vec![VACANT; size],
            shift: 64 - size.trailing_zeros(),
        };
        for (place, id) in ids.iter().enumerate() {
            let mut slot = index.slot(*id);
            while index.slots[slot] != VACANT {
                slot = (slot + 1) & (size - 1);
            }
            index.slots[slot] = place as u32;
        }
        index
    }

    fn slot(&self, id: i64) -> usize {
        ((id as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// The places of the wanted keys in the slice, each behind its own place, which counts from `first`.
    fn find_all(&self, ids: &[i64], wanted: &[i64], first: u32) -> Vec<(u32, u32)> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut likely = 0;
        for (at, id) in wanted.iter().enumerate() {
            // exports mostly keep the order of the one before
            let place = match ids.get(likely) == Some(id) {
                true => Some(likely),
                false => self.find(ids, *id),
            };
            if let Some(place) = place {
                found.push((first + at as u32, place as u32));
                likely = place + 1;
            }
        }
        found
    }

    fn find(&self, ids: &[i64], id: i64) -> Option<usize> {
        let mut slot = self.slot(id);
        loop {
            match self.slots[slot] {
                VACANT => return None,
                place if ids[place as usize] == id => return Some(place as usize),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }
}

/// One bit a row.
struct Bits(Vec<AtomicU64>);

impl Bits {
    fn new(rows: usize) -> Bits {
        Bits((0..rows.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    /// Sets a bit; returns whether it was set before.
    fn set(&self, at: usize) -> bool {
        let bit = 1 << (at % 64);
        self.0[at / 64].fetch_or(bit, Ordering::Relaxed) & bit != 0
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64].load(Ordering::Relaxed) & (1 << (at % 64)) != 0
    }
}
