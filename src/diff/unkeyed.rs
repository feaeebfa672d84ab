//! Alerts without a key of the landlord's own. Theirs is made of their content, so one that is changed in
//! the source comes with another key. It is found again by person, code and start date, where these leave
//! no choice; what leaves one is told and never guessed.
//!
//! Alerts of one person, code and start are first paired by equal content, for what is equal needs no
//! choice. Then by the landlord's key where both have it, and then, if one is left on either side, as the
//! one that they are. Two that have different keys of the landlord's own are one only where all else is
//! equal: the landlord has given the alert another key.
//!
//! An alert that was found like that keeps its first key, so the next snapshot has the landlord's key and not
//! that one: where one alert on either side has a key of the landlord's own and a code, they are one whatever
//! else has changed.
//!
//! Persons with other keys and codes that have become others are seen as the newer snapshot has them. Where a
//! code may have become one of several, alerts are one only where all else is equal.

use std::path::Path;

use super::fields::Fields;
use super::gatherer::{Gatherer, READ};
use super::join::{Joined, Pair};
use super::leftover::{ByReference, Leftover};
use super::renaming::Renaming;
use super::settling::Group;
use crate::error::Result;
use crate::snapshot::cells::Value;
use crate::snapshot::stored_table::StoredTable;
use crate::sorted_runs::SortedRuns;

/// An alert that has another key than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundPair {
    pub pair: Pair,
    /// Whether anything else has changed.
    pub changed: bool,
    /// Whether it had vanished when the older snapshot was made.
    pub returned: bool,
}

/// What was found without keys.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Alerts that have another key, in the order of the newer snapshot.
    pub pairs: Vec<FoundPair>,
    /// How many of them the landlord has given another key.
    pub rekeyed: u64,
    /// How many of them were found by the landlord's own key.
    pub by_reference: u64,
    /// Alerts of the older snapshot that may be one of several of the newer one, or the other way round.
    pub ambiguous_old: Vec<u32>,
    /// Those of the newer one.
    pub ambiguous_new: Vec<u32>,
    /// Alerts that only the newer snapshot has, with a key that another alert of the older one has.
    pub taken_keys: Vec<u32>,
}

/// Finds alerts again whose key has changed, and takes them out of what was inserted and what has gone.
/// `keeps_keys` says that alerts of the older snapshot may have had their keys before the landlord gave them
/// others.
pub(super) fn find(
    [old, new]: [&StoredTable; 2],
    fields: &Fields,
    joined: &mut Joined,
    renaming: &Renaming,
    keeps_keys: bool,
    folder: &Path,
) -> Result<Found> {
    let released = release(old, new, joined, keeps_keys)?;
    let mut found = Found::default();
    if released.is_empty() && (joined.inserted.is_empty() || joined.lacks_none()) {
        return Ok(found);
    }
    let mut gone = std::mem::take(&mut joined.gone);
    gone.extend(released.iter().map(|pair| pair.old));
    gone.extend(&joined.still_vanished);
    gone.sort_unstable();
    let own: Vec<u32> = released.iter().map(|pair| pair.new).collect();
    let mut inserted = std::mem::take(&mut joined.inserted);
    inserted.extend(&own);
    inserted.sort_unstable();
    let gatherer = Gatherer::of(fields, renaming);
    let mut leftovers = SortedRuns::new(folder);
    let [[olds, others], [news, new_others]] =
        gatherer.candidates([old, new], [&gone, &inserted], keeps_keys)?;
    joined.gone.extend(others);
    let is_taken = |place: &u32| own.binary_search(place).is_ok();
    let taken = new_others.iter().copied().filter(is_taken);
    found.taken_keys.extend(taken);
    joined.inserted.extend(new_others);
    gatherer.gather(old, &olds, &[], false, &mut leftovers)?;
    gatherer.gather(new, &news, &own, true, &mut leftovers)?;
    let leftovers = by_reference(leftovers, &mut found, folder)?;
    let mut group = Group::default();
    leftovers.each(|leftover| {
        if group.ends_before(&leftover) {
            group.settle(renaming, joined, &mut found);
        }
        group.push(leftover);
        Ok(())
    })?;
    group.settle(renaming, joined, &mut found);
    let vanished = std::mem::take(&mut joined.still_vanished);
    joined.gone.sort_unstable();
    let still = |place: &u32| joined.gone.binary_search(place).is_ok();
    joined.still_vanished = vanished.iter().copied().filter(still).collect();
    joined
        .gone
        .retain(|place| vanished.binary_search(place).is_err());
    for found in &mut found.pairs {
        found.returned = vanished.binary_search(&found.pair.old).is_ok();
    }
    found.pairs.sort_unstable();
    for list in [
        &mut found.ambiguous_old,
        &mut found.ambiguous_new,
        &mut found.taken_keys,
        &mut joined.inserted,
    ] {
        list.sort_unstable();
    }
    Ok(found)
}

/// Takes out of the changed those whose key says nothing: it was made of their content, which is another,
/// or the landlord has given it to an alert that was not the first one to have it.
fn release(
    old: &StoredTable,
    new: &StoredTable,
    joined: &mut Joined,
    keeps_keys: bool,
) -> Result<Vec<Pair>> {
    let mut released = Vec::new();
    let names = ["source_alert_ref"];
    let pairs = match keeps_keys {
        true => &joined.changed,
        // numbers are the landlord's own
        false => &joined.hashed,
    };
    for pairs in pairs.chunks(READ) {
        let places: Vec<u32> = pairs.iter().map(|pair| pair.new).collect();
        let rows = new.rows_at(&places, &names)?;
        let mut olds: Vec<u32> = Vec::new();
        if keeps_keys {
            olds.extend(pairs.iter().map(|pair| pair.old));
            olds.sort_unstable();
        }
        let before = old.rows_at(&olds, &names)?;
        for (row, pair) in pairs.iter().enumerate() {
            let reference = rows.value(row, 0);
            let is_anothers = match olds.binary_search(&pair.old) {
                Ok(at) if reference != Value::Empty && !joined.is_renamed(pair) => {
                    ![Value::Empty, reference].contains(&before.value(at, 0))
                }
                _ => false,
            };
            let is_made = reference == Value::Empty && joined.hashed.binary_search(pair).is_ok();
            if is_made || is_anothers {
                released.push(*pair);
            }
        }
    }
    joined
        .changed
        .retain(|pair| released.binary_search(pair).is_err());
    Ok(released)
}

/// Pairs those that alone have a key of the landlord's own and a code; returns all others.
fn by_reference(
    all: SortedRuns<ByReference>,
    found: &mut Found,
    folder: &Path,
) -> Result<SortedRuns<Leftover>> {
    let mut others = SortedRuns::new(folder);
    let mut group: Vec<ByReference> = Vec::new();
    let mut end = |group: &mut Vec<ByReference>| {
        if let [one, other] = group.as_slice()
            && one.leftover.is_new != other.leftover.is_new
        {
            let [old, new] = match one.leftover.is_new {
                true => [other, one],
                false => [one, other],
            };
            let pair = FoundPair::of(&old.leftover, &new.leftover);
            found.pairs.push(pair);
            found.by_reference += 1;
            group.clear();
        }
        others.extend(group.drain(..).map(|one| one.leftover))
    };
    all.each(|one| {
        let is_keyed = one.leftover.reference != 0;
        if !is_keyed
            || group
                .first()
                .is_some_and(|first| first.group() != one.group())
        {
            end(&mut group)?;
        }
        group.push(one);
        Ok(())
    })?;
    end(&mut group)?;
    Ok(others)
}
