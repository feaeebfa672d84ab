//! The fingerprint of a candidate: a hash over every field that the source states.
//!
//! It makes the key of an alert that has none of its own, and it finds exact duplicates. It covers
//! what the source says before anything is defaulted or corrected, so it depends neither on the run's
//! date nor on the order of columns, and a field that nobody states does not change it.

use xxhash_rust::xxh3::xxh3_64;

use crate::candidate::{Column, State};
use crate::cell::key::KeySpace;

pub(super) fn fingerprints(
    names: &[String],
    columns: &[Column],
    rows: usize,
    keys: KeySpace,
) -> Vec<u128> {
    let mut ordered: Vec<(&String, &Column)> = names.iter().zip(columns).collect();
    ordered.sort_by_key(|(name, _)| *name);
    let tags: Vec<[u8; 8]> = ordered
        .iter()
        .map(|(name, _)| xxh3_64(name.as_bytes()).to_le_bytes())
        .collect();
    let mut content = Vec::with_capacity(512);
    (0..rows)
        .map(|row| {
            content.clear();
            for ((_, column), tag) in ordered.iter().zip(&tags) {
                if column.states()[row] == State::Value {
                    content.extend_from_slice(tag);
                    append(column, row, &mut content);
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
