//! A core table that is written row group by row group from Arrow arrays, and that may take over those of an
//! earlier file as they lie there.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_schema::{Field, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{
    ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::writer::SerializedFileWriter;
use rayon::prelude::*;

use super::{alerts, folder, properties};
use crate::error::{Error, Result};
use crate::standard::{Standard, Table};

/// A core table in the making.
pub struct TableFile {
    path: PathBuf,
    schema: SchemaRef,
    writer: SerializedFileWriter<File>,
    factory: ArrowRowGroupWriterFactory,
    groups: usize,
}

impl TableFile {
    /// Begins the file of a table; a partitioned one leaves the landlord to its folder's name.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn begin(
        path: &Path,
        standard: &Standard,
        table: &Table,
        partitioned: bool,
    ) -> Result<TableFile> {
        let failed = |error: ParquetError| Error::parquet(path, &error);
        let schema = alerts::schema(table, partitioned);
        let properties = properties(standard);
        let file = folder::create_file(path)?;
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
        let (writer, factory) = writer
            .and_then(ArrowWriter::into_serialized_writer)
            .map_err(failed)?;
        Ok(TableFile {
            path: path.to_owned(),
            schema,
            writer,
            factory,
            groups: 0,
        })
    }

    /// Appends a row group, whose columns are made and encoded each by some worker.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn append(&mut self, column: impl Fn(&Field) -> Result<ArrayRef> + Sync) -> Result<()> {
        let fields = self.schema.fields().par_iter();
        let chunks = fields
            .zip(self.column_writers()?)
            .map(|(field, writer)| encode(field, &column(field)?, writer));
        let chunks: Vec<Result<ArrowColumnChunk>> = chunks.collect();
        let failed = |error: ParquetError| Error::parquet(&self.path, &error);
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for chunk in chunks {
            chunk?.append_to_row_group(&mut group).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.groups += 1;
        Ok(())
    }

    /// What encodes the columns of the next row group.
    fn column_writers(&self) -> Result<Vec<ArrowColumnWriter>> {
        let writers = self.factory.create_column_writers(self.groups);
        writers.map_err(|error| Error::Internal(error.to_string()))
    }

    /// Takes over all row groups of an earlier file of the same table. A column for which `replaced` has
    /// something is written in the place of the one that stands there; it is asked by row group and name.
    ///
    /// # Errors
    /// The earlier file cannot be read, has other columns, or this one cannot be written.
    pub fn take_over(
        &mut self,
        path: &Path,
        replaced: impl Fn(usize, &str) -> Result<Option<ArrayRef>>,
    ) -> Result<()> {
        let name = path.display().to_string();
        let unfit = |why: String| Error::Input {
            path: name.clone(),
            why,
        };
        let from = File::open(path).map_err(|error| Error::input(&name, &error))?;
        let metadata = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .parse_and_finish(&from)
            .map_err(|error| {
                unfit(format!(
                    "cannot be read as Parquet: {error}; convert the export again"
                ))
            })?;
        let other = metadata.file_metadata().schema_descr();
        if self.writer.schema_descr().columns() != other.columns() {
            let why = "has other columns than this version of pac writes; convert the export again";
            return Err(unfit(why.to_owned()));
        }
        for group in 0..metadata.num_row_groups() {
            self.take_over_group(&from, &metadata, group, |column| replaced(group, column))?;
        }
        Ok(())
    }

    fn take_over_group(
        &mut self,
        from: &File,
        metadata: &ParquetMetaData,
        group: usize,
        replaced: impl Fn(&str) -> Result<Option<ArrayRef>>,
    ) -> Result<()> {
        let own = metadata.row_group(group);
        let mut others = Vec::with_capacity(own.columns().len());
        for (at, column) in own.columns().iter().enumerate() {
            let array = replaced(column.column_descr().name())?;
            let encoded = array.map(|array| {
                let writer = self.column_writers()?.into_iter().nth(at);
                let writer = writer.ok_or_else(|| Error::Internal("too few columns".to_owned()))?;
                encode(self.schema.field(at), &array, writer)
            });
            others.push(encoded.transpose()?);
        }
        let failed = |error: ParquetError| Error::parquet(&self.path, &error);
        let pages = metadata.page_index();
        let mut writer = self.writer.next_row_group().map_err(failed)?;
        for (at, (column, other)) in own.columns().iter().zip(others).enumerate() {
            let appended = match other {
                Some(chunk) => chunk.append_to_row_group(&mut writer),
                None => {
                    let taken = ColumnCloseResult {
                        bytes_written: column.compressed_size() as u64,
                        rows_written: own.num_rows() as u64,
                        metadata: column.clone(),
                        bloom_filter: None,
                        column_index: pages.and_then(|all| all.column_index(group, at)).cloned(),
                        offset_index: pages.and_then(|all| all.offset_index(group, at)).cloned(),
                    };
                    writer.append_column(from, taken)
                }
            };
            appended.map_err(failed)?;
        }
        writer.close().map_err(failed)?;
        self.groups += 1;
        Ok(())
    }

    /// Ends the file; returns how many rows its own footer says it holds.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn finish(self) -> Result<u64> {
        let TableFile { path, writer, .. } = self;
        let footer = writer
            .close()
            .map_err(|error| Error::parquet(&path, &error))?;
        Ok(footer.file_metadata().num_rows() as u64)
    }
}

fn encode(
    field: &Field,
    array: &ArrayRef,
    mut writer: ArrowColumnWriter,
) -> Result<ArrowColumnChunk> {
    let failed = |error: ParquetError| Error::Internal(error.to_string());
    for leaf in compute_leaves(field, array).map_err(failed)? {
        writer.write(&leaf).map_err(failed)?;
    }
    writer.close().map_err(failed)
}
