//! A table of an output as it is stored: a Parquet file, read a row group at a time or by the places of
//! its rows.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_schema::{DataType, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData};
use rayon::prelude::*;

use super::cells::{Cells, Rows, columns};
use crate::error::{Error, Result};

/// Rows that are decoded at a time.
const BATCH: usize = 8192;
/// Where a run of wanted rows stands in every so many rows or fewer, all are read.
const SCATTERED: usize = 400;

/// A stored table.
#[derive(Debug)]
pub struct StoredTable {
    path: PathBuf,
    plain: ArrowReaderMetadata,
    /// The same, with texts read as dictionaries where they are stored so.
    worded: ArrowReaderMetadata,
    /// The first row of each row group, and at last the number of rows.
    starts: Vec<u32>,
}

impl StoredTable {
    /// Opens a table.
    ///
    /// # Errors
    /// The file cannot be opened, is no Parquet file, or has more rows than can be told apart.
    pub fn open(path: &Path) -> Result<StoredTable> {
        let file = open(path)?;
        let options = || {
            ArrowReaderOptions::new()
                .with_skip_arrow_metadata(true)
                .with_offset_index_policy(PageIndexPolicy::Optional)
        };
        let failed = |error: ParquetError| damaged(path, &error);
        let plain = ArrowReaderMetadata::load(&file, options()).map_err(failed)?;
        let schema = Arc::new(worded(plain.schema(), plain.metadata()));
        let metadata = Arc::clone(plain.metadata());
        let worded = ArrowReaderMetadata::try_new(metadata, options().with_schema(schema));
        let mut starts = vec![0_u32];
        for group in plain.metadata().row_groups() {
            let end = i64::from(starts[starts.len() - 1]) + group.num_rows();
            let end = u32::try_from(end).map_err(|_| Error::Input {
                path: path.display().to_string(),
                why: "has more rows than can be compared; split it by landlord".to_owned(),
            })?;
            starts.push(end);
        }
        Ok(StoredTable {
            path: path.to_owned(),
            worded: worded.map_err(failed)?,
            plain,
            starts,
        })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What its footer says.
    pub fn metadata(&self) -> &Arc<ParquetMetaData> {
        self.plain.metadata()
    }

    /// How many rows it has.
    pub fn rows(&self) -> u32 {
        self.starts[self.starts.len() - 1]
    }

    /// How many row groups it has.
    pub fn groups(&self) -> usize {
        self.starts.len() - 1
    }

    /// The places of the rows of a row group.
    pub fn places(&self, group: usize) -> std::ops::Range<u32> {
        self.starts[group]..self.starts[group + 1]
    }

    /// Hands all rows of a row group to `see`, a batch at a time, with the columns of those names.
    ///
    /// # Errors
    /// The file is damaged, or what `see` says.
    pub fn each_batch(
        &self,
        group: usize,
        names: &[&str],
        mut see: impl FnMut(&[Cells], usize) -> Result<()>,
    ) -> Result<()> {
        for batch in self.reader(&self.worded, group, names, None)? {
            let batch = batch.map_err(|error| damaged(&self.path, &error))?;
            see(&self.columns(&batch, names)?, batch.num_rows())?;
        }
        Ok(())
    }

    /// The rows at those places, which rise, with the columns of those names.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn rows_at(&self, places: &[u32], names: &[&str]) -> Result<Rows> {
        let groups: Vec<(usize, &[u32])> = (0..self.groups())
            .filter_map(|group| {
                let own = self.places(group);
                let from = places.partition_point(|place| *place < own.start);
                let to = places.partition_point(|place| *place < own.end);
                (from < to).then(|| (group, &places[from..to]))
            })
            .collect();
        let parts: Vec<Result<Rows>> = groups
            .into_par_iter()
            .map(|(group, places)| self.rows_of_group(group, places, names))
            .collect();
        let mut rows = Rows::default();
        for part in parts {
            rows.append(part?);
        }
        Ok(rows)
    }

    fn rows_of_group(&self, group: usize, places: &[u32], names: &[&str]) -> Result<Rows> {
        let own = self.places(group);
        let runs = places.chunk_by(|one, next| one + 1 == *next);
        if runs.clone().count() * SCATTERED > own.len() {
            return self.rows_among_all(group, places, names);
        }
        let ranges = runs.map(|run| {
            (run[0] - own.start) as usize..(run[run.len() - 1] - own.start + 1) as usize
        });
        let selection = RowSelection::from_consecutive_ranges(ranges, own.len());
        let mut rows = Rows::default();
        for batch in self.reader(&self.plain, group, names, Some(selection))? {
            let batch = batch.map_err(|error| damaged(&self.path, &error))?;
            rows.push(self.columns(&batch, names)?, batch.num_rows());
        }
        Ok(rows)
    }

    /// The same where to pass over the rows between the wanted ones takes longer than to read them.
    fn rows_among_all(&self, group: usize, places: &[u32], names: &[&str]) -> Result<Rows> {
        let mut rows = Rows::default();
        let mut left = places;
        let mut start = self.places(group).start;
        self.each_batch(group, names, |columns, many| {
            let end = start + many as u32;
            let (own, others) = left.split_at(left.partition_point(|place| *place < end));
            if !own.is_empty() {
                let own: Vec<usize> = own.iter().map(|place| (place - start) as usize).collect();
                let taken = columns.iter().map(|cells| cells.take(&own));
                rows.push(taken.collect(), own.len());
            }
            (left, start) = (others, end);
            Ok(())
        })?;
        Ok(rows)
    }

    fn columns(&self, batch: &arrow_array::RecordBatch, names: &[&str]) -> Result<Vec<Cells>> {
        columns(batch, names).map_err(|name| Error::Input {
            path: self.path.display().to_string(),
            why: format!("{name} has a type that pac does not write; convert the export again"),
        })
    }

    fn reader(
        &self,
        metadata: &ArrowReaderMetadata,
        group: usize,
        names: &[&str],
        selection: Option<RowSelection>,
    ) -> Result<ParquetRecordBatchReader> {
        // each reader has a file of its own, because readers move the place at which a file is read
        let file = open(&self.path)?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
        let fields = builder.schema().fields().iter().enumerate();
        let wanted = fields.filter(|(_, field)| names.contains(&field.name().as_str()));
        let wanted: Vec<usize> = wanted.map(|(at, _)| at).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        let mut builder = builder
            .with_projection(mask)
            .with_row_groups(vec![group])
            .with_batch_size(BATCH);
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        builder.build().map_err(|error| damaged(&self.path, &error))
    }
}

/// The schema with texts as dictionaries, but for those that have none in the file.
fn worded(schema: &Schema, metadata: &ParquetMetaData) -> Schema {
    let has_words = |at: usize| {
        let mut groups = metadata.row_groups().iter();
        groups.all(|group| group.column(at).dictionary_page_offset().is_some())
    };
    let fields = schema.fields().iter().enumerate().map(|(at, field)| {
        let field = field.as_ref().clone();
        match field.data_type() {
            DataType::Utf8 if has_words(at) => {
                let words =
                    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                field.with_data_type(words)
            }
            _ => field,
        }
    });
    Schema::new(fields.collect::<Vec<_>>())
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|error| Error::input(&path.display().to_string(), &error))
}

fn damaged(path: &Path, error: &impl std::fmt::Display) -> Error {
    Error::Input {
        path: path.display().to_string(),
        why: format!("cannot be read as Parquet: {error}; convert the export again"),
    }
}
