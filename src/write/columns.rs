//! The accepted rows of one or more batches, as column chunks of a core table.

use std::ops::Range;
use std::sync::Arc;

use super::chunks::{
    ChunkWriter, ColumnChunk, Constant, bools, constant, dictionary_texts, int32s, int64s,
    plain_texts, single_int64s, terms,
};
use crate::candidate::{Candidates, Column, Outcome, TextValues, Values};
use crate::error::{Error, Result};
use crate::standard::{Field, Table};

/// Columns of long text, on which no dictionary pays.
const PROSE: [&str; 1] = ["alert_description"];

/// The candidates of one chunk on their way to the output, with where they come from.
#[derive(Debug)]
pub struct Batch {
    /// The candidates.
    pub candidates: Candidates,
    /// Index of the input.
    pub input: usize,
    /// Name of the input.
    pub source_file: Arc<str>,
    /// Number of the record that each candidate comes from.
    pub source_records: Vec<u64>,
}

/// The runs of rows that are accepted. Few rows are not, so that there are few runs.
fn accepted(candidates: &Candidates) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut from = 0;
    for run in candidates
        .outcomes
        .chunk_by(|a, b| is_accepted(*a) == is_accepted(*b))
    {
        let until = from + run.len();
        if is_accepted(run[0]) {
            runs.push(from..until);
        }
        from = until;
    }
    runs
}

fn is_accepted(outcome: Outcome) -> bool {
    outcome == Outcome::Accepted
}

fn rows(runs: &[Range<usize>]) -> usize {
    runs.iter().map(Range::len).sum()
}

/// The accepted rows of batches, taken a column at a time, so that no more than one column of them is
/// held twice.
pub struct AcceptedRows<'a> {
    batches: &'a [Batch],
    kept: Vec<Vec<Range<usize>>>,
    table: &'a Table,
    landlord: &'a str,
}

impl<'a> AcceptedRows<'a> {
    /// The accepted rows of batches of one landlord's alerts.
    pub fn new(batches: &'a [Batch], table: &'a Table, landlord: &'a str) -> AcceptedRows<'a> {
        let kept = batches.iter().map(|batch| accepted(&batch.candidates));
        AcceptedRows {
            batches,
            kept: kept.collect(),
            table,
            landlord,
        }
    }

    /// How many rows of each input there are, in the order of the batches.
    pub fn by_input(&self) -> Vec<(usize, u64)> {
        let parts = self.parts();
        parts
            .map(|(batch, runs)| (batch.input, rows(runs) as u64))
            .collect()
    }

    /// One column of them.
    ///
    /// # Errors
    /// [`Error::Internal`] where the table has no such field, or a cell that must be filled is empty, which
    /// the checks before must have caught.
    pub(super) fn column(&self, name: &str, writer: ChunkWriter<'_>) -> Result<ColumnChunk> {
        let lacking = || Error::Internal(format!("{name} has no column"));
        let field = self.table.field(name).ok_or_else(lacking)?;
        let first = self.batches.first();
        let column = first.and_then(|batch| batch.candidates.column(name));
        let chunk = match (name, column) {
            ("landlord", _) => constant(writer, self.constants(|_| self.landlord)),
            ("source_file", _) => constant(writer, self.constants(|batch| &*batch.source_file)),
            ("source_record", _) => single_int64s(writer, self.records().map(Some)),
            (_, Some(Column::Int64(_))) => {
                int64s(writer, self.values(name, int64_values), !is_key(field))
            }
            (_, Some(Column::Timestamp(_))) => {
                int64s(writer, self.values(name, int64_values), false)
            }
            (_, Some(Column::Int32(_))) => int32s(writer, self.values(name, int32_values), true),
            (_, Some(Column::Date(_))) => int32s(writer, self.values(name, int32_values), false),
            (_, Some(Column::Bool(_))) => bools(writer, self.values(name, bool_values)),
            (_, Some(Column::Term(_))) => {
                terms(writer, self.values(name, term_values), &field.allowed)
            }
            (_, Some(Column::Text(_))) if PROSE.contains(&name) || is_key(field) => {
                plain_texts(writer, self.values(name, text_values))
            }
            (_, Some(Column::Text(_))) => dictionary_texts(writer, self.values(name, text_values)),
            (_, None) => return Err(lacking()),
        };
        chunk.map_err(|error| Error::Internal(error.to_string()))
    }

    fn parts(&self) -> impl Iterator<Item = (&'a Batch, &[Range<usize>])> + Clone {
        self.batches.iter().zip(self.kept.iter().map(Vec::as_slice))
    }

    /// The columns of that name; all batches have it, of one type.
    fn values<'s, V: 'a>(
        &'s self,
        name: &'s str,
        typed: impl Fn(&'a Column) -> Option<&'a V> + Clone + 's,
    ) -> impl Iterator<Item = (&'a V, &'s [Range<usize>])> + Clone + 's {
        self.parts().filter_map(move |(batch, runs)| {
            let column = batch.candidates.column(name).and_then(&typed);
            Some((column?, runs))
        })
    }

    fn constants<'s>(
        &'s self,
        text: impl Fn(&'a Batch) -> &'s str + 's,
    ) -> impl Iterator<Item = Constant<'s>> + 's {
        self.parts().map(move |(batch, runs)| Constant {
            text: text(batch),
            rows: rows(runs),
        })
    }

    fn records(&self) -> impl Iterator<Item = i64> {
        self.parts().flat_map(|(batch, runs)| {
            let rows = runs
                .iter()
                .flat_map(|run| &batch.source_records[run.clone()]);
            rows.map(|record| *record as i64)
        })
    }
}

/// Whether the field tells one alert or person from another, or its place in the input, so that its values
/// differ from row to row.
fn is_key(field: &Field) -> bool {
    field.sensitivity == "identifier" || field.provenance
}

fn int64_values(column: &Column) -> Option<&Values<i64>> {
    match column {
        Column::Int64(values) | Column::Timestamp(values) => Some(values),
        _ => None,
    }
}

fn int32_values(column: &Column) -> Option<&Values<i32>> {
    match column {
        Column::Int32(values) | Column::Date(values) => Some(values),
        _ => None,
    }
}

fn bool_values(column: &Column) -> Option<&Values<bool>> {
    match column {
        Column::Bool(values) => Some(values),
        _ => None,
    }
}

fn term_values(column: &Column) -> Option<&Values<u8>> {
    match column {
        Column::Term(values) => Some(values),
        _ => None,
    }
}

fn text_values(column: &Column) -> Option<&TextValues> {
    match column {
        Column::Text(values) => Some(values),
        _ => None,
    }
}
