//! The events of a comparison, so many rows of both tables at a time.

use rayon::prelude::*;

use super::comparison::{Comparison, Step};
use super::event::{Row, Teller, Told};
use super::join::Pair;
use super::values::Age;
use crate::cell::key::KeySpace;
use crate::error::Result;
use crate::snapshot::cells::Rows;
use crate::snapshot::stored_table::StoredTable;

/// Events that are made at a time.
const AT_A_TIME: usize = 50_000;

/// Deletions that are made of rows read with those of changes, and held to the end; where there are more,
/// they are read by themselves.
const MOST_HELD: usize = 200_000;

/// Days as of which two snapshots were made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub old: i32,
    pub new: i32,
}

/// Hands all events to `take`, in the order of the newer table's rows, those about deleted alerts last.
/// With `keeps_keys` an alert that was found under another key is told by its first one.
pub(super) fn each_event(
    comparison: &Comparison,
    teller: &Teller<'_>,
    days: Days,
    keeps_keys: bool,
    mut take: impl FnMut(Vec<Told>) -> Result<()> + Send,
) -> Result<()> {
    let names = teller.fields.telling();
    let mut deleted = comparison.deleted.as_slice();
    let mut deletions = Vec::new();
    let steps = comparison.steps.chunks(AT_A_TIME);
    in_turn(steps, &mut take, |steps| {
        let places: Vec<u32> = steps.iter().map(|step| step.new_place()).collect();
        let new = comparison.new.rows_at(&places, &names)?;
        let mut olds: Vec<u32> = steps.iter().filter_map(|step| old_place(*step)).collect();
        let passed = match olds.iter().max() {
            Some(last) if comparison.deleted.len() <= MOST_HELD => {
                deleted.partition_point(|place| place <= last)
            }
            _ => 0,
        };
        let (near, others) = deleted.split_at(passed);
        deleted = others;
        olds.extend(near);
        olds.sort_unstable();
        let old = match &comparison.old {
            Some(table) => table.rows_at(&olds, &names)?,
            None => Rows::default(),
        };
        let older = |place: u32| Row {
            rows: &old,
            at: olds.partition_point(|own| *own < place),
            age: Age::Older,
        };
        let tell = |at: usize, step: &Step| {
            let newer = Row {
                rows: &new,
                at,
                age: Age::Newer,
            };
            let older = |pair: &Pair| older(pair.old);
            match step {
                Step::Insert(place) => {
                    let taken = comparison.taken_keys.binary_search(place).is_ok();
                    let id = match taken && keeps_keys {
                        true => another_key(newer.id(), teller.landlord),
                        false => newer.id(),
                    };
                    teller.insert(id, newer, days.new, "in the export for the first time")
                }
                Step::Revive(pair) => {
                    let what = "in the export again, after it was deleted";
                    let id = if keeps_keys {
                        older(pair).id()
                    } else {
                        newer.id()
                    };
                    teller.insert(id, newer, days.new, what)
                }
                Step::Update(pair) => {
                    let older = older(pair);
                    let id = if keeps_keys { older.id() } else { newer.id() };
                    teller.update(id, older, newer, days.new)
                }
            }
        };
        let told: Result<Vec<Told>> = steps
            .par_iter()
            .enumerate()
            .map(|(at, step)| tell(at, step))
            .collect();
        let deleted = near.par_iter().map(|place| {
            let row = older(*place);
            teller.delete(row.id(), row, days.new)
        });
        deletions.extend(deleted.collect::<Result<Vec<Told>>>()?);
        told
    })?;
    if !deletions.is_empty() {
        take(deletions)?;
    }
    let Some(table) = &comparison.old else {
        return Ok(());
    };
    in_turn(deleted.chunks(AT_A_TIME), &mut take, |places| {
        let rows = table.rows_at(places, &names)?;
        each_older(&rows, |row| teller.delete(row.id(), row, days.new))
    })
}

/// Hands to `take` that alerts of the older snapshot were put down of which no history tells it; `what` says
/// how that is known.
pub(super) fn each_beginning(
    table: &StoredTable,
    places: &[u32],
    teller: &Teller<'_>,
    (days, what): (Days, &str),
    mut take: impl FnMut(Vec<Told>) -> Result<()> + Send,
) -> Result<()> {
    let names = teller.fields.telling();
    in_turn(places.chunks(AT_A_TIME), &mut take, |places| {
        let rows = table.rows_at(places, &names)?;
        each_older(&rows, |row| teller.insert(row.id(), row, days.old, what))
    })
}

/// Makes events of one part after the other; while those of a part are taken, those of the next are made.
fn in_turn<T>(
    parts: impl Iterator<Item = T> + Send,
    take: &mut (impl FnMut(Vec<Told>) -> Result<()> + Send),
    make: impl FnMut(T) -> Result<Vec<Told>> + Send,
) -> Result<()> {
    let mut parts = parts.map(make);
    let mut made = parts.next();
    while let Some(told) = made {
        let (taken, next) = rayon::join(|| take(told?), || parts.next());
        taken?;
        made = next;
    }
    Ok(())
}

/// What is told of each of some rows of the older snapshot.
fn each_older(rows: &Rows, tell: impl Fn(Row<'_>) -> Result<Told> + Sync) -> Result<Vec<Told>> {
    let row = |at| Row {
        rows,
        at,
        age: Age::Older,
    };
    let places = (0..rows.len()).into_par_iter();
    places.map(|at| tell(row(at))).collect()
}

fn old_place(step: Step) -> Option<u32> {
    match step {
        Step::Insert(_) => None,
        Step::Revive(pair) | Step::Update(pair) => Some(pair.old),
    }
}

/// A key for an alert whose own stands for another one.
pub(super) fn another_key(id: i64, landlord: &str) -> i64 {
    let keys = KeySpace::single(landlord);
    keys.generated(keys.fingerprint(&id.to_le_bytes()), 1)
}
