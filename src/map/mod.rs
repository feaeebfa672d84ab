//! From cells to typed columns of the standard, a field at a time.
//!
//! Mapping reads what the source says and nothing else: it neither defaults nor corrects, so that
//! rules can speak about the source's own words. What it cannot read it marks, and goes on.

mod binding;
mod column;
mod date_orders;
mod fingerprint;
mod keys;

pub use binding::{Binding, CellSource, bind};
pub use date_orders::{DateColumn, order_evidence};

use crate::candidate::{Candidates, Outcome};
use crate::cell::fold;
use crate::cell::key::KeySpace;
use crate::chunk::Chunk;
use crate::profile::Profile;
use crate::reference::References;
use column::{Cells, Mapped};
use keys::KeyReader;

/// Maps the records of one chunk; each becomes one candidate, unless all its cells are empty.
pub fn map(
    chunk: &Chunk,
    profile: &Profile,
    binding: &Binding,
    keys: KeySpace,
    references: &References,
) -> Candidates {
    let reader = KeyReader {
        space: keys,
        references,
    };
    let record_rows = rows_with_content(chunk, profile);
    let mut mapped = Mapped::new(record_rows.len());
    let mut columns = Vec::with_capacity(profile.fields.len());
    for (at, plan) in profile.fields.iter().enumerate() {
        let cells = Cells {
            chunk,
            rows: &record_rows,
            source: binding.source(at),
            order: binding.date_order(binding.source(at)),
            null_values: &plan.null_values,
        };
        columns.push(mapped.column(at as u16, plan, &cells, reader));
    }
    let mut outcomes = vec![Outcome::Accepted; record_rows.len()];
    for row in &mapped.no_alert {
        outcomes[*row as usize] = Outcome::Skipped;
    }
    mapped.faults.sort_unstable();
    let names: Vec<String> = profile
        .fields
        .iter()
        .map(|plan| plan.name.clone())
        .collect();
    Candidates {
        rows: record_rows.len(),
        empty_records: (chunk.records.len() - record_rows.len()) as u64,
        fingerprints: fingerprint::fingerprints(
            &names,
            &columns,
            &mapped.faults,
            record_rows.len(),
            keys,
        ),
        columns,
        names,
        record_rows,
        faults: mapped.faults,
        outcomes,
        person_checks: mapped.person_checks,
    }
}

/// Whether a cell says nothing.
fn is_null(cell: &str, null_values: &std::collections::HashSet<String>) -> bool {
    cell.is_empty() || !null_values.is_empty() && null_values.contains(fold(cell).as_ref())
}

/// Whether a JSON record has no member at all.
fn is_empty_object(chunk: &Chunk, row: usize) -> bool {
    let raw = chunk.raw(&chunk.records[row]).iter();
    raw.filter(|byte| !byte.is_ascii_whitespace()).eq(b"{}")
}

fn rows_with_content(chunk: &Chunk, profile: &Profile) -> Vec<u32> {
    let nulls = &profile.input.null_values;
    let filled = |row: &usize| {
        let mut cells = (0..chunk.width).map(|column| chunk.cell(*row, column).trim());
        cells.any(|cell| !is_null(cell, nulls)) || chunk.selective && !is_empty_object(chunk, *row)
    };
    let rows = (0..chunk.records.len()).filter(filled);
    rows.map(|row| row as u32).collect()
}
