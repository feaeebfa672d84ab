//! A number of 64 bits that stands for all that is compared of an alert: equal alerts have equal numbers,
//! and two that differ have the same one once in 2⁶⁴ changes.

use arrow_array::{Array, ArrowPrimitiveType, PrimitiveArray};
use xxhash_rust::xxh3::xxh3_64;

use super::fields::{ComparedField, Fields, Role};
use crate::error::{Error, Result};
use crate::snapshot::cells::{Cells, Rows, Value};
use crate::snapshot::stored_table::StoredTable;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const EMPTY: u64 = 0xd1b5_4a32_d192_ed03;
const FACTOR: u64 = 0xa076_1d64_78bd_642f;

/// The keys of the alerts of a row group, with what stands for their content, in their order.
#[derive(Debug, Default)]
pub(super) struct Digests {
    pub ids: Vec<i64>,
    pub contents: Vec<u64>,
}

impl Digests {
    /// Key and content of each alert.
    pub(super) fn each(&self) -> impl Iterator<Item = (i64, u64)> {
        let ids = self.ids.iter().copied();
        ids.zip(self.contents.iter().copied())
    }
}

/// Digests a row group; `older` says whether its keys are those of the older code lists.
pub(super) fn digest_group(
    table: &StoredTable,
    group: usize,
    fields: &Fields,
    older: bool,
) -> Result<Digests> {
    let compared: Vec<&ComparedField> = fields.compared().collect();
    let mut names = vec!["person_alert_id"];
    names.extend(compared.iter().map(|field| field.name.as_str()));
    let mut digests = Digests::default();
    table.each_batch(group, &names, |columns, rows| {
        let (ids, columns) = columns.split_at(1);
        if let Cells::Int64(ids) = &ids[0] {
            digests.ids.extend_from_slice(ids.values());
        }
        let from = digests.contents.len();
        digests.contents.resize(from + rows, SEED);
        for (field, cells) in compared.iter().zip(columns) {
            let contents = &mut digests.contents[from..];
            match older && field.renumbered.is_some() {
                false => mix_column(contents, cells),
                true => {
                    for (row, content) in contents.iter_mut().enumerate() {
                        *content = mix(*content, of(field.renumber(cells.value(row))));
                    }
                }
            }
        }
        Ok(())
    })?;
    // the places of rows are counted by what the footer says
    let rows = table.places(group).len();
    match digests.ids.len() == rows && digests.contents.len() == rows {
        true => Ok(digests),
        false => Err(Error::Input {
            path: table.path().display().to_string(),
            why: "lacks keys of alerts that pac writes; convert the export again".to_owned(),
        }),
    }
}

/// What stands for the content of one row, as in [`digest_group`].
pub(super) fn content_of(rows: &Rows, row: usize, fields: &Fields, older: bool) -> u64 {
    let compared = fields.0.iter().enumerate();
    let compared = compared.filter(|(_, field)| field.role != Role::Place);
    content(rows, row, compared, older)
}

fn content<'f>(
    rows: &Rows,
    row: usize,
    fields: impl Iterator<Item = (usize, &'f ComparedField)>,
    older: bool,
) -> u64 {
    fields.fold(SEED, |content, (at, field)| {
        let value = rows.value(row, at);
        mix(
            content,
            of(if older { field.renumber(value) } else { value }),
        )
    })
}

/// Fields that the code of an alert gives a value where the source says nothing.
pub(super) const GIVEN_BY_CODE: [&str; 2] = ["confidentiality_level", "special_category_data_id"];

/// What stands for that of a row which follows neither from its person nor from its code.
pub(super) fn rest_of(rows: &Rows, row: usize, fields: &Fields, older: bool) -> u64 {
    let compared = fields.0.iter().enumerate().filter(|(_, field)| {
        let name = field.name.as_str();
        let apart = ["person_id", "person_alert_code_id"].contains(&name);
        field.role != Role::Place && !apart && !GIVEN_BY_CODE.contains(&name)
    });
    content(rows, row, compared, older)
}

fn mix_column(contents: &mut [u64], cells: &Cells) {
    match cells {
        Cells::Absent => mix_each(contents, std::iter::repeat(None)),
        Cells::Int32(cells) => mix_numbers(contents, cells, |number| i64::from(number) as u64),
        Cells::Int64(cells) => mix_numbers(contents, cells, |number| number as u64),
        Cells::Day(cells) => mix_numbers(contents, cells, |day| day as u64),
        Cells::Time(cells) => mix_numbers(contents, cells, |time| time as u64),
        Cells::Bool(cells) if cells.null_count() == 0 => {
            mix_each(contents, cells.values().iter().map(|yes| Some(yes.into())));
        }
        Cells::Bool(cells) => mix_each(contents, cells.iter().map(|yes| yes.map(u64::from))),
        Cells::Text(cells) => mix_each(contents, cells.iter().map(|own| own.map(text))),
        Cells::Words(keys, words) => {
            let words: Vec<u64> = words.iter().map(|word| word.map_or(EMPTY, text)).collect();
            mix_numbers(contents, keys, |key| {
                // an empty cell has any key
                words.get(key as usize).copied().unwrap_or(EMPTY)
            });
        }
    }
}

fn mix_each(contents: &mut [u64], values: impl Iterator<Item = Option<u64>>) {
    for (content, value) in contents.iter_mut().zip(values) {
        *content = mix(*content, value.unwrap_or(EMPTY));
    }
}

fn mix_numbers<T: ArrowPrimitiveType>(
    contents: &mut [u64],
    cells: &PrimitiveArray<T>,
    number: impl Fn(T::Native) -> u64,
) {
    match cells.nulls() {
        None => {
            let values = contents.iter_mut().zip(cells.values());
            values.for_each(|(content, value)| *content = mix(*content, number(*value)));
        }
        Some(valid) => {
            let parts = contents.chunks_mut(64).zip(cells.values().chunks(64));
            for ((contents, values), mut valid) in
                parts.zip(valid.inner().bit_chunks().iter_padded())
            {
                for (content, value) in contents.iter_mut().zip(values) {
                    let is_valid = (valid & 1).wrapping_neg();
                    *content = mix(*content, number(*value) & is_valid | EMPTY & !is_valid);
                    valid >>= 1;
                }
            }
        }
    }
}

/// What stands for a value.
fn of(value: Value<'_>) -> u64 {
    match value {
        Value::Empty => EMPTY,
        Value::Bool(yes) => u64::from(yes),
        Value::Number(number) => number as u64,
        Value::Day(day) => day as u64,
        Value::Time(time) => time as u64,
        Value::Text(own) => text(own),
    }
}

fn text(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// Takes a value in; the order of values matters.
#[inline]
fn mix(content: u64, value: u64) -> u64 {
    let product =
        u128::from(content ^ value.wrapping_mul(SEED).rotate_left(29)) * u128::from(FACTOR);
    (product as u64 ^ (product >> 64) as u64).wrapping_add(value)
}
