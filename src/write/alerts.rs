//! `person_alert.parquet`: whole row groups are encoded by workers and appended in order.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::file::writer::SerializedFileWriter;

use super::columns::{AcceptedRows, Batch};
use super::{folder, properties};
use crate::error::{Error, Result};
use crate::standard::Standard;
use crate::standard::arrow::arrow_schema;

/// Encodes row groups; shared by all workers.
pub struct RowGroupEncoder {
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    standard: Arc<Standard>,
    landlord: String,
}

/// An encoded row group.
pub struct RowGroup {
    columns: Vec<ArrowColumnChunk>,
    /// Alerts in it, by input, in the order of the inputs.
    pub rows: Vec<(usize, u64)>,
}

/// The file in the making.
pub struct AlertsFile {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
}

/// The schema of the file; a partitioned one leaves the landlord to its folder's name.
pub fn schema(standard: &Standard, partitioned: bool) -> SchemaRef {
    arrow_schema(standard.person_alert(), |field| {
        !(partitioned && field.name == "landlord")
    })
}

/// Begins a file of one landlord's alerts.
///
/// # Errors
/// Why the file cannot be written.
pub fn begin(
    path: &Path,
    standard: &Arc<Standard>,
    landlord: &str,
    partitioned: bool,
) -> Result<(AlertsFile, RowGroupEncoder)> {
    let failed = |error: parquet::errors::ParquetError| Error::parquet(path, &error);
    let schema = schema(standard, partitioned);
    let file = folder::create_file(path)?;
    let properties = properties(standard, &schema);
    let writer =
        ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(failed)?;
    let (writer, factory) = writer.into_serialized_writer().map_err(failed)?;
    let encoder = RowGroupEncoder {
        factory,
        schema,
        standard: Arc::clone(standard),
        landlord: landlord.to_owned(),
    };
    let path = path.to_owned();
    Ok((AlertsFile { path, writer }, encoder))
}

impl RowGroupEncoder {
    /// Encodes the accepted alerts of the batches as row group number `index` of the file.
    ///
    /// # Errors
    /// [`Error::Internal`] where the columns do not fit the schema.
    pub fn encode(&self, batches: &[Batch], index: usize) -> Result<RowGroup> {
        let failed = |error: parquet::errors::ParquetError| Error::Internal(error.to_string());
        let rows = AcceptedRows::new(batches, self.standard.person_alert(), &self.landlord);
        let writers = self.factory.create_column_writers(index);
        let mut writers = writers.map_err(failed)?.into_iter();
        let mut columns = Vec::with_capacity(self.schema.fields().len());
        for field in self.schema.fields() {
            let array = rows.column(field)?;
            for leaf in compute_leaves(field, &array).map_err(failed)? {
                let writer = writers.next();
                let mut writer =
                    writer.ok_or_else(|| Error::Internal("too few columns".to_owned()))?;
                writer.write(&leaf).map_err(failed)?;
                columns.push(writer.close().map_err(failed)?);
            }
        }
        Ok(RowGroup {
            columns,
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
        let failed = |error: parquet::errors::ParquetError| Error::parquet(&self.path, &error);
        let mut writer = self.writer.next_row_group().map_err(failed)?;
        for column in group.columns {
            column.append_to_row_group(&mut writer).map_err(failed)?;
        }
        writer.close().map_err(failed)?;
        Ok(())
    }

    /// Ends the file; returns how many alerts its own footer says it holds.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn finish(self) -> Result<u64> {
        let AlertsFile { path, writer } = self;
        let footer = writer
            .close()
            .map_err(|error| Error::parquet(&path, &error))?;
        Ok(footer.file_metadata().num_rows() as u64)
    }
}
