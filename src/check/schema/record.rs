//! One candidate as the JSON record that its table's schema describes.

use serde_json::{Map, Value};

use crate::candidate::{Candidates, Column};
use crate::cell::date::date_of;
use crate::standard::{Field, Table};

/// The candidate of a row as JSON. Fields that are filled in later, on writing, hold what cannot
/// break the schema: a name for the input, 1 for a key that is yet to be generated.
pub(super) fn record(table: &Table, batch: &Candidates, row: usize, landlord: &str) -> Value {
    let mut record = Map::new();
    for (field, column) in table.fields.iter().zip(&batch.columns) {
        let value = match field.name.as_str() {
            "landlord" => Value::from(landlord),
            "source_file" => Value::from("input"),
            "source_record" => Value::from(1),
            "person_alert_id" => match value(field, column, row) {
                Value::Null => Value::from(1),
                key => key,
            },
            _ => value(field, column, row),
        };
        record.insert(field.name.clone(), value);
    }
    Value::Object(record)
}

fn value(field: &Field, column: &Column, row: usize) -> Value {
    match column {
        Column::Int64(column) => column.get(row).copied().into(),
        Column::Int32(column) => column.get(row).copied().into(),
        Column::Bool(column) => column.get(row).copied().into(),
        Column::Text(column) => column.get(row).into(),
        Column::Term(column) => {
            let term = column
                .get(row)
                .and_then(|at| field.allowed.get(*at as usize));
            term.cloned().into()
        }
        Column::Date(column) => {
            let date = column.get(row).and_then(|days| date_of(*days));
            date.map(|date| date.format("%Y-%m-%d").to_string()).into()
        }
        Column::Timestamp(column) => {
            let time = column
                .get(row)
                .copied()
                .and_then(chrono::DateTime::from_timestamp_micros);
            time.map(|time| time.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())
                .into()
        }
    }
}
