//! The fingerprint of a candidate: a hash over every field that the source states.
//!
//! It makes the key of an alert that has none of its own, and it finds exact duplicates. It covers
//! what the source says before anything is defaulted or corrected, so it depends neither on the run's
//! date nor on the order of columns, and a field that nobody states does not change it. A cell that
//! cannot be read counts as it is written: two alerts that differ in one are two alerts.
//!
//! It is folded a column at a time: laying the fields of each row side by side to hash them took 2.8
//! times as many instructions. Half of it is enough to tell whether two alerts of one key are the same; the other half
//! is folded only where there is no key, and the key is made of both.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::candidate::{Column, FaultyCell, State, TextValues, Values};
use crate::cell::key::KeySpace;

/// The fingerprints of so many rows; the first of the columns is the table's own key.
pub(super) fn fingerprints(
    names: &[String],
    columns: &[Column],
    faults: &[FaultyCell],
    rows: usize,
    keys: KeySpace,
) -> Vec<u128> {
    let mut ordered: Vec<usize> = (0..columns.len()).collect();
    ordered.sort_by_key(|field| &names[*field]);
    let folded = |half: Half, rows: &[u32]| {
        let mut prints = vec![half.start(); rows.len()];
        for field in &ordered {
            let tag = half.tag(&names[*field]);
            fold(&mut prints, rows, half, tag, &columns[*field]);
        }
        for cell in faults {
            let field = usize::from(cell.field);
            if columns[field].states()[cell.row as usize] == State::Faulty
                && let Ok(at) = rows.binary_search(&cell.row)
            {
                prints[at] = mixed(prints[at] ^ cell.text, half.tag(&names[field]));
            }
        }
        prints
    };
    let all: Vec<u32> = (0..rows as u32).collect();
    let own = columns.first().map(Column::states).unwrap_or_default();
    let keyless = |row: &u32| own.get(*row as usize) != Some(&State::Value);
    let keyless: Vec<u32> = all.iter().copied().filter(keyless).collect();
    let mut prints: Vec<[u64; 2]> = folded(Half::First, &all)
        .into_iter()
        .map(|first| [first, 0])
        .collect();
    for (row, second) in keyless.iter().zip(folded(Half::Second, &keyless)) {
        prints[*row as usize][1] = second;
    }
    let bytes = |[first, second]: [u64; 2]| u128::from(first) << 64 | u128::from(second);
    let prints = prints.into_iter();
    prints
        .map(|halves| keys.fingerprint(&bytes(halves).to_le_bytes()))
        .collect()
}

/// One of the two numbers that a fingerprint is made of, which go different ways.
#[derive(Clone, Copy)]
enum Half {
    First,
    Second,
}

impl Half {
    fn start(self) -> u64 {
        match self {
            Half::First => 0x243f_6a88_85a3_08d3,
            Half::Second => 0x1319_8a2e_0370_7344,
        }
    }

    fn hash(self, bytes: &[u8]) -> u64 {
        xxh3_64_with_seed(bytes, self as u64)
    }

    /// Tells one field's values from another's: an odd number made of its name.
    fn tag(self, name: &str) -> u64 {
        self.hash(name.as_bytes()) | 1
    }
}

/// Both halves of a product, laid over each other.
#[inline]
fn mixed(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    product as u64 ^ (product >> 64) as u64
}

/// Folds a column's values into the prints of some rows.
fn fold(prints: &mut [u64], rows: &[u32], half: Half, tag: u64, column: &Column) {
    match column {
        Column::Int64(values) | Column::Timestamp(values) => {
            fold_values(prints, rows, tag, values, |value| value as u64);
        }
        Column::Int32(values) | Column::Date(values) => {
            fold_values(prints, rows, tag, values, |value| i64::from(value) as u64);
        }
        Column::Bool(values) => fold_values(prints, rows, tag, values, u64::from),
        Column::Term(values) => fold_values(prints, rows, tag, values, u64::from),
        Column::Text(texts) => fold_texts(prints, rows, half, tag, texts),
    }
}

fn fold_values<T: Copy + Default>(
    prints: &mut [u64],
    rows: &[u32],
    tag: u64,
    values: &Values<T>,
    number: impl Fn(T) -> u64,
) {
    if rows.len() == values.values.len() {
        let cells = values.values.iter().zip(&values.states);
        for (print, (value, state)) in prints.iter_mut().zip(cells) {
            // without a branch, which cells that are now filled and now empty would mislead
            let filled = u64::from(*state == State::Value).wrapping_neg();
            *print ^= (mixed(*print ^ number(*value), tag) ^ *print) & filled;
        }
        return;
    }
    for (print, row) in prints.iter_mut().zip(rows) {
        if let Some(value) = values.get(*row as usize) {
            *print = mixed(*print ^ number(*value), tag);
        }
    }
}

fn fold_texts(prints: &mut [u64], rows: &[u32], half: Half, tag: u64, texts: &TextValues) {
    for (print, row) in prints.iter_mut().zip(rows) {
        if let Some(text) = texts.get(*row as usize) {
            *print = mixed(*print ^ half.hash(text.as_bytes()), tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::cell::CellFault;

    fn numbers(cells: &[Option<i32>]) -> Column {
        let mut values = Values::blank(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell {
                values.set(row, *cell);
            }
        }
        Column::Int32(values)
    }

    fn texts(cells: &[Option<&str>]) -> Column {
        let mut values = TextValues::default();
        cells.iter().for_each(|cell| values.push(*cell));
        Column::Text(values)
    }

    fn prints(columns: &[(&str, Column)], faults: &[FaultyCell]) -> Vec<u128> {
        let (names, columns): (Vec<_>, Vec<_>) = columns.iter().cloned().unzip();
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let rows = columns[0].states().len();
        fingerprints(&names, &columns, faults, rows, KeySpace::single("RIV"))
    }

    #[test]
    fn each_value_in_each_field_makes_another() {
        let keys = [
            numbers(&[None; 7]),
            numbers(&[Some(9); 7]),
            numbers(&[None, Some(9), None, None, Some(9), Some(9), None]),
        ];
        for key in keys {
            let columns = [
                ("key", key),
                (
                    "a",
                    numbers(&[Some(1), None, Some(0), None, None, None, Some(1)]),
                ),
                (
                    "b",
                    numbers(&[None, Some(1), None, Some(0), None, None, Some(1)]),
                ),
                ("c", texts(&[None, None, None, None, Some(""), None, None])),
            ];
            let all = prints(&columns, &[]);
            assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
            let high: HashSet<u64> = all.iter().map(|print| (print >> 64) as u64).collect();
            assert_eq!(high.len(), all.len());
        }
    }

    #[test]
    fn the_order_of_columns_blank_fields_and_other_rows_change_nothing() {
        for key in [None, Some(3)] {
            let key = || ("key", numbers(&[key]));
            let (a, b) = (numbers(&[Some(7)]), texts(&[Some("x")]));
            let one = prints(&[key(), ("a", a.clone()), ("b", b.clone())], &[]);
            let blank = numbers(&[None]);
            let other = prints(&[key(), ("b", b), ("c", blank), ("a", a)], &[]);
            assert_eq!(one, other);
        }
        let pair = |keys: [Option<i32>; 2]| {
            let (a, b) = (numbers(&[Some(7); 2]), texts(&[Some("x"); 2]));
            prints(&[("key", numbers(&keys)), ("a", a), ("b", b)], &[])
        };
        assert_eq!(pair([Some(3), None])[0], pair([Some(3), Some(4)])[0]);
        assert_eq!(pair([Some(3), None])[1], pair([None, None])[0]);
    }

    #[test]
    fn what_cannot_be_read_counts_as_it_is_written() {
        let faulty = |text, key| {
            let mut values = Values::<i32>::blank(1);
            values.states[0] = State::Faulty;
            let fault = FaultyCell {
                row: 0,
                field: 1,
                fault: CellFault::NoNumber,
                text,
            };
            let columns = [("key", numbers(&[key])), ("a", Column::Int32(values))];
            prints(&columns, &[fault])
        };
        for key in [None, Some(3)] {
            assert_ne!(faulty(1, key), faulty(2, key));
            assert_eq!(faulty(1, key), faulty(1, key));
        }
    }
}
