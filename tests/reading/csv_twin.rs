//! The cells of delimited text as we read them, and as the `csv` crate does.

use std::collections::{BTreeMap, BTreeSet};

use person_alerts::chunk::RecordFault;
use person_alerts::dialect::{DialectWish, Encoding};

use super::read_with;

/// The cells of all records, whatever their number, found by reading once for each width; `None`
/// where a quote is unbalanced, or a closing one is followed by text, which is read otherwise, and where a record
/// is passed over or loses a character that is no text.
pub fn cells_of_all_records(text: &str) -> Option<Vec<Vec<String>>> {
    let wish = DialectWish {
        delimiter: Some(b','),
        // text with many NUL bytes looks like UTF-16
        encoding: Some(Encoding::Utf8),
        ..DialectWish::default()
    };
    let mut widths = BTreeSet::from([1]);
    let mut found = BTreeMap::new();
    let mut done = 0;
    while let Some(width) = widths.iter().copied().find(|width| *width > done) {
        let input = format!("h{}\n{text}", ",h".repeat(width as usize - 1));
        let all = read_with(input.as_bytes(), &wish, &[], None);
        if !(all.stray_quotes.is_empty() && all.passed_over.is_empty() && all.removed.is_empty()) {
            return None;
        }
        for (.., fault) in &all.unreadable {
            match fault {
                RecordFault::Ragged { cells, .. } => widths.insert(*cells),
                RecordFault::UnbalancedQuote => return None,
                other => panic!("{other:?}"),
            };
        }
        found.extend(
            all.rows
                .into_iter()
                .map(|(number, _, cells, _)| (number, cells)),
        );
        done = width;
    }
    Some(found.into_values().collect())
}

/// The same as the `csv` crate has them.
pub fn cells_of_the_crate(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let records = reader.records().map(|record| record.unwrap());
    let cells = records.map(|record| record.iter().map(str::to_owned).collect());
    cells.collect()
}
