//! From cells to typed columns of the standard, a field at a time.
//!
//! Mapping reads what the source says and nothing else: it neither defaults nor corrects, so that
//! rules can speak about the source's own words. What it cannot read it marks, and goes on.

mod binding;
mod cells;
mod column;
mod date_cells;
mod date_orders;
mod distinct;
mod finder;
mod fingerprint;
mod keys;
mod stated;
mod texts;
mod values;

pub use binding::{Binding, CellSource, bind, names_in, part_names};
pub use date_orders::{DateColumn, order_evidence};
pub use distinct::KnownReadings;

use crate::candidate::{Candidates, Column, Outcome};
use crate::cell::fold;
use crate::cell::key::KeySpace;
use crate::cell::text::TextReader;
use crate::chunk::Chunk;
use crate::profile::{ALERT_CODE, Profile};
use crate::reference::References;
use cells::Cells;
use column::Mapped;
use keys::KeyReader;
use stated::StatedAlerts;

/// Maps the records of one chunk. A record states one alert, or as many as the profile finds in it;
/// none if all its cells are empty. `known` is what the worker has read before.
pub fn map(
    chunk: &Chunk,
    profile: &Profile,
    binding: &Binding,
    keys: KeySpace,
    references: &References,
    known: &mut KnownReadings,
) -> Candidates {
    let keys = KeyReader {
        space: keys,
        references,
        composed: None,
    };
    let filled = rows_with_content(chunk, profile);
    if !profile.is_plural() {
        return candidates(chunk, profile, binding, keys, filled, None, known);
    }
    let mut stated = stated::stated(chunk, &filled, profile, binding);
    let rows = std::mem::take(&mut stated.record_rows);
    let mut mapped = candidates(chunk, profile, binding, keys, rows, Some(&stated), known);
    mapped.stated = Some(stated.stated);
    mapped.flags = stated.flags;
    mapped
}

fn candidates(
    chunk: &Chunk,
    profile: &Profile,
    binding: &Binding,
    keys: KeyReader<'_>,
    record_rows: Vec<u32>,
    stated: Option<&StatedAlerts>,
    known: &mut KnownReadings,
) -> Candidates {
    let rows = record_rows.len();
    let kinds = Kinds::new(profile, stated);
    let texts = TextReader::of(&chunk.text, profile.input.repairs.mojibake);
    let mut mapped = Mapped::new(rows, keys, stated, texts, known);
    let fields = 0..profile.fields.len();
    let cells = fields.map(|at| kinds.cells(chunk, profile, binding, &record_rows, at));
    let cells: Vec<Vec<Cells<'_>>> = cells.collect();
    let columns = cells.iter().map(|kinds| column::blank(kinds, rows));
    let mut columns: Vec<Column> = columns.collect();
    for (at, kinds) in cells.iter().enumerate() {
        mapped.read(at as u16, kinds, &mut columns[at]);
    }
    mapped.give(&mut columns);
    let mut outcomes = vec![Outcome::Accepted; rows];
    for row in &mapped.no_alert {
        outcomes[*row as usize] = Outcome::Skipped;
    }
    mapped.faults.sort_unstable();
    let names: Vec<String> = profile
        .fields
        .iter()
        .map(|plan| plan.name.clone())
        .collect();
    // the rows of one record stand together
    let records = record_rows.chunk_by(|a, b| a == b).count();
    Candidates {
        rows,
        empty_records: (chunk.records.len() - records) as u64,
        fingerprints: fingerprint::fingerprints(&names, &columns, &mapped.faults, rows, keys.space),
        columns,
        names,
        record_rows,
        faults: mapped.faults,
        outcomes,
        person_checks: mapped.person_checks,
        key_widths: mapped.key_widths,
        stated: None,
        flags: Vec::new(),
    }
}

/// The candidates of each kind of alert, where there are several kinds.
struct Kinds {
    /// By the profile's statements; empty where there is one.
    rows: Vec<Vec<u32>>,
}

impl Kinds {
    fn new(profile: &Profile, stated: Option<&StatedAlerts>) -> Kinds {
        let mut rows = Vec::new();
        if let (Some(stated), true) = (stated, profile.statements.len() > 1) {
            rows = vec![Vec::new(); profile.statements.len()];
            for (row, statement) in (0..).zip(&stated.stated.statements) {
                rows[usize::from(*statement)].push(row);
            }
        }
        Kinds { rows }
    }

    /// The cells of a field: once where all kinds of alerts read it alike, else for each kind.
    fn cells<'c>(
        &'c self,
        chunk: &'c Chunk,
        profile: &'c Profile,
        binding: &'c Binding,
        record_rows: &'c [u32],
        field: usize,
    ) -> Vec<Cells<'c>> {
        let of_kind = |statement: usize, only: Option<&'c [u32]>| {
            let plan = profile.plan(statement, field)?;
            Some(Cells {
                chunk,
                rows: record_rows,
                only,
                plan,
                source: binding.source(statement, field),
                decider: binding.decider(statement, field),
                orders: binding.date_orders(binding.source(statement, field)),
                null_values: &plan.null_values,
                repairs: profile.input.repairs,
            })
        };
        let mut statements = profile.statements.iter();
        let code = profile
            .fields
            .get(field)
            .is_some_and(|plan| plan.name == ALERT_CODE);
        // the codes are read already, for all kinds
        if self.rows.is_empty() || code || statements.all(|one| one.own(field).is_none()) {
            return of_kind(0, None).into_iter().collect();
        }
        let kinds = self.rows.iter().enumerate();
        let kinds = kinds.filter_map(|(statement, rows)| of_kind(statement, Some(rows)));
        kinds.collect()
    }
}

/// Whether a cell says nothing.
#[inline(always)]
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
        if chunk.selective {
            return !is_empty_object(chunk, *row);
        }
        let mut cells = (0..chunk.width).map(|column| chunk.trimmed(*row, column));
        cells.any(|cell| !is_null(cell, nulls))
    };
    let rows = (0..chunk.records.len()).filter(filled);
    rows.map(|row| row as u32).collect()
}
