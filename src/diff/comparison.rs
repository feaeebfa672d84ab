//! Two tables of one landlord's alerts, compared: which event each row is part of, if of any.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::absent::Absent;
use super::day;
use super::fields::Fields;
use super::join::{Joined, Pair, join};
use super::renaming::Renaming;
use super::unkeyed::{self, Found};
use crate::error::{Error, Result};
use crate::report::change_counts::ChangeCounts;
use crate::snapshot::cells::Value;
use crate::snapshot::stored_table::StoredTable;
use crate::snapshot::vanished::{Vanished, Why};

/// The most alerts that may vanish, in percent, before somebody must say that this is right.
const MOST_VANISHED: u64 = 5;

/// One landlord's files of a snapshot.
#[derive(Debug, Clone)]
pub struct Side {
    /// Its alerts.
    pub alerts: PathBuf,
    /// Their history; there may be no such file.
    pub history: PathBuf,
    /// The list of those that have vanished; there may be no such file.
    pub vanished: PathBuf,
}

/// What is to be made of differences.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Code of the landlord.
    pub landlord: String,
    /// Whether an alert that the export no longer holds is deleted, and has not merely vanished.
    pub absence_deletes: bool,
    /// Who made the changes of which the source does not say who.
    pub system_user: Option<i64>,
    /// Whether free text may be quoted in old and new values.
    pub quote_text: bool,
    /// Whether any number of alerts may vanish.
    pub accept_drop: bool,
    /// Keys of alerts that the newer export holds and that did not go through.
    pub set_aside: HashSet<i64>,
    /// How many more there are of which no key is known; any absent alert may be among them.
    pub set_aside_without_key: u64,
    /// What the landlord's keys and codes were before.
    pub renaming: Renaming,
}

/// Two rows of one alert, the newer one of which says something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The alert is new.
    Insert(u32),
    /// The alert was deleted, and is there again.
    Revive(Pair),
    /// The alert has changed.
    Update(Pair),
}

impl Step {
    pub(super) fn new_place(self) -> u32 {
        match self {
            Step::Insert(place) => place,
            Step::Revive(pair) | Step::Update(pair) => pair.new,
        }
    }
}

/// What became of each alert.
pub(super) struct Comparison {
    /// The older table; none where the landlord is new.
    pub old: Option<StoredTable>,
    pub new: StoredTable,
    /// What is an event, in the order of the newer table.
    pub steps: Vec<Step>,
    /// Rows of the older table whose alerts are deleted.
    pub deleted: Vec<u32>,
    /// Those whose alerts have vanished.
    pub vanished: Vec<u32>,
    /// Those whose alerts were absent before, and still are: what had vanished, and what was deleted.
    pub still_absent: [Vec<u32>; 2],
    /// Rows of one alert under two keys.
    pub renamed: Vec<Pair>,
    /// Rows of new alerts with keys that other alerts have.
    pub taken_keys: Vec<u32>,
    /// Rows of the older table that may be alerts of the newer one.
    pub ambiguous: Vec<u32>,
    /// Rows of the older table whose alerts the newer export holds, where they were set aside.
    pub set_aside: Vec<u32>,
    pub old_absent: Absent,
    pub counts: ChangeCounts,
}

impl Comparison {
    /// Why an alert is absent, by its row in the older table.
    pub(super) fn why(&self, place: u32) -> Why {
        if self.set_aside.binary_search(&place).is_ok() {
            Why::SetAside
        } else if self.ambiguous.binary_search(&place).is_ok() {
            Why::Ambiguous
        } else {
            Why::Gone
        }
    }
}

/// Compares two snapshots of one landlord, the newer one of which is as of that day; `folder` is for
/// temporary files.
pub(super) fn compare(
    old: Option<&Side>,
    new: &Side,
    fields: &Fields,
    choices: &Choices,
    as_of: i32,
    folder: &Path,
) -> Result<Comparison> {
    let new_table = StoredTable::open(&new.alerts)?;
    let new_absent = Absent::read(new, &new_table)?;
    let (mut joined, mut found, mut old_absent) = <(Joined, Found, Absent)>::default();
    let old_table = old.map(|old| StoredTable::open(&old.alerts)).transpose()?;
    match (&old_table, old) {
        (Some(table), Some(side)) => {
            old_absent = Absent::read(side, table)?;
            let absent = [&old_absent, &new_absent];
            joined = join(table, &new_table, fields, absent, &choices.renaming)?;
            // only a snapshot that was made since another one has such a list, or keys that it keeps
            let keeps_keys = side.vanished.is_file();
            let tables = [table, &new_table];
            let renaming = &choices.renaming;
            found = unkeyed::find(tables, fields, &mut joined, renaming, keeps_keys, folder)?;
            let inserted = joined.freed.iter().copied();
            let inserted = inserted.filter(|place| joined.inserted.binary_search(place).is_ok());
            found.taken_keys.extend(inserted);
            found.taken_keys.sort_unstable();
            found.taken_keys.dedup();
            let open = still_ambiguous(table, &joined, &old_absent, as_of)?;
            found.ambiguous_old.extend(open);
            found.ambiguous_old.sort_unstable();
            found.ambiguous_old.dedup();
        }
        // of a landlord that is new all is, but for what its export did not hold
        _ => each_alert(&new_table, |place, id| match new_absent.has(id) {
            true => joined.not_there += 1,
            false => joined.inserted.push(place),
        })?,
    }
    let not_there = joined.not_there;
    let set_aside = match &old_table {
        Some(table) => set_aside(table, &joined, choices)?,
        None => Vec::new(),
    };
    let tables = (old_table, new_table);
    let comparison = arrange(tables, joined, found, (old_absent, set_aside), choices);
    refuse_drop(&comparison.counts, choices)?;
    let rows = [comparison.old.as_ref(), Some(&comparison.new)];
    let [old_rows, new_rows] = rows.map(|table| table.map_or(0, |table| u64::from(table.rows())));
    comparison
        .counts
        .prove(&choices.landlord, old_rows, new_rows, not_there)?;
    Ok(comparison)
}

/// Hands to `see` the key of the alert of each row, behind the row's place.
pub(super) fn each_alert(table: &StoredTable, mut see: impl FnMut(u32, i64)) -> Result<()> {
    for group in 0..table.groups() {
        let mut place = table.places(group).start;
        table.each_batch(group, &["person_alert_id"], |columns, rows| {
            for row in 0..rows {
                if let Value::Number(id) = columns[0].value(row) {
                    see(place, id);
                }
                place += 1;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Absent alerts that this day's export was found to hold perhaps, when an earlier snapshot was made of it:
/// the same export decides nothing more.
fn still_ambiguous(
    table: &StoredTable,
    joined: &Joined,
    absent: &Absent,
    as_of: i32,
) -> Result<Vec<u32>> {
    let as_of = day(as_of);
    let is_open = |own: &Vanished| own.why == Why::Ambiguous && own.vanished_as_of == as_of;
    if !absent.vanished.values().any(is_open) {
        return Ok(Vec::new());
    }
    let places = &joined.still_vanished;
    let rows = table.rows_at(places, &["person_alert_id"])?;
    let open = places.iter().enumerate().filter(|(row, _)| {
        let own = match rows.value(*row, 0) {
            Value::Number(id) => absent.vanished.get(&id),
            _ => None,
        };
        own.is_some_and(is_open)
    });
    Ok(open.map(|(_, place)| *place).collect())
}

/// The absent alerts that the newer export holds, by their rows in the older table.
fn set_aside(table: &StoredTable, joined: &Joined, choices: &Choices) -> Result<Vec<u32>> {
    if choices.set_aside.is_empty() {
        return Ok(Vec::new());
    }
    let mut absent: Vec<u32> = [&joined.gone, &joined.still_vanished]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    absent.sort_unstable();
    let rows = table.rows_at(&absent, &["person_alert_id"])?;
    let is_held = |row: usize| match rows.value(row, 0) {
        Value::Number(id) => choices.set_aside.contains(&id),
        _ => false,
    };
    let held = absent.iter().enumerate().filter(|(row, _)| is_held(*row));
    Ok(held.map(|(_, place)| *place).collect())
}

fn arrange(
    (old, new): (Option<StoredTable>, StoredTable),
    joined: Joined,
    found: Found,
    (old_absent, set_aside): (Absent, Vec<u32>),
    choices: &Choices,
) -> Comparison {
    let mut counts = ChangeCounts {
        unchanged: joined.unchanged,
        inserted: joined.inserted.len() as u64,
        revived: joined.revived.len() as u64,
        returned: joined.returned.len() as u64,
        found_without_key: found.pairs.len() as u64 - found.rekeyed - found.by_reference,
        rekeyed: found.rekeyed + joined.renamed.len() as u64,
        ambiguous_old: found.ambiguous_old.len() as u64,
        ambiguous_new: found.ambiguous_new.len() as u64,
        ..ChangeCounts::default()
    };
    let mut updates: Vec<Pair> = joined.changed.clone();
    let again = found.pairs.iter().map(|own| (own.pair, own.changed));
    for (pair, changed) in joined.returned.iter().copied().chain(again) {
        match changed {
            true => updates.push(pair),
            false => counts.unchanged += 1,
        }
    }
    let again = found.pairs.iter().filter(|own| own.returned);
    counts.returned += again.count() as u64;
    counts.updated = updates.len() as u64;
    let mut steps: Vec<Step> = updates.into_iter().map(Step::Update).collect();
    steps.extend(joined.inserted.iter().copied().map(Step::Insert));
    steps.extend(joined.revived.iter().copied().map(Step::Revive));
    steps.sort_unstable_by_key(|step| step.new_place());
    // what may be in the export all the same is not deleted, whatever absence means
    let decided = choices.absence_deletes && choices.set_aside_without_key == 0;
    let may_be_there = |place: &u32| {
        found.ambiguous_old.binary_search(place).is_ok() || set_aside.binary_search(place).is_ok()
    };
    let split = |places: Vec<u32>| -> (Vec<u32>, Vec<u32>) {
        let own = places.into_iter();
        own.partition(|place| decided && !may_be_there(place))
    };
    let (mut deleted, vanished) = split(joined.gone);
    let (deleted_later, still_vanished) = split(joined.still_vanished);
    let in_export = vanished
        .iter()
        .filter(|own| set_aside.binary_search(own).is_ok());
    counts.set_aside = in_export.count() as u64;
    counts.deleted = deleted.len() as u64;
    counts.deleted_later = deleted_later.len() as u64;
    counts.vanished = vanished.len() as u64;
    counts.still_absent = (still_vanished.len() + joined.still_deleted.len()) as u64;
    if choices.absence_deletes && !decided {
        let open = vanished.iter().chain(&still_vanished);
        counts.undecided = open.filter(|place| !may_be_there(place)).count() as u64;
    }
    deleted.extend(deleted_later);
    deleted.sort_unstable();
    let mut renamed = joined.renamed;
    renamed.extend(found.pairs.iter().map(|own| own.pair));
    Comparison {
        old,
        new,
        steps,
        deleted,
        vanished,
        still_absent: [still_vanished, joined.still_deleted],
        renamed,
        taken_keys: found.taken_keys,
        ambiguous: found.ambiguous_old,
        set_aside,
        old_absent,
        counts,
    }
}

/// Stops where so much is missing that the export is more likely broken than the alerts gone.
fn refuse_drop(counts: &ChangeCounts, choices: &Choices) -> Result<()> {
    let gone = counts.deleted + counts.vanished - counts.set_aside;
    let before = counts.live_before();
    if choices.accept_drop || gone * 100 <= before * MOST_VANISHED {
        return Ok(());
    }
    Err(Error::Drop {
        landlord: choices.landlord.clone(),
        gone,
        before,
    })
}
