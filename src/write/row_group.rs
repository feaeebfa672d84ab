//! A Parquet file whose row groups are encoded one by one, by whichever thread, and appended in order.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{Field, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;

use super::chunks::ColumnChunk;
use super::{folder, properties};
use crate::error::{Error, Result};
use crate::standard::Standard;

/// Encodes the row groups of one file; shared by all workers.
pub(super) struct GroupEncoder {
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
}

/// The columns of an encoded row group.
pub(super) type EncodedColumns = Vec<ArrowColumnChunk>;

/// The file in the making.
pub(super) struct GroupFile {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
}

/// Begins a file.
///
/// # Errors
/// Why it cannot be written.
pub(super) fn begin(
    path: &Path,
    standard: &Standard,
    schema: SchemaRef,
) -> Result<(GroupFile, GroupEncoder)> {
    let failed = |error: parquet::errors::ParquetError| Error::parquet(path, &error);
    let file = folder::create_file(path)?;
    let properties = properties(standard, &schema);
    let writer =
        ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(failed)?;
    let (writer, factory) = writer.into_serialized_writer().map_err(failed)?;
    let path = path.to_owned();
    Ok((GroupFile { path, writer }, GroupEncoder { factory, schema }))
}

impl GroupEncoder {
    /// Encodes row group number `index` of the file, a column at a time; texts may be dictionaries.
    ///
    /// # Errors
    /// [`Error::Internal`] where the columns do not fit the schema, or there is no such column.
    pub(super) fn encode(
        &self,
        index: usize,
        column: impl Fn(&Field) -> Result<ArrayRef>,
    ) -> Result<EncodedColumns> {
        let failed = |error: parquet::errors::ParquetError| Error::Internal(error.to_string());
        let writers = self.factory.create_column_writers(index);
        let mut writers = writers.map_err(failed)?.into_iter();
        let mut columns = Vec::with_capacity(self.schema.fields().len());
        for field in self.schema.fields() {
            let array = column(field)?;
            for leaf in compute_leaves(field, &array).map_err(failed)? {
                let writer = writers.next();
                let mut writer =
                    writer.ok_or_else(|| Error::Internal("too few columns".to_owned()))?;
                writer.write(&leaf).map_err(failed)?;
                columns.push(writer.close().map_err(failed)?);
            }
        }
        Ok(columns)
    }
}

impl GroupFile {
    /// The columns of the file.
    pub(super) fn columns(&self) -> &[ColumnDescPtr] {
        self.writer.schema_descr().columns()
    }

    /// Appends the next row group, of column chunks in the order of the columns.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn append_chunks(&mut self, chunks: Vec<ColumnChunk>) -> Result<()> {
        let failed = |error: parquet::errors::ParquetError| Error::parquet(&self.path, &error);
        let mut writer = self.writer.next_row_group().map_err(failed)?;
        for chunk in chunks {
            let appended = writer.append_column(&chunk.bytes, chunk.close);
            appended.map_err(failed)?;
        }
        writer.close().map_err(failed)?;
        Ok(())
    }

    /// Appends the next row group.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn append(&mut self, columns: EncodedColumns) -> Result<()> {
        let failed = |error: parquet::errors::ParquetError| Error::parquet(&self.path, &error);
        let mut writer = self.writer.next_row_group().map_err(failed)?;
        for column in columns {
            column.append_to_row_group(&mut writer).map_err(failed)?;
        }
        writer.close().map_err(failed)?;
        Ok(())
    }

    /// Ends the file; returns how many rows its own footer says it holds.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn finish(self) -> Result<u64> {
        let GroupFile { path, writer } = self;
        let footer = writer
            .close()
            .map_err(|error| Error::parquet(&path, &error))?;
        Ok(footer.file_metadata().num_rows() as u64)
    }
}
