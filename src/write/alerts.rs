//! `person_alert.parquet` and `person_alert_history.parquet`: whole row groups are encoded by workers and
//! appended in order.

use std::path::Path;

use arrow_schema::SchemaRef;

use super::columns::{AcceptedRows, Batch};
use super::row_group::{self, EncodedColumns, GroupEncoder, GroupFile};
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
    columns: EncodedColumns,
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
    /// Encodes the accepted rows of the batches as row group number `index` of the file.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::error::Error::Internal) where the columns do not fit the schema.
    pub fn encode(&self, batches: &[Batch], index: usize) -> Result<RowGroup> {
        let rows = AcceptedRows::new(batches, &self.table, &self.landlord);
        Ok(RowGroup {
            columns: self.groups.encode(index, |field| rows.column(field))?,
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
