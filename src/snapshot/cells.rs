//! Cells of stored rows, by the standard's fields and not by the file's columns.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow_schema::DataType;
use chrono::{DateTime, SecondsFormat};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A day, as days since 1970-01-01.
    Day(i32),
    /// A point in time, in microseconds since 1970-01-01T00:00:00Z.
    Time(i64),
    /// A text.
    Text(&'a str),
}

/// A point in time as RFC 3339 writes it, in UTC, from microseconds since 1970-01-01T00:00:00Z.
pub fn point_in_time(micros: i64) -> String {
    let time = DateTime::from_timestamp_micros(micros);
    time.map_or_else(String::new, |time| {
        time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    })
}

/// One column of a batch of stored rows.
#[derive(Debug, Clone)]
pub enum Cells {
    /// The file has no such column.
    Absent,
    /// Yes and no.
    Bool(BooleanArray),
    /// Short whole numbers.
    Int32(Int32Array),
    /// Whole numbers.
    Int64(Int64Array),
    /// Days.
    Day(Date32Array),
    /// Points in time.
    Time(TimestampMicrosecondArray),
    /// Texts.
    Text(StringArray),
    /// Texts, each of which stands once in the values.
    Words(Int32Array, StringArray),
}

impl Cells {
    /// The cells of a column; `None` where it is of a type that no table of the standard has.
    pub fn of(column: &ArrayRef) -> Option<Cells> {
        Some(match column.data_type() {
            DataType::Boolean => Cells::Bool(column.as_boolean().clone()),
            DataType::Int32 => Cells::Int32(column.as_primitive::<Int32Type>().clone()),
            DataType::Int64 => Cells::Int64(column.as_primitive::<Int64Type>().clone()),
            DataType::Date32 => Cells::Day(column.as_primitive::<Date32Type>().clone()),
            DataType::Timestamp(arrow_schema::TimeUnit::Microsecond, _) => {
                Cells::Time(column.as_primitive::<TimestampMicrosecondType>().clone())
            }
            DataType::Utf8 => Cells::Text(column.as_string::<i32>().clone()),
            DataType::Dictionary(_, _) => {
                let words = column.as_dictionary_opt::<Int32Type>()?;
                let values = words.values().as_string_opt::<i32>()?;
                Cells::Words(words.keys().clone(), values.clone())
            }
            _ => return None,
        })
    }

    /// Some of the rows, by their places.
    pub(super) fn take(&self, places: &[usize]) -> Cells {
        macro_rules! taken {
            ($cells:expr) => {
                places
                    .iter()
                    .map(|row| $cells.is_valid(*row).then(|| $cells.value(*row)))
                    .collect()
            };
        }
        match self {
            Cells::Absent => Cells::Absent,
            Cells::Bool(cells) => Cells::Bool(taken!(cells)),
            Cells::Int32(cells) => Cells::Int32(taken!(cells)),
            Cells::Int64(cells) => Cells::Int64(taken!(cells)),
            Cells::Day(cells) => Cells::Day(taken!(cells)),
            Cells::Time(cells) => Cells::Time(taken!(cells)),
            Cells::Text(cells) => Cells::Text(taken!(cells)),
            Cells::Words(keys, words) => {
                let word = |row: &usize| {
                    let is_valid = keys.is_valid(*row);
                    is_valid.then(|| words.value(keys.value(*row) as usize))
                };
                Cells::Text(places.iter().map(word).collect())
            }
        }
    }

    /// What stands in a row.
    pub fn value(&self, row: usize) -> Value<'_> {
        match self {
            Cells::Bool(cells) if cells.is_valid(row) => Value::Bool(cells.value(row)),
            Cells::Int32(cells) if cells.is_valid(row) => Value::Number(cells.value(row).into()),
            Cells::Int64(cells) if cells.is_valid(row) => Value::Number(cells.value(row)),
            Cells::Day(cells) if cells.is_valid(row) => Value::Day(cells.value(row)),
            Cells::Time(cells) if cells.is_valid(row) => Value::Time(cells.value(row)),
            Cells::Text(cells) if cells.is_valid(row) => Value::Text(cells.value(row)),
            Cells::Words(keys, values) if keys.is_valid(row) => {
                Value::Text(values.value(keys.value(row) as usize))
            }
            _ => Value::Empty,
        }
    }
}

/// Stored rows that were asked for, in the order of their places in the file.
#[derive(Debug, Default)]
pub struct Rows {
    batches: Vec<Vec<Cells>>,
    /// Of each row its batch, and its place there.
    places: Vec<(u32, u32)>,
}

impl Rows {
    /// Adds the rows of a batch, whose columns are known by the fields that were asked for.
    pub(super) fn push(&mut self, columns: Vec<Cells>, rows: usize) {
        let batch = self.batches.len() as u32;
        self.places.extend((0..rows).map(|row| (batch, row as u32)));
        self.batches.push(columns);
    }

    /// Adds rows that stand behind these in the file.
    pub(super) fn append(&mut self, behind: Rows) {
        let first = self.batches.len() as u32;
        self.batches.extend(behind.batches);
        let places = behind.places.into_iter();
        self.places
            .extend(places.map(|(batch, row)| (batch + first, row)));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What a row holds in a field, by its place among those that were asked for.
    pub fn value(&self, row: usize, field: usize) -> Value<'_> {
        let (batch, row) = self.places[row];
        self.batches[batch as usize][field].value(row as usize)
    }
}

/// The columns of a batch by names; `Err` names one of a type that no table of the standard has.
pub(super) fn columns(batch: &RecordBatch, names: &[&str]) -> Result<Vec<Cells>, String> {
    let column = |name: &&str| match batch.column_by_name(name) {
        None => Ok(Cells::Absent),
        Some(column) => Cells::of(column).ok_or_else(|| (*name).to_owned()),
    };
    names.iter().map(column).collect()
}
