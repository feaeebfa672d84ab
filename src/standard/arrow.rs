//! The Arrow schema of a table, derived from its JSON Schema.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Schema, SchemaRef, TimeUnit};

use super::field::{Field, FieldType};
use super::table::Table;

/// The Arrow type that holds values of a field.
pub fn data_type(field_type: FieldType) -> DataType {
    match field_type {
        FieldType::Int32 => DataType::Int32,
        FieldType::Int64 => DataType::Int64,
        FieldType::Text => DataType::Utf8,
        FieldType::Date => DataType::Date32,
        FieldType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        FieldType::Bool => DataType::Boolean,
    }
}

/// The Arrow schema of a table; each field carries its description, which readers such as DuckDB
/// and pyarrow show. Fields for which `keep` is false are left out.
pub fn arrow_schema(table: &Table, keep: impl Fn(&Field) -> bool) -> SchemaRef {
    let fields: Vec<arrow_schema::Field> = table
        .fields
        .iter()
        .filter(|field| keep(field))
        .map(|field| {
            let note = HashMap::from([("description".to_owned(), field.description.clone())]);
            arrow_schema::Field::new(&field.name, data_type(field.field_type), field.nullable)
                .with_metadata(note)
        })
        .collect();
    Arc::new(Schema::new(fields))
}
