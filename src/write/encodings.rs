//! How each column of a Parquet file is encoded, by its type and by what the standard says of its field.
//!
//! A dictionary pays where values repeat within a row group: codes, terms, users, landlords. It costs
//! twice where they do not: each value is hashed until the dictionary outgrows its page, and the row
//! group then holds the dictionary, its indexes and the rest in plain. So it is off for keys, days and
//! points in time. Days shrink by 5 % without one; they grow where an export has few distinct days.
//!
//! Tried, and left: `DELTA_BYTE_ARRAY` halves the column of the landlord's own keys again and
//! `DELTA_LENGTH_BYTE_ARRAY` takes 5 % off the descriptions, `BYTE_STREAM_SPLIT` takes 12 % off points in
//! time; fewer readers know them than `DELTA_BINARY_PACKED`. Users' keys in `DELTA_BINARY_PACKED` grow by
//! up to 5 %, and by more where few users have long keys.

use arrow_schema::{DataType, Field};
use parquet::basic::Encoding;
use parquet::file::properties::{EnabledStatistics, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;

use crate::standard::Standard;

/// Columns of long text, on which neither dictionaries nor statistics pay.
const PROSE: [&str; 1] = ["alert_description"];

/// Sets the encoding of one column.
pub(super) fn set(
    builder: WriterPropertiesBuilder,
    standard: &Standard,
    field: &Field,
) -> WriterPropertiesBuilder {
    let column = ColumnPath::from(field.name().as_str());
    if PROSE.contains(&field.name().as_str()) {
        return builder
            .set_column_dictionary_enabled(column.clone(), false)
            .set_column_statistics_enabled(column, EnabledStatistics::None);
    }
    match field.data_type() {
        DataType::Timestamp(..) | DataType::Date32 => deltas(builder, column),
        DataType::Int64 if is_key(standard, field) => deltas(builder, column),
        DataType::Utf8 if is_identifier(standard, field) => {
            builder.set_column_dictionary_enabled(column, false)
        }
        _ => builder,
    }
}

fn deltas(builder: WriterPropertiesBuilder, column: ColumnPath) -> WriterPropertiesBuilder {
    builder
        .set_column_dictionary_enabled(column.clone(), false)
        .set_column_encoding(column, Encoding::DELTA_BINARY_PACKED)
}

fn described<'s>(standard: &'s Standard, field: &Field) -> Option<&'s crate::standard::Field> {
    let mut tables = standard.tables().iter();
    tables.find_map(|table| table.field(field.name()))
}

/// Whether the field tells one alert or person from another.
fn is_identifier(standard: &Standard, field: &Field) -> bool {
    described(standard, field).is_some_and(|field| field.sensitivity == "identifier")
}

/// Whether a number differs from row to row: identifiers, numbers of records, and the places in the
/// input that only pac's own tables have.
fn is_key(standard: &Standard, field: &Field) -> bool {
    described(standard, field)
        .is_none_or(|field| field.sensitivity == "identifier" || field.provenance)
}
