//! `findings.parquet`, read back with its texts as they lie in the file: each distinct one once, and a number
//! for each finding. Of millions of findings a workbook shows few, and writing out the texts of all took several
//! times as long as all else that is done for it.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};

use crate::error::{Error, Result};

/// Findings of a batch.
const BATCH: usize = 8192;

/// Some columns of a file of findings, a batch at a time.
pub(super) struct FindingsReader(ParquetRecordBatchReader);

impl FindingsReader {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn open(path: &Path, columns: &[&str]) -> Result<FindingsReader> {
        let failed = |error| Error::parquet(path, &error);
        let file = File::open(path).map_err(|error| Error::output(path, &error))?;
        let written =
            ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(failed)?;
        let options = ArrowReaderOptions::new().with_schema(numbered(written.schema()));
        let footer = ArrowReaderMetadata::try_new(Arc::clone(written.metadata()), options);
        let footer = footer.map_err(failed)?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, footer);
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        let reader = builder.with_projection(mask).with_batch_size(BATCH).build();
        reader.map(FindingsReader).map_err(failed)
    }

    /// The next batch.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn next(&mut self) -> Result<Option<RecordBatch>> {
        let batch = self.0.next().transpose();
        batch.map_err(|error: ArrowError| Error::Internal(error.to_string()))
    }
}

/// The column of which the texts hardly repeat.
const UNIQUE: &str = "cell";

/// A schema with its texts numbered.
fn numbered(schema: &Schema) -> Arc<Schema> {
    let fields = schema.fields().iter().map(|field| {
        let field = field.as_ref().clone();
        match field.data_type() {
            DataType::Utf8 if field.name() != UNIQUE => {
                let texts = Box::new(DataType::Utf8);
                field.with_data_type(DataType::Dictionary(Box::new(DataType::Int32), texts))
            }
            _ => field,
        }
    });
    let fields: Vec<_> = fields.collect();
    Arc::new(Schema::new(fields))
}

/// A column of texts.
pub(super) enum Words<'b> {
    /// One text a row.
    Unique(&'b StringArray),
    /// By the numbers of distinct ones.
    Numbered(&'b DictionaryArray<Int32Type>, &'b StringArray),
}

impl<'b> Words<'b> {
    /// A column as texts; `None` where it has none.
    pub(super) fn of(column: &'b ArrayRef) -> Option<Words<'b>> {
        if let Some(texts) = column.as_string_opt::<i32>() {
            return Some(Words::Unique(texts));
        }
        let places = column.as_dictionary_opt::<Int32Type>()?;
        let distinct = places.values().as_string_opt::<i32>()?;
        Some(Words::Numbered(places, distinct))
    }

    /// The text of a row.
    pub(super) fn get(&self, row: usize) -> Option<&'b str> {
        let (texts, row) = match self {
            Words::Unique(texts) => (*texts, row),
            Words::Numbered(places, distinct) => (*distinct, places.key(row)?),
        };
        texts.is_valid(row).then(|| texts.value(row))
    }
}
