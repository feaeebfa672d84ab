//! A Parquet file whose row groups are encoded one by one, by whichever thread, and appended in order.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;

use super::chunks::{ChunkWriter, ColumnChunk, Compressor};
use super::{folder, properties};
use crate::error::{Error, Result};
use crate::standard::Standard;

/// Encodes the row groups of one file; shared by all workers.
pub(super) struct GroupEncoder {
    columns: Vec<ColumnDescPtr>,
}

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
    let properties = properties(standard);
    let writer = ArrowWriter::try_new(file, schema, Some(properties)).map_err(failed)?;
    let (writer, _) = writer.into_serialized_writer().map_err(failed)?;
    let columns = writer.schema_descr().columns().to_vec();
    let path = path.to_owned();
    Ok((GroupFile { path, writer }, GroupEncoder { columns }))
}

impl GroupEncoder {
    /// Encodes a row group, a column at a time; `chunk` writes the column of a name.
    ///
    /// # Errors
    /// [`Error::Internal`] where the columns do not fit the schema, or there is no such column.
    pub(super) fn encode(
        &self,
        chunk: impl Fn(&str, ChunkWriter<'_>) -> Result<ColumnChunk>,
    ) -> Result<Vec<ColumnChunk>> {
        let failed = |error: parquet::errors::ParquetError| Error::Internal(error.to_string());
        let mut compressor = Compressor::new().map_err(failed)?;
        let mut chunks = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let writer = ChunkWriter::new(column.clone(), &mut compressor);
            chunks.push(chunk(column.name(), writer)?);
        }
        Ok(chunks)
    }
}

impl GroupFile {
    /// Appends the next row group.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub(super) fn append(&mut self, chunks: Vec<ColumnChunk>) -> Result<()> {
        let failed = |error: parquet::errors::ParquetError| Error::parquet(&self.path, &error);
        let mut writer = self.writer.next_row_group().map_err(failed)?;
        for chunk in chunks {
            let appended = writer.append_column(&chunk.bytes, chunk.close);
            appended.map_err(failed)?;
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
