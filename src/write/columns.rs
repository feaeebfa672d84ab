//! From candidate columns to Arrow arrays: the accepted rows of one or more batches.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, PrimitiveBuilder, StringBuilder};
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Int32Type, Int64Type, TimestampMicrosecondType,
};
use arrow_array::{Array, ArrayRef};

use crate::candidate::{Candidates, Column, Outcome, Values};
use crate::error::{Error, Result};
use crate::standard::Table;

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

fn accepted(candidates: &Candidates) -> Vec<usize> {
    let rows = candidates.outcomes.iter().enumerate();
    let kept = rows.filter(|(_, outcome)| **outcome == Outcome::Accepted);
    kept.map(|(row, _)| row).collect()
}

/// The accepted rows of batches, taken a column at a time, so that no more than one column of them is
/// held twice.
pub struct AcceptedRows<'a> {
    batches: &'a [Batch],
    kept: Vec<Vec<usize>>,
    rows: usize,
    table: &'a Table,
    landlord: &'a str,
}

impl<'a> AcceptedRows<'a> {
    /// The accepted rows of batches of one landlord's alerts.
    pub fn new(batches: &'a [Batch], table: &'a Table, landlord: &'a str) -> AcceptedRows<'a> {
        let kept: Vec<Vec<usize>> = batches
            .iter()
            .map(|batch| accepted(&batch.candidates))
            .collect();
        AcceptedRows {
            batches,
            rows: kept.iter().map(Vec::len).sum(),
            kept,
            table,
            landlord,
        }
    }

    /// How many rows of each input there are, in the order of the batches.
    pub fn by_input(&self) -> Vec<(usize, u64)> {
        let parts = self.batches.iter().zip(&self.kept);
        parts
            .map(|(batch, rows)| (batch.input, rows.len() as u64))
            .collect()
    }

    /// One column of them, for a field of `person_alert`.
    ///
    /// # Errors
    /// [`Error::Internal`] where a cell that must be filled is empty, which the checks before must
    /// have caught.
    pub fn column(&self, field: &arrow_schema::Field) -> Result<ArrayRef> {
        let array = self.array(field.name())?;
        match array.null_count() > 0 && !field.is_nullable() {
            true => Err(Error::Internal(format!("{} is empty", field.name()))),
            false => Ok(array),
        }
    }

    fn parts(&self) -> impl Iterator<Item = (&'a Batch, &[usize])> {
        self.batches.iter().zip(self.kept.iter().map(Vec::as_slice))
    }

    fn array(&self, name: &str) -> Result<ArrayRef> {
        match name {
            "landlord" => return Ok(self.texts(|_| |_| Some(self.landlord))),
            "source_file" => return Ok(self.texts(|batch| |_| Some(&*batch.source_file))),
            "source_record" => return Ok(self.records()),
            _ => {}
        }
        let first = self
            .batches
            .first()
            .and_then(|batch| batch.candidates.column(name));
        match first {
            Some(Column::Int64(_)) => self.primitives::<Int64Type>(name, int64s),
            Some(Column::Timestamp(_)) => {
                let array = self.primitives::<TimestampMicrosecondType>(name, int64s)?;
                Ok(with_utc(&array))
            }
            Some(Column::Int32(_)) => self.primitives::<Int32Type>(name, int32s),
            Some(Column::Date(_)) => self.primitives::<Date32Type>(name, int32s),
            Some(Column::Bool(_)) => Ok(self.booleans(name)),
            Some(Column::Text(_)) => Ok(self.texts(|batch| {
                let column = batch.candidates.column(name);
                move |row| match column {
                    Some(Column::Text(column)) => column.get(row),
                    _ => None,
                }
            })),
            Some(Column::Term(_)) => {
                let field = self.table.field(name);
                let allowed = field.map_or(&[][..], |field| field.allowed.as_slice());
                Ok(self.texts(|batch| {
                    let column = batch.candidates.terms(name);
                    move |row| {
                        let at = column.and_then(|column| column.get(row))?;
                        allowed.get(usize::from(*at)).map(String::as_str)
                    }
                }))
            }
            None => Err(Error::Internal(format!("{name} has no column"))),
        }
    }

    fn primitives<T: ArrowPrimitiveType>(
        &self,
        name: &str,
        values: fn(&Column) -> Option<&Values<T::Native>>,
    ) -> Result<ArrayRef>
    where
        T::Native: Clone + Default,
    {
        let mut builder = PrimitiveBuilder::<T>::with_capacity(self.rows);
        for (batch, rows) in self.parts() {
            let column = batch.candidates.column(name).and_then(values);
            let column =
                column.ok_or_else(|| Error::Internal(format!("{name} changes its type")))?;
            for row in rows {
                builder.append_option(column.get(*row).copied());
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    fn booleans(&self, name: &str) -> ArrayRef {
        let mut builder = BooleanBuilder::with_capacity(self.rows);
        for (batch, rows) in self.parts() {
            let column = batch.candidates.bools(name);
            for row in rows {
                builder.append_option(column.and_then(|column| column.get(*row)).copied());
            }
        }
        Arc::new(builder.finish())
    }

    /// Texts; `of` finds the column of a batch, of which the rows are then read.
    fn texts<'t, F: Fn(usize) -> Option<&'t str>>(&self, of: impl Fn(&'a Batch) -> F) -> ArrayRef
    where
        'a: 't,
    {
        let mut builder = StringBuilder::with_capacity(self.rows, self.rows * 16);
        for (batch, rows) in self.parts() {
            let text = of(batch);
            for row in rows {
                builder.append_option(text(*row));
            }
        }
        Arc::new(builder.finish())
    }

    fn records(&self) -> ArrayRef {
        let mut builder = PrimitiveBuilder::<Int64Type>::with_capacity(self.rows);
        for (batch, rows) in self.parts() {
            for row in rows {
                builder.append_value(batch.source_records[*row] as i64);
            }
        }
        Arc::new(builder.finish())
    }
}

fn int64s(column: &Column) -> Option<&Values<i64>> {
    match column {
        Column::Int64(values) | Column::Timestamp(values) => Some(values),
        _ => None,
    }
}

fn int32s(column: &Column) -> Option<&Values<i32>> {
    match column {
        Column::Int32(values) | Column::Date(values) => Some(values),
        _ => None,
    }
}

fn with_utc(array: &ArrayRef) -> ArrayRef {
    use arrow_array::cast::AsArray;
    let times = array.as_primitive::<TimestampMicrosecondType>().clone();
    Arc::new(times.with_timezone("UTC"))
}
