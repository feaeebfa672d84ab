//! How the columns of findings and of code lists are encoded; those of the core tables are encoded by
//! [`chunks`](super::chunks).
//!
//! A dictionary pays where values repeat within a row group. It costs twice where they do not: each value
//! is hashed until the dictionary outgrows its page, and the row group then holds the dictionary, its
//! indexes and the rest in plain. So it is off for the numbers of records and lines.

use arrow_schema::{DataType, Field};
use parquet::basic::Encoding;
use parquet::file::properties::WriterPropertiesBuilder;
use parquet::schema::types::ColumnPath;

/// Sets the encoding of one column.
pub(super) fn set(builder: WriterPropertiesBuilder, field: &Field) -> WriterPropertiesBuilder {
    match field.data_type() {
        DataType::Int64 => {
            let column = ColumnPath::from(field.name().as_str());
            builder
                .set_column_dictionary_enabled(column.clone(), false)
                .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED)
        }
        _ => builder,
    }
}
