//! `person_alert.parquet` and `person_alert_history.parquet`: whole row groups are encoded by workers and
//! appended in order.

use std::path::Path;

use arrow_schema::SchemaRef;

use super::chunks::ColumnChunk;
use super::columns::{AcceptedRows, Batch};
use super::row_group::{self, GroupEncoder, GroupFile};
use crate::error::Result;
use crate::standard::arrow::arrow_schema;
use crate::standard::{Standard, Table};

/// Encodes row groups; shared by all workers.
pub struct RowGroupEncoder {
    groups: GroupEncoder,
    table: Table,
    landlord: String,
}

/// An encoded row group.
pub struct RowGroup {
    columns: Vec<ColumnChunk>,
    /// Name of the table that it belongs to.
    pub table: String,
    /// Rows in it, by input, in the order of the inputs.
    pub rows: Vec<(usize, u64)>,
}

/// The file in the making.
pub struct AlertsFile(GroupFile);

/// The schema of the file; a partitioned one leaves the landlord to its folder's name.
pub fn schema(table: &Table, partitioned: bool) -> SchemaRef {
    arrow_schema(table, |field| !(partitioned && field.name == "landlord"))
}

/// Begins a file of one landlord's alerts, or of their changes.
///
/// # Errors
/// Why the file cannot be written.
pub fn begin(
    path: &Path,
    standard: &Standard,
    table: &Table,
    landlord: &str,
    partitioned: bool,
) -> Result<(AlertsFile, RowGroupEncoder)> {
    let (file, groups) = row_group::begin(path, standard, schema(table, partitioned))?;
    let encoder = RowGroupEncoder {
        groups,
        table: table.clone(),
        landlord: landlord.to_owned(),
    };
    Ok((AlertsFile(file), encoder))
}

impl RowGroupEncoder {
    /// Encodes the accepted rows of the batches.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) where the columns do not fit the schema.
    pub fn encode(&self, batches: &[Batch]) -> Result<RowGroup> {
        let rows = AcceptedRows::new(batches, &self.table, &self.landlord);
        Ok(RowGroup {
            columns: self
                .groups
                .encode(|name, writer| rows.column(name, writer))?,
            table: self.table.name.clone(),
            rows: rows.by_input(),
        })
    }
}

impl AlertsFile {
    /// Appends the next row group.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn append(&mut self, group: RowGroup) -> Result<()> {
        self.0.append(group.columns)
    }

    /// Ends the file; returns how many rows its own footer says it holds.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn finish(self) -> Result<u64> {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Date32Type, Int32Type, Int64Type, TimestampMicrosecondType};
    use arrow_array::{Array, RecordBatch};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use proptest::prelude::*;

    use super::*;
    use crate::candidate::{Candidates, Column, Outcome, State, TextValues, Values};
    use crate::standard::{FieldType, PERSON_ALERT};

    /// A cell of any field: a number, from which its value is made; blank or faulty where there is none.
    type Cell = Option<i64>;

    fn values<T: Clone + Default>(cells: &[Cell], value: impl Fn(i64) -> T) -> Values<T> {
        let mut values = Values::blank(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            match cell {
                Some(number) => values.set(row, value(*number)),
                None if row % 2 == 0 => values.states[row] = State::Faulty,
                None => {}
            }
        }
        values
    }

    fn text(number: i64) -> String {
        "x".repeat(number.unsigned_abs() as usize % 40) + &number.to_string()
    }

    fn column(field: &crate::standard::Field, cells: &[Cell]) -> Column {
        let places = field.allowed.len() as i64;
        match field.field_type {
            FieldType::Text if places > 0 => {
                Column::Term(values(cells, |number| number.rem_euclid(places) as u8))
            }
            FieldType::Text => {
                let mut texts = TextValues::default();
                cells
                    .iter()
                    .for_each(|cell| texts.push(cell.map(text).as_deref()));
                Column::Text(texts)
            }
            FieldType::Int32 => Column::Int32(values(cells, |number| number as i32)),
            FieldType::Date => Column::Date(values(cells, |number| number as i32)),
            FieldType::Int64 => Column::Int64(values(cells, |number| number)),
            FieldType::Timestamp => Column::Timestamp(values(cells, |number| number)),
            FieldType::Bool => Column::Bool(values(cells, |number| number % 2 == 0)),
        }
    }

    fn batch(table: &Table, rows: &[(Cell, bool)], wide: bool) -> Batch {
        let field = |(at, field): (usize, &crate::standard::Field)| {
            let cell = |(row, (cell, _)): (usize, &(Cell, bool))| {
                let narrow = if wide { i64::MAX } else { 50 };
                let number = cell.unwrap_or(at as i64).wrapping_mul(row as i64 + 1) % narrow;
                (cell.is_some() || !field.nullable).then_some(number)
            };
            column(
                field,
                &rows.iter().enumerate().map(cell).collect::<Vec<_>>(),
            )
        };
        let outcome = |(_, accepted): &(Cell, bool)| match accepted {
            true => Outcome::Accepted,
            false => Outcome::Rejected,
        };
        Batch {
            candidates: Candidates {
                rows: rows.len(),
                columns: table.fields.iter().enumerate().map(field).collect(),
                names: table
                    .fields
                    .iter()
                    .map(|field| field.name.clone())
                    .collect(),
                outcomes: rows.iter().map(outcome).collect(),
                ..Candidates::default()
            },
            input: 0,
            source_file: "alerts.csv".into(),
            source_records: (1..).take(rows.len()).collect(),
        }
    }

    /// Holds a column as it is read back against the cells that were accepted.
    fn hold(table: &Table, batches: &[Batch], read: &RecordBatch) {
        for field in &table.fields {
            let array = read.column_by_name(&field.name).unwrap();
            let mut at = 0;
            for batch in batches {
                for row in (0..batch.candidates.rows)
                    .filter(|row| batch.candidates.outcomes[*row] == Outcome::Accepted)
                {
                    let column = batch.candidates.column(&field.name).unwrap();
                    let valid = array.is_valid(at);
                    let is = |same: bool| assert!(same, "{} of row {at}", field.name);
                    match (field.name.as_str(), column) {
                        ("landlord", _) => is(array.as_string::<i32>().value(at) == "RIV"),
                        ("source_file", _) => {
                            is(array.as_string::<i32>().value(at) == "alerts.csv")
                        }
                        ("source_record", _) => {
                            let record = array.as_primitive::<Int64Type>().value(at);
                            is(record as u64 == batch.source_records[row]);
                        }
                        (_, Column::Text(texts)) => {
                            let read = array.as_string::<i32>();
                            is(texts.get(row) == valid.then(|| read.value(at)));
                        }
                        (_, Column::Term(terms)) => {
                            let read = array.as_string::<i32>();
                            let term = terms
                                .get(row)
                                .map(|at| field.allowed[*at as usize].as_str());
                            is(term == valid.then(|| read.value(at)));
                        }
                        (_, Column::Int64(own)) => {
                            let read = array.as_primitive::<Int64Type>();
                            is(own.get(row).copied() == valid.then(|| read.value(at)));
                        }
                        (_, Column::Timestamp(own)) => {
                            let read = array.as_primitive::<TimestampMicrosecondType>();
                            is(own.get(row).copied() == valid.then(|| read.value(at)));
                        }
                        (_, Column::Int32(own)) => {
                            let read = array.as_primitive::<Int32Type>();
                            is(own.get(row).copied() == valid.then(|| read.value(at)));
                        }
                        (_, Column::Date(own)) => {
                            let read = array.as_primitive::<Date32Type>();
                            is(own.get(row).copied() == valid.then(|| read.value(at)));
                        }
                        (_, Column::Bool(own)) => {
                            let read = array.as_boolean();
                            is(own.get(row).copied() == valid.then(|| read.value(at)));
                        }
                    }
                    at += 1;
                }
            }
            assert_eq!(at, array.len());
        }
    }

    fn write_and_read(table: &Table, standard: &Standard, batches: &[Batch]) -> RecordBatch {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alerts.parquet");
        let (mut file, encoder) = begin(&path, standard, table, "RIV", false).unwrap();
        file.append(encoder.encode(batches).unwrap()).unwrap();
        let rows = file.finish().unwrap() as usize;
        let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&path).unwrap());
        let reader = reader.unwrap().with_batch_size(rows).build().unwrap();
        let read: Vec<RecordBatch> = reader.map(|read| read.unwrap()).collect();
        assert_eq!(read.len(), 1);
        read.into_iter().next().unwrap()
    }

    fn cells() -> impl Strategy<Value = Vec<(Cell, bool)>> {
        let number = prop_oneof![Just(1i64), 0..300i64, any::<i64>()];
        let cell = prop_oneof![4 => number.prop_map(Some), 1 => Just(None)];
        prop::collection::vec((cell, prop::bool::weighted(0.9)), 1..400)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_written_is_read_back(
            parts in prop::collection::vec(cells(), 1..4),
            wide in any::<bool>(),
        ) {
            let standard = Standard::embedded().unwrap();
            let table = standard.table(PERSON_ALERT).unwrap();
            let mut parts = parts;
            // a row group has at least one row
            parts[0][0].1 = true;
            let batches: Vec<Batch> = parts.iter().map(|rows| batch(table, rows, wide)).collect();
            let read = write_and_read(table, &standard, &batches);
            hold(table, &batches, &read);
        }
    }

    #[test]
    fn long_columns_of_any_number_of_values_are_read_back() {
        let standard = Standard::embedded().unwrap();
        let table = standard.table(PERSON_ALERT).unwrap();
        for wide in [false, true] {
            let rows = (0..70_000i64).map(|row| (Some(row * 7919 % 30_011), row % 50 != 3));
            let batches = [batch(table, &rows.collect::<Vec<_>>(), wide)];
            let read = write_and_read(table, &standard, &batches);
            hold(table, &batches, &read);
        }
    }
}
