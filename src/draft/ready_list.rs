//! Whether a column holds a widely used list for which there is a ready-made crosswalk.

use std::collections::HashMap;

use super::columns::DraftColumn;
use super::labels::labels;
use crate::cell::fold;
use crate::ready_crosswalks::{names, rows};

/// The least share of a column's values that the list has.
const ENOUGH: f64 = 0.6;
/// The fewest values that the list has.
const FEWEST: usize = 3;
/// The fewest of these that are more than a number, as any list might have it.
const TELLING: usize = 2;
/// Words of the name of a column that holds the needs codes of a utility's register.
const NEEDS_CODES: [&[&str]; 3] = [&["psr"], &["needs", "codes"], &["need", "code"]];

/// A list that a column holds, as far as its values tell.
#[derive(Debug, Clone)]
pub(super) struct ReadyList {
    /// Name of the ready-made crosswalk.
    pub crosswalk: &'static str,
    /// How many of the column's values the list has.
    pub known: usize,
    /// How many values there are.
    pub all: usize,
    /// What the codes of the list mean, folded.
    meanings: HashMap<String, String>,
}

impl ReadyList {
    /// What a value means, where it is a code of the list and no name.
    pub(super) fn meaning(&self, value: &str) -> Option<&String> {
        self.meanings.get(fold(value).as_ref())
    }
}

/// The list that has most of a column's values. A number is a value of many lists, so that numbers alone
/// do not tell, unless the column is called as such a list is.
pub(super) fn ready_list(column: &DraftColumn<'_>) -> Option<ReadyList> {
    let labels = labels(column);
    let called_so = NEEDS_CODES.iter().any(|words| {
        words
            .iter()
            .all(|word| column.words.iter().any(|own| own == word))
    });
    let lists = names().into_iter().filter_map(|crosswalk| {
        let mut reader = csv::Reader::from_reader(rows(crosswalk)?.as_bytes());
        let mut meanings = HashMap::new();
        let mut texts = Vec::new();
        for record in reader.records().flatten() {
            let (value, name) = (record.get(0)?, record.get(1)?);
            texts.push(fold(name).into_owned());
            meanings.insert(fold(value).into_owned(), name.to_owned());
        }
        let (mut known, mut telling) = (0, 0);
        for label in &labels {
            let folded = fold(&label.value);
            let is_name = texts.iter().any(|text| *text == folded);
            let is_code = meanings.contains_key(folded.as_ref());
            known += usize::from(is_name || is_code);
            let is_number = folded.bytes().all(|byte| byte.is_ascii_digit());
            telling += usize::from(is_name || is_code && !is_number);
        }
        let is_enough = known as f64 >= ENOUGH * labels.len() as f64 && known >= FEWEST;
        (is_enough && (telling >= TELLING || called_so)).then_some(ReadyList {
            crosswalk,
            known,
            all: labels.len(),
            meanings,
        })
    });
    lists.max_by_key(|list| list.known)
}
