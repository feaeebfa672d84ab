//! Which alert of the newer snapshot is which of the older one, by their keys.
//!
//! The older snapshot's keys and contents lie in memory, a slice of so many rows at a time, with an index
//! over them. The newer snapshot is read once for each slice, a row group on each worker, and held against it
//! as it is read. Up to [`SLICE`] alerts take 24 bytes each.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use super::absent::Absent;
use super::digest::digest_group;
use super::fields::Fields;
use super::key_changes::KeyChanges;
use super::key_index::{Bits, Index};
use super::renaming::Renaming;
use crate::cell::key::is_hashed;
use crate::error::{Error, Result};
use crate::snapshot::stored_table::StoredTable;

/// Alerts of the older snapshot that are held at a time.
const SLICE: usize = 12 << 20;

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
) -> Result<Joined> {
    let newer = Newer {
        table: new,
        fields,
        absent: new_absent,
        keys: KeyChanges::of(renaming, [old, new])?,
        seen: Bits::new(new.rows() as usize),
    };
    let mut joined = Joined::default();
    let rows = (0..old.groups()).map(|group| old.places(group).len());
    for groups in slices(rows, SLICE) {
        let slice = Slice::read(old, groups, fields, &newer.keys)?;
        slice.hold_against(&newer, old_absent, &mut joined)?;
    }
    for list in [
        &mut joined.changed,
        &mut joined.hashed,
        &mut joined.revived,
        &mut joined.renamed,
    ] {
        list.sort_unstable();
    }
    joined.returned.sort_unstable();
    joined.inserted = newer.seen.unset(new.rows()).collect();
    joined.freed.sort_unstable();
    joined.freed.dedup();
    joined
        .freed
        .retain(|place| !newer.seen.has(*place as usize));
    Ok(joined)
}

/// Row groups of so many rows each, in parts of no more than `most` rows; one at least, which may be empty.
fn slices(groups: impl Iterator<Item = usize>, most: usize) -> Vec<Range<usize>> {
    let mut slices = Vec::new();
    let (mut own, mut held) = (0..0, 0);
    for (group, rows) in groups.enumerate() {
        if held + rows > most && !own.is_empty() {
            slices.push(own);
            (own, held) = (group..group, 0);
        }
        own.end = group + 1;
        held += rows;
    }
    slices.push(own);
    slices
}

/// The newer snapshot, and which of its rows need no further look: their alerts have been found in the older
/// one, or its export did not hold them.
struct Newer<'a> {
    table: &'a StoredTable,
    fields: &'a Fields,
    absent: &'a Absent,
    keys: KeyChanges,
    seen: Bits,
}

/// Alerts of the older snapshot that lie in memory.
#[derive(Default)]
struct Slice {
    /// The place of the first one.
    start: u32,
    /// Their keys as the newer snapshot has them.
    ids: Vec<i64>,
    contents: Vec<u64>,
    /// The keys of those that have another one now, by their places in the slice.
    former: HashMap<usize, i64>,
}

impl Slice {
    /// Digests row groups of the older snapshot.
    fn read(
        old: &StoredTable,
        groups: Range<usize>,
        fields: &Fields,
        keys: &KeyChanges,
    ) -> Result<Slice> {
        if groups.is_empty() {
            return Ok(Slice::default());
        }
        let start = old.places(groups.start).start;
        let rows = (old.places(groups.end - 1).end - start) as usize;
        let mut slice = Slice {
            start,
            ids: vec![0; rows],
            contents: vec![0; rows],
            former: HashMap::new(),
        };
        let mut parts = Vec::with_capacity(groups.len());
        let mut left = (slice.ids.as_mut_slice(), slice.contents.as_mut_slice());
        for group in groups {
            let (ids, other_ids) = left.0.split_at_mut(old.places(group).len());
            let (contents, other_contents) = left.1.split_at_mut(ids.len());
            parts.push((group, ids, contents));
            left = (other_ids, other_contents);
        }
        let digested = parts.into_par_iter().map(|(group, ids, contents)| {
            let digests = digest_group(old, group, fields, true)?;
            ids.copy_from_slice(&digests.ids);
            contents.copy_from_slice(&digests.contents);
            Ok(())
        });
        digested.collect::<Result<()>>()?;
        for (at, id) in slice.ids.iter_mut().enumerate() {
            if let Some(present) = keys.present(*id) {
                slice.former.insert(at, *id);
                *id = present;
            }
        }
        Ok(slice)
    }

    /// The key that the older snapshot has.
    fn own_id(&self, at: usize) -> i64 {
        self.former.get(&at).copied().unwrap_or(self.ids[at])
    }

    /// Finds the alerts of the newer snapshot that are in the slice.
    fn hold_against(
        &self,
        newer: &Newer<'_>,
        old_absent: &Absent,
        joined: &mut Joined,
    ) -> Result<()> {
        let index = Index::of(&self.ids);
        let held = Bits::new(self.ids.len());
        let parts: Vec<Result<Joined>> = (0..newer.table.groups())
            .into_par_iter()
            .map(|group| self.find_group(group, newer, old_absent, &index, &held))
            .collect();
        for part in parts {
            joined.append(part?);
        }
        for at in held.unset(self.ids.len() as u32) {
            let (place, id) = (self.start + at, self.own_id(at as usize));
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

    /// Finds those of one row group, and marks what it finds as held.
    fn find_group(
        &self,
        group: usize,
        newer: &Newer<'_>,
        old_absent: &Absent,
        index: &Index,
        held: &Bits,
    ) -> Result<Joined> {
        let digests = digest_group(newer.table, group, newer.fields, false)?;
        let mut joined = Joined::default();
        let mut likely = 0;
        for (place, (id, content)) in newer.table.places(group).zip(digests.each()) {
            if newer.absent.has(id) {
                joined.not_there += u64::from(!newer.seen.set(place as usize));
                continue;
            }
            // exports mostly keep the order of the one before
            let at = match self.ids.get(likely) == Some(&id) {
                true => Some(likely),
                false => index.find(&self.ids, id),
            };
            if newer.keys.has_freed(id) {
                joined.freed.push(place);
            }
            let Some(at) = at else {
                continue;
            };
            likely = at + 1;
            if held.set(at) {
                return Err(repeated());
            }
            newer.seen.set(place as usize);
            let pair = Pair {
                new: place,
                old: self.start + at as u32,
            };
            if self.former.contains_key(&at) {
                joined.renamed.push(pair);
            }
            let changed = self.contents[at] != content;
            joined.note(pair, self.own_id(at), changed, old_absent);
        }
        Ok(joined)
    }
}

impl Joined {
    /// Notes an alert that is in both; `id` is its key in the older snapshot.
    fn note(&mut self, pair: Pair, id: i64, changed: bool, old_absent: &Absent) {
        if old_absent.deleted.contains(&id) {
            self.revived.push(pair);
        } else if old_absent.vanished.contains_key(&id) {
            self.returned.push((pair, changed));
        } else if changed {
            self.changed.push(pair);
            if is_hashed(id) {
                self.hashed.push(pair);
            }
        } else {
            self.unchanged += 1;
        }
    }

    /// Adds what was found of other rows of the newer snapshot.
    fn append(&mut self, other: Joined) {
        self.changed.extend(other.changed);
        self.hashed.extend(other.hashed);
        self.returned.extend(other.returned);
        self.revived.extend(other.revived);
        self.renamed.extend(other.renamed);
        self.freed.extend(other.freed);
        self.unchanged += other.unchanged;
        self.not_there += other.not_there;
    }
}

fn repeated() -> Error {
    Error::Usage(
        "a key of an alert stands twice in a snapshot, which pac does not write; convert the exports again"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_group_is_in_one_slice() {
        let ends = |rows: &[usize]| -> Vec<(usize, usize)> {
            let slices = slices(rows.iter().copied(), 10).into_iter();
            slices.map(|own| (own.start, own.end)).collect()
        };
        assert_eq!(ends(&[]), [(0, 0)]);
        assert_eq!(ends(&[4, 6]), [(0, 2)]);
        assert_eq!(ends(&[4, 7, 3, 1]), [(0, 1), (1, 3), (3, 4)]);
        // a row group is not split
        assert_eq!(ends(&[11, 1]), [(0, 1), (1, 2)]);
    }
}
