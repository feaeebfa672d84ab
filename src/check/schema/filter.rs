//! Column kernels derived from a schema: which rows the judge must look at.

use arrow_buffer::BooleanBuffer;
use serde_json::{Map, Value};

use crate::candidate::{Candidates, Column, State};
use crate::standard::{Field, Table};

/// Keywords of a table's schema that say nothing about a row of typed columns.
const TABLE_KEYWORDS: &[&str] = &[
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
];
/// Keywords of a field that typing has settled, or that only describe.
const SETTLED_KEYWORDS: &[&str] = &[
    "title",
    "description",
    "$comment",
    "default",
    "examples",
    "type",
];

/// What one field's column is looked at for.
#[derive(Debug, Clone, PartialEq)]
enum Kernel {
    /// A cell without a value is suspect.
    Filled,
    /// A number outside of the bounds is suspect.
    Within(i64, i64),
    /// Text whose length in characters is outside of the bounds is suspect.
    Length(usize, usize),
    /// Every row is suspect: the schema says something that has no kernel.
    Anything,
}

/// The kernels of a table.
#[derive(Debug)]
pub(super) struct Filter {
    kernels: Vec<(String, Kernel)>,
    judge_all: bool,
}

impl Filter {
    pub(super) fn new(table: &Table) -> Filter {
        let keywords = table.schema.as_object().into_iter().flat_map(Map::keys);
        let unknown =
            |key: &String| !TABLE_KEYWORDS.contains(&key.as_str()) && !key.starts_with("x-");
        let closed = table
            .schema
            .get("additionalProperties")
            .is_none_or(Value::is_boolean);
        let fields = table
            .fields
            .iter()
            .filter(|field| !is_filled_on_writing(field));
        Filter {
            judge_all: keywords.into_iter().any(unknown) || !closed,
            kernels: fields
                .flat_map(|field| kernels(field).map(|kernel| (field.name.clone(), kernel)))
                .collect(),
        }
    }

    /// The rows that the judge must look at.
    pub(super) fn suspects(&self, batch: &Candidates) -> BooleanBuffer {
        if self.judge_all {
            return BooleanBuffer::new_set(batch.rows);
        }
        let mut suspects = BooleanBuffer::new_unset(batch.rows);
        for (name, kernel) in &self.kernels {
            if let Some(column) = batch.column(name) {
                suspects = &suspects | &kernel.suspects(column, batch.rows);
            }
        }
        suspects
    }
}

fn is_filled_on_writing(field: &Field) -> bool {
    field.provenance && field.name != "source_alert_ref"
}

fn kernels(field: &Field) -> impl Iterator<Item = Kernel> {
    // The key of an alert is generated where the source has none.
    let filled = (!field.nullable && field.name != "person_alert_id").then_some(Kernel::Filled);
    let object = field.schema.as_object();
    let number = |key: &str| {
        object
            .and_then(|object| object.get(key))
            .and_then(Value::as_i64)
    };
    let bounds = (number("minimum"), number("maximum"));
    let within = (bounds != (None, None))
        .then(|| Kernel::Within(bounds.0.unwrap_or(i64::MIN), bounds.1.unwrap_or(i64::MAX)));
    let lengths = (number("minLength"), number("maxLength"));
    let bound =
        |length: Option<i64>, open: usize| length.map_or(open, |length| length.max(0) as usize);
    let length = (lengths != (None, None))
        .then(|| Kernel::Length(bound(lengths.0, 0), bound(lengths.1, usize::MAX)));
    let unknown = object
        .into_iter()
        .flatten()
        .any(|(key, value)| !has_kernel(field, key, value));
    let anything = unknown.then_some(Kernel::Anything);
    filled
        .into_iter()
        .chain(within)
        .chain(length)
        .chain(anything)
}

fn has_kernel(field: &Field, key: &str, value: &Value) -> bool {
    match key {
        "minimum" | "maximum" => value.is_i64(),
        "minLength" | "maxLength" => value.is_u64(),
        // A closed list is held as places in it, a date as a day: typing has settled them.
        "enum" => !field.allowed.is_empty(),
        "format" => matches!(value.as_str(), Some("date" | "date-time")),
        _ => SETTLED_KEYWORDS.contains(&key) || key.starts_with("x-"),
    }
}

impl Kernel {
    fn suspects(&self, column: &Column, rows: usize) -> BooleanBuffer {
        let states = column.states();
        match (self, column) {
            (Kernel::Filled, _) => {
                BooleanBuffer::collect_bool(rows, |row| states[row] != State::Value)
            }
            (Kernel::Within(low, high), Column::Int64(column)) => {
                BooleanBuffer::collect_bool(rows, |row| {
                    column.get(row).is_some_and(|v| v < low || v > high)
                })
            }
            (Kernel::Within(low, high), Column::Int32(column)) => {
                BooleanBuffer::collect_bool(rows, |row| {
                    let value = column.get(row).map(|value| i64::from(*value));
                    value.is_some_and(|value| value < *low || value > *high)
                })
            }
            (Kernel::Length(low, high), Column::Text(column)) => {
                BooleanBuffer::collect_bool(rows, |row| {
                    let text = column.get(row);
                    text.is_some_and(|text| !fits(text, *low, *high))
                })
            }
            // An unknown keyword may speak about empty cells too, as const does.
            _ => BooleanBuffer::new_set(rows),
        }
    }
}

/// Whether a text has as many characters as asked for; bytes decide where they can.
fn fits(text: &str, low: usize, high: usize) -> bool {
    if text.len() <= high && text.len() >= low.saturating_mul(4) {
        return true;
    }
    let length = text.chars().count();
    low <= length && length <= high
}
