//! A reference file as rows of text: CSV, read as exports are, or Parquet, told apart by content.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use chrono::{NaiveDate, NaiveDateTime};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use sha2::{Digest, Sha256};

use crate::dialect::{DialectWish, Format};
use crate::error::{Error, Result};
use crate::read::{InputPlace, InputReader};
use crate::standard::hex;

/// Bytes of text that are read at a time.
const CHUNK: usize = 1 << 20;
/// How a Parquet file begins.
const PARQUET: &[u8] = b"PAR1";

/// An opened reference file.
pub(super) struct ReferenceFile {
    name: String,
    columns: Vec<String>,
    rows: Rows,
}

enum Rows {
    Text(Box<InputReader>),
    Parquet(Box<ParquetRecordBatchReaderBuilder<File>>, String),
}

/// What is known of a reference file once it has been read.
pub(super) struct ReferenceFacts {
    /// How many rows it has, readable or not.
    pub rows: u64,
    /// SHA-256 of its bytes as stored.
    pub sha256: String,
}

impl ReferenceFile {
    /// Opens a file and learns its columns.
    ///
    /// # Errors
    /// It cannot be opened, or is damaged.
    pub(super) fn open(path: &Path) -> Result<ReferenceFile> {
        let name = path.display().to_string();
        let failed = |error: &std::io::Error| Error::input(&name, error);
        let mut head = Vec::new();
        File::open(path)
            .and_then(|file| file.take(PARQUET.len() as u64).read_to_end(&mut head))
            .map_err(|error| failed(&error))?;
        if head != PARQUET {
            let wish = DialectWish {
                format: Some(Format::Csv),
                ..DialectWish::default()
            };
            let place = InputPlace::Path(path.to_owned());
            let reader = InputReader::open(&place, &name, &wish, &[])?.with_chunk_size(CHUNK);
            return Ok(ReferenceFile {
                columns: reader.columns().to_vec(),
                rows: Rows::Text(Box::new(reader)),
                name,
            });
        }
        let sha256 = hash(path).map_err(|error| failed(&error))?;
        let file = File::open(path).map_err(|error| failed(&error))?;
        // Types that only Arrow has, such as dictionaries, are read as what they stand for.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)
            .map_err(|error| damaged(&name, &error))?;
        let fields = builder.schema().fields().iter();
        Ok(ReferenceFile {
            columns: fields.map(|field| field.name().trim().to_owned()).collect(),
            rows: Rows::Parquet(Box::new(builder), sha256),
            name,
        })
    }

    /// The names of its columns.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Hands the cells of the wanted columns to `take`, row after row; an empty cell says nothing. Rows
    /// that cannot be read are counted and passed over.
    ///
    /// # Errors
    /// The system refuses to read on, the file is damaged, or a column holds what cannot be a key.
    pub(super) fn each(
        self,
        wanted: &[usize],
        mut take: impl FnMut(&[&str]),
    ) -> Result<ReferenceFacts> {
        match self.rows {
            Rows::Text(reader) => each_of_text(*reader, wanted, take),
            Rows::Parquet(builder, sha256) => {
                let mask = ProjectionMask::roots(builder.parquet_schema(), wanted.to_vec());
                let mut ordered = wanted.to_vec();
                ordered.sort_unstable();
                ordered.dedup();
                let places = wanted
                    .iter()
                    .filter_map(|at| ordered.binary_search(at).ok());
                let places: Vec<usize> = places.collect();
                let batches = builder.with_projection(mask).build();
                let batches = batches.map_err(|error| damaged(&self.name, &error))?;
                let mut rows = 0;
                for batch in batches {
                    let batch = batch.map_err(|error| damaged(&self.name, &error))?;
                    rows += batch.num_rows() as u64;
                    let mut texts = Vec::new();
                    for (place, at) in places.iter().zip(wanted) {
                        let column = batch.column(*place);
                        let text = texts_of(column);
                        texts.push(text.ok_or_else(|| no_keys(&self.name, &self.columns[*at]))?);
                    }
                    for row in 0..batch.num_rows() {
                        let cells = texts.iter().map(|column| column[row].trim());
                        take(&cells.collect::<Vec<_>>());
                    }
                }
                Ok(ReferenceFacts { rows, sha256 })
            }
        }
    }
}

fn each_of_text(
    mut reader: InputReader,
    wanted: &[usize],
    mut take: impl FnMut(&[&str]),
) -> Result<ReferenceFacts> {
    let splitter = reader.splitter();
    let mut cells = Vec::new();
    while let Some(raw) = reader.next_chunk()? {
        let chunk = splitter.split(raw);
        for row in 0..chunk.records.len() {
            cells.clear();
            cells.extend(
                wanted
                    .iter()
                    .map(|at| chunk.cell(row, *at).trim().to_owned()),
            );
            take(&cells.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
    let facts = reader.finish();
    Ok(ReferenceFacts {
        rows: facts.records,
        sha256: facts.sha256,
    })
}

fn hash(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            count => hasher.update(buffer.get(..count).unwrap_or_default()),
        }
    }
}

fn damaged(name: &str, error: &dyn std::fmt::Display) -> Error {
    Error::Input {
        path: name.to_owned(),
        why: format!("cannot be read as Parquet: {error}; write it again, or give it as CSV"),
    }
}

fn no_keys(name: &str, column: &str) -> Error {
    Error::Input {
        path: name.to_owned(),
        why: format!(
            "the column {column} holds neither text, whole numbers nor dates; write it as text"
        ),
    }
}

/// The cells of a Parquet column as a CSV would hold them; `None` where they cannot be keys.
fn texts_of(column: &ArrayRef) -> Option<Vec<String>> {
    macro_rules! whole {
        ($type:ty) => {{
            let values = column.as_primitive::<$type>();
            cells(column, |row| values.value(row).to_string())
        }};
    }
    Some(match column.data_type() {
        DataType::Utf8 => {
            let values = column.as_string::<i32>();
            cells(column, |row| values.value(row).to_owned())
        }
        DataType::Int8 => whole!(Int8Type),
        DataType::Int16 => whole!(Int16Type),
        DataType::Int32 => whole!(Int32Type),
        DataType::Int64 => whole!(Int64Type),
        DataType::UInt8 => whole!(UInt8Type),
        DataType::UInt16 => whole!(UInt16Type),
        DataType::UInt32 => whole!(UInt32Type),
        DataType::UInt64 => whole!(UInt64Type),
        // A column of whole numbers with gaps becomes one of floats in many tools; 7.0 is shown as 7.
        DataType::Float32 => whole!(Float32Type),
        DataType::Float64 => whole!(Float64Type),
        DataType::Decimal128(_, 0) => {
            let values = column.as_primitive::<Decimal128Type>();
            cells(column, |row| values.value(row).to_string())
        }
        DataType::Date32 => {
            let values = column.as_primitive::<Date32Type>();
            cells(column, |row| shown(values.value_as_date(row)))
        }
        DataType::Timestamp(unit, zone) => {
            let offset = if zone.is_some() { "Z" } else { "" };
            let time = times_of(column, *unit);
            cells(column, |row| match time(row) {
                Some(time) => format!("{}{offset}", time.format("%Y-%m-%dT%H:%M:%S")),
                None => String::new(),
            })
        }
        DataType::FixedSizeBinary(16) => {
            let values = column.as_fixed_size_binary();
            cells(column, |row| guid(values.value(row)))
        }
        _ => return None,
    })
}

/// The points in time of a column, in UTC or local time, as the column has it.
fn times_of(column: &ArrayRef, unit: TimeUnit) -> Box<dyn Fn(usize) -> Option<NaiveDateTime> + '_> {
    macro_rules! times {
        ($type:ty) => {{
            let values = column.as_primitive::<$type>();
            Box::new(|row| values.value_as_datetime(row))
        }};
    }
    match unit {
        TimeUnit::Second => times!(TimestampSecondType),
        TimeUnit::Millisecond => times!(TimestampMillisecondType),
        TimeUnit::Microsecond => times!(TimestampMicrosecondType),
        TimeUnit::Nanosecond => times!(TimestampNanosecondType),
    }
}

fn shown(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn cells(column: &ArrayRef, text: impl Fn(usize) -> String) -> Vec<String> {
    let cell = |row| match column.is_null(row) {
        true => String::new(),
        false => text(row),
    };
    (0..column.len()).map(cell).collect()
}

fn guid(bytes: &[u8]) -> String {
    let digits = hex(bytes);
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    let parts = [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ];
    parts.join("-")
}
