//! `datapackage.json`: the tables described for tools that read Data Packages.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::standard::{Field, FieldType, Standard, Table};

/// Writes the description of the tables; `paths` gives the files of a table, relative to the folder.
///
/// # Errors
/// Why it cannot be written.
pub fn write(
    path: &Path,
    standard: &Standard,
    tables: &[&Table],
    paths: impl Fn(&Table) -> Vec<String>,
) -> Result<()> {
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| resource(table, paths(table)))
        .collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "person-alerts",
        "title": format!("Person alerts, {} edition {}", standard.name, standard.edition),
        "standard": {
            "edition": standard.edition,
            "release": standard.release,
            "sha256": standard.hash,
            "code_list_sha256": standard.code_list_hash,
        },
        "resources": resources,
    });
    super::write_json(path, &package)
}

fn resource(table: &Table, paths: Vec<String>) -> Value {
    let path = match <[String; 1]>::try_from(paths) {
        Ok([one]) => Value::from(one),
        Err(several) => Value::from(several),
    };
    let foreign: Vec<Value> = table.fields.iter().filter_map(foreign_key).collect();
    let mut schema = Map::new();
    schema.insert(
        "fields".to_owned(),
        table.fields.iter().map(field).collect(),
    );
    if !table.primary_key.is_empty() {
        schema.insert("primaryKey".to_owned(), table.primary_key.clone().into());
    }
    if !foreign.is_empty() {
        schema.insert("foreignKeys".to_owned(), foreign.into());
    }
    json!({
        "name": table.name,
        "description": table.description,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": schema,
    })
}

fn field(field: &Field) -> Value {
    let data_type = match field.field_type {
        FieldType::Int32 | FieldType::Int64 => "integer",
        FieldType::Text => "string",
        FieldType::Date => "date",
        FieldType::Timestamp => "datetime",
        FieldType::Bool => "boolean",
    };
    let mut constraints = Map::new();
    if !field.nullable {
        constraints.insert("required".to_owned(), true.into());
    }
    if !field.allowed.is_empty() {
        constraints.insert("enum".to_owned(), field.allowed.clone().into());
    }
    for key in ["minimum", "maximum", "minLength", "maxLength"] {
        if let Some(value) = field.schema.get(key) {
            constraints.insert(key.to_owned(), value.clone());
        }
    }
    let mut described = json!({
        "name": field.name,
        "type": data_type,
        "description": field.description,
    });
    if !constraints.is_empty() {
        described["constraints"] = constraints.into();
    }
    described
}

fn foreign_key(field: &Field) -> Option<Value> {
    let reference = field.references.as_ref()?;
    Some(json!({
        "fields": [field.name],
        "reference": { "resource": reference.table, "fields": [reference.field] },
    }))
}
