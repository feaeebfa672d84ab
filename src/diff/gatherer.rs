//! Makes of rows what tells which of them may be one alert, and of no more rows than needed.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::digest::{content_of, rest_of};
use super::fields::Fields;
use super::leftover::{ByReference, Leftover};
use super::renaming::Renaming;
use crate::error::Result;
use crate::snapshot::cells::{Rows, Value};
use crate::snapshot::stored_table::StoredTable;
use crate::sorted_runs::SortedRuns;

/// Rows that are read at a time.
pub(super) const READ: usize = 100_000;
/// Bits of a filter.
const BITS: usize = 1 << 26;

/// Marks that some rows have. That a mark is among them may be wrong, that it is not is right.
struct Filter(Vec<u64>);

impl Filter {
    fn new() -> Filter {
        Filter(vec![0; BITS / 64])
    }

    fn add(&mut self, mark: u32) {
        let bit = mark as usize % BITS;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn has(&self, mark: u32) -> bool {
        let bit = mark as usize % BITS;
        self.0[bit / 64] & 1 << (bit % 64) != 0
    }
}

/// What a row has in common with every other that may be the same alert: person and start, or the landlord's
/// key and the code.
type Marks = [Option<u32>; 2];

/// Makes leftovers of rows.
pub(super) struct Gatherer<'a> {
    fields: &'a Fields,
    renaming: &'a Renaming,
    person: usize,
    code: usize,
    start: usize,
    reference: usize,
}

impl<'a> Gatherer<'a> {
    pub(super) fn of(fields: &'a Fields, renaming: &'a Renaming) -> Gatherer<'a> {
        Gatherer {
            fields,
            renaming,
            person: fields.position("person_id"),
            code: fields.position("person_alert_code_id"),
            start: fields.position("start_date"),
            reference: fields.position("source_alert_ref"),
        }
    }

    /// Splits the rows of the older and of the newer table that have no partner by key into those that may
    /// have one all the same, and all others.
    pub(super) fn candidates(
        &self,
        [old, new]: [&StoredTable; 2],
        [gone, inserted]: [&[u32]; 2],
        keeps_keys: bool,
    ) -> Result<[[Vec<u32>; 2]; 2]> {
        let mut filters = [Filter::new(), Filter::new()];
        let mut marks = Vec::with_capacity(gone.len());
        self.each_marks(old, gone, false, keeps_keys, |own| {
            own.iter().flatten().for_each(|mark| filters[0].add(*mark));
            marks.push(own);
        })?;
        let mut news = [Vec::new(), Vec::new()];
        let mut places = inserted.iter();
        let has = |filter: &Filter, own: &Marks| own.iter().flatten().any(|own| filter.has(*own));
        let [older, newer] = &mut filters;
        self.each_marks(new, inserted, true, keeps_keys, |own| {
            own.iter().flatten().for_each(|mark| newer.add(*mark));
            let list = usize::from(!has(older, &own));
            news[list].extend(places.next());
        })?;
        let mut olds = [Vec::new(), Vec::new()];
        for (place, own) in gone.iter().zip(&marks) {
            olds[usize::from(!has(newer, own))].push(*place);
        }
        Ok([olds, news])
    }

    /// Hands the marks of rows to `see`, in order.
    fn each_marks(
        &self,
        table: &StoredTable,
        places: &[u32],
        is_new: bool,
        keeps_keys: bool,
        mut see: impl FnMut(Marks),
    ) -> Result<()> {
        let mut wanted = vec![self.person, self.code, self.start];
        // only where keys are kept does the landlord's key say more than that of the row
        wanted.extend(keeps_keys.then_some(self.reference));
        let names = self.fields.names().into_iter().enumerate();
        let names = names.map(|(at, name)| if wanted.contains(&at) { name } else { "" });
        let names: Vec<&str> = names.collect();
        for places in places.chunks(READ) {
            let rows = table.rows_at(places, &names)?;
            for row in 0..rows.len() {
                let own = self.leftover(&rows, row, is_new);
                let of_person = xxh3_64_with_seed(&own.person.to_le_bytes(), own.start as u64);
                let of_reference = xxh3_64_with_seed(&own.reference.to_le_bytes(), own.code as u64);
                let is_keyed = own.reference != 0;
                see([
                    Some(of_person as u32),
                    is_keyed.then_some(of_reference as u32),
                ]);
            }
        }
        Ok(())
    }

    /// Makes leftovers of rows; those of `released` came with the key that another alert has.
    pub(super) fn gather(
        &self,
        table: &StoredTable,
        places: &[u32],
        released: &[u32],
        is_new: bool,
        into: &mut SortedRuns<ByReference>,
    ) -> Result<()> {
        let names = self.fields.names();
        for places in places.chunks(READ) {
            let rows = table.rows_at(places, &names)?;
            let leftovers = places.iter().enumerate().map(|(row, place)| {
                let released = is_new && released.binary_search(place).is_ok();
                ByReference::of(Leftover {
                    place: *place,
                    released,
                    content: content_of(&rows, row, self.fields, !is_new),
                    rest: rest_of(&rows, row, self.fields, !is_new),
                    ..self.leftover(&rows, row, is_new)
                })
            });
            into.extend(leftovers)?;
        }
        Ok(())
    }

    /// A leftover without its place and its content.
    fn leftover(&self, rows: &Rows, row: usize, is_new: bool) -> Leftover {
        let number = |field: usize| {
            let value = rows.value(row, field);
            match if is_new {
                value
            } else {
                self.fields.0[field].renumber(value)
            } {
                Value::Number(number) => number,
                Value::Day(day) => day.into(),
                _ => 0,
            }
        };
        let (own_person, own_code) = (number(self.person), number(self.code));
        let (person, code) = match is_new {
            true => (own_person, own_code),
            false => (
                self.renaming.person(own_person),
                self.renaming.code(own_code),
            ),
        };
        Leftover {
            person,
            start: number(self.start) as i32,
            code: code as i32,
            content: 0,
            rest: 0,
            own_code: own_code as i32,
            reference: match rows.value(row, self.reference) {
                Value::Text(text) => xxh3_64(text.as_bytes()).max(1),
                _ => 0,
            },
            place: 0,
            is_new,
            released: false,
            is_renamed: (person, code) != (own_person, own_code),
        }
    }
}
