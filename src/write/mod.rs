//! From columns, findings and bytes to files, all of them in a folder aside that takes its place at
//! the end of the run.

pub mod alerts;
pub mod changes;
mod chunks;
pub mod columns;
pub mod contractor_view;
mod durable;
mod exchange;
pub mod findings;
pub mod folder;
pub mod former;
pub mod layout;
pub mod lookups;
mod nesting;
mod notes;
pub mod rejects;
mod row_group;
pub mod table_file;
pub mod unmapped;

use std::path::Path;
use std::sync::Arc;

use arrow_schema::SchemaRef;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use crate::error::{Error, Result};
use crate::standard::Standard;

/// Rows that a row group has at least, but for the last: near DuckDB's own 122,880, small enough for
/// readers that work a row group at a time.
pub const ROW_GROUP: usize = 100_000;

/// How much every Parquet file is compressed: more takes far longer and saves little.
const ZSTD_LEVEL: i32 = 1;

/// How every Parquet file is written, and what it says of itself.
fn properties(standard: &Standard) -> WriterProperties {
    let level = ZstdLevel::try_new(ZSTD_LEVEL).unwrap_or_default();
    let note =
        |key: &str, value: &str| KeyValue::new(format!("person-alerts:{key}"), value.to_owned());
    WriterProperties::builder()
        .set_created_by(format!("pac {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(level))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(None)
        .set_key_value_metadata(Some(vec![
            note("standard", &standard.name),
            note("edition", &standard.edition),
            note("release", &standard.release),
            note("standard-sha256", &standard.hash),
            note("code-list-sha256", &standard.code_list_hash),
            note("tool", concat!("pac ", env!("CARGO_PKG_VERSION"))),
        ]))
        .build()
}

/// Writes a small table whole.
fn write_table(
    path: &Path,
    standard: &Standard,
    schema: &SchemaRef,
    columns: Vec<arrow_array::ArrayRef>,
) -> Result<()> {
    let failed = |error: parquet::errors::ParquetError| Error::parquet(path, &error);
    let batch = arrow_array::RecordBatch::try_new(Arc::clone(schema), columns)
        .map_err(|error| Error::Internal(format!("{}: {error}", path.display())))?;
    let file = folder::create_file(path)?;
    let properties = properties(standard);
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(file, Arc::clone(schema), Some(properties))
            .map_err(failed)?;
    writer.write(&batch).map_err(failed)?;
    writer.close().map_err(failed)?;
    Ok(())
}
