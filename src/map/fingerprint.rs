//! The fingerprint of a candidate: a hash over every field that the source states.
//!
//! It makes the key of an alert that has none of its own, and it finds exact duplicates. It covers
//! what the source says before anything is defaulted or corrected, so it depends neither on the run's
//! date nor on the order of columns, and a field that nobody states does not change it. A cell that
//! cannot be read counts as it is written: two alerts that differ in one are two alerts.

use xxhash_rust::xxh3::xxh3_64;

use crate::candidate::{Column, FaultyCell, State};
use crate::cell::key::KeySpace;

pub(super) fn fingerprints(
    names: &[String],
    columns: &[Column],
    faults: &[FaultyCell],
    rows: usize,
    keys: KeySpace,
) -> Vec<u128> {
    let tag = |name: &String| xxh3_64(name.as_bytes()).to_le_bytes();
    let tags: Vec<[u8; 8]> = names.iter().map(tag).collect();
    let mut ordered: Vec<usize> = (0..columns.len()).collect();
    ordered.sort_by_key(|field| &names[*field]);
    let mut faults = faults.iter().peekable();
    let mut content = Vec::with_capacity(512);
    (0..rows)
        .map(|row| {
            content.clear();
            for field in &ordered {
                let column = &columns[*field];
                if column.states()[row] == State::Value {
                    content.extend_from_slice(&tags[*field]);
                    append(column, row, &mut content);
                }
            }
            while let Some(cell) = faults.next_if(|cell| cell.row as usize == row) {
                let field = usize::from(cell.field);
                if columns[field].states()[row] == State::Faulty {
                    content.extend_from_slice(&tags[field]);
                    content.extend_from_slice(&cell.text.to_le_bytes());
                }
            }
            keys.fingerprint(&content)
        })
        .collect()
}

fn append(column: &Column, row: usize, content: &mut Vec<u8>) {
    match column {
        Column::Int64(column) | Column::Timestamp(column) => {
            content.extend_from_slice(&column.values[row].to_le_bytes());
        }
        Column::Int32(column) | Column::Date(column) => {
            content.extend_from_slice(&column.values[row].to_le_bytes());
        }
        Column::Bool(column) => content.push(u8::from(column.values[row])),
        Column::Term(column) => content.push(column.values[row]),
        Column::Text(column) => {
            let text = column.get(row).unwrap_or_default();
            content.extend_from_slice(&(text.len() as u64).to_le_bytes());
            content.extend_from_slice(text.as_bytes());
        }
    }
}
