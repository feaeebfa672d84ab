//! One candidate as the JSON record that a schema describes.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::candidate::{Candidates, Column, State};
use crate::cell::date::date_of;
use crate::standard::{Field, FieldType};

/// How a cell without a value stands in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// As null.
    Null,
    /// Not at all.
    LeftOut,
}

/// What a member of a record is made of.
#[derive(Debug, Clone)]
pub enum Source {
    /// The value of a column.
    Column {
        /// Place of the column.
        at: usize,
        /// What its values are.
        kind: Kind,
        /// What stands in for an empty cell, where anything does.
        stand_in: Option<Value>,
    },
    /// What a code list says of the key in a column.
    Listed {
        /// Place of the column, which is [`Column::Int32`].
        at: usize,
        /// What the list says, by key.
        words: HashMap<i32, Value>,
    },
    /// The code of the landlord.
    Landlord,
    /// The same value in every record.
    Fixed(Value),
}

/// What the values of a column are, as JSON has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers: [`Column::Int32`] and [`Column::Int64`].
    Integer,
    /// Dates, which are text: [`Column::Date`].
    Date,
    /// Points in time, which are text: [`Column::Timestamp`].
    Instant,
    /// True and false: [`Column::Bool`].
    Boolean,
    /// Words of a list: [`Column::Term`].
    Term(Vec<String>),
    /// Text: [`Column::Text`].
    Text,
}

impl Kind {
    /// What the values of a field's column are.
    pub fn of(field: &Field) -> Kind {
        match field.field_type {
            FieldType::Int32 | FieldType::Int64 => Kind::Integer,
            FieldType::Date => Kind::Date,
            FieldType::Timestamp => Kind::Instant,
            FieldType::Bool => Kind::Boolean,
            FieldType::Text if field.allowed.is_empty() => Kind::Text,
            FieldType::Text => Kind::Term(field.allowed.clone()),
        }
    }
}

/// One member of a record.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it is made of.
    pub source: Source,
}

/// What the records of a schema are made of.
#[derive(Debug, Clone)]
pub struct Shape {
    /// The members, each name once.
    pub members: Vec<Member>,
    /// How cells without a value stand in a record.
    pub empty: Empty,
}

impl Shape {
    /// Place of the member of that name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().position(|member| member.name == name)
    }

    /// What an empty cell of a column stands for; `None` where the member is left out.
    pub(super) fn for_empty(&self, stand_in: &Option<Value>) -> Option<Value> {
        match (stand_in, self.empty) {
            (Some(value), _) => Some(value.clone()),
            (None, Empty::Null) => Some(Value::Null),
            (None, Empty::LeftOut) => None,
        }
    }

    /// The candidate of a row as JSON.
    pub(super) fn record(&self, batch: &Candidates, row: usize, landlord: &str) -> Value {
        let mut record = Map::with_capacity(self.members.len());
        for member in &self.members {
            let value = match &member.source {
                Source::Landlord => Some(Value::from(landlord)),
                Source::Fixed(value) => Some(value.clone()),
                Source::Column { at, kind, stand_in } => {
                    cell(&batch.columns[*at], kind, row).or_else(|| self.for_empty(stand_in))
                }
                Source::Listed { at, words } => key(&batch.columns[*at], row)
                    .and_then(|key| words.get(&key).cloned())
                    .or_else(|| self.for_empty(&None)),
            };
            if let Some(value) = value {
                record.insert(member.name.clone(), value);
            }
        }
        Value::Object(record)
    }
}

fn key(column: &Column, row: usize) -> Option<i32> {
    match column {
        Column::Int32(column) => column.get(row).copied(),
        _ => None,
    }
}

/// The value of a cell as JSON; `None` where it has none.
pub(super) fn cell(column: &Column, kind: &Kind, row: usize) -> Option<Value> {
    if column.states()[row] != State::Value {
        return None;
    }
    match column {
        Column::Int64(column) => column.get(row).map(|value| Value::from(*value)),
        Column::Int32(column) => column.get(row).map(|value| Value::from(*value)),
        Column::Bool(column) => column.get(row).map(|value| Value::from(*value)),
        Column::Text(column) => column.get(row).map(Value::from),
        Column::Term(column) => {
            let Kind::Term(words) = kind else {
                return None;
            };
            let word = words.get(usize::from(*column.get(row)?));
            word.map(|word| Value::from(word.as_str()))
        }
        Column::Date(column) => date_text(*column.get(row)?).map(Value::from),
        Column::Timestamp(column) => {
            let time = chrono::DateTime::from_timestamp_micros(*column.get(row)?)?;
            Some(time.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string().into())
        }
    }
}

/// A day as text.
pub(super) fn date_text(days: i32) -> Option<String> {
    date_of(days).map(|date| date.format("%Y-%m-%d").to_string())
}
