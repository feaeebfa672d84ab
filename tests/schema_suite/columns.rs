//! An instance of a case as one row of columns.

use std::collections::BTreeSet;

use person_alerts::candidate::{Candidates, Column, Outcome, TextValues, Values};
use person_alerts::check::schema::{Empty, Kind, Member, Shape, Source};
use serde_json::{Map, Value};

/// One row of columns, and the record that it is.
pub struct Layout {
    /// What the columns are.
    pub name: String,
    /// Whether the row is the instance, rather than its one cell.
    pub is_record: bool,
    pub shape: Shape,
    pub batch: Candidates,
}

/// The ways to hold an instance as a row; none for arrays, fractions, and objects within objects.
pub fn layouts(instance: &Value, schema: &Value) -> Vec<Layout> {
    match instance {
        Value::Object(members) => record(members, schema).into_iter().collect(),
        Value::Null => vec![empty_cell(Empty::Null)],
        value => {
            let held = cells(value).into_iter();
            held.map(|(name, kind, column)| {
                let cell = Cell::of(kind, column);
                layout(name, false, vec![("cell".to_owned(), cell)], Empty::Null)
            })
            .collect()
        }
    }
}

/// A row with one cell without a value.
pub fn empty_cell(empty: Empty) -> Layout {
    let cell = vec![("cell".to_owned(), Cell::empty())];
    layout("empty".to_owned(), false, cell, empty)
}

struct Cell {
    source: Source,
    column: Column,
}

impl Cell {
    fn of(kind: Kind, column: Column) -> Cell {
        let source = Source::Column {
            at: 0,
            kind,
            stand_in: None,
        };
        Cell { source, column }
    }

    fn empty() -> Cell {
        Cell::of(Kind::Text, Column::Text(text(None)))
    }
}

fn record(members: &Map<String, Value>, schema: &Value) -> Option<Layout> {
    let mut cells_of = Vec::new();
    for (name, value) in members {
        let cell = match value {
            Value::Null => Cell::empty(),
            value => {
                let (_, kind, column) = cells(value).into_iter().next()?;
                Cell::of(kind, column)
            }
        };
        cells_of.push((name.clone(), cell));
    }
    let has_null = members.values().any(Value::is_null);
    if !has_null {
        // Members that the schema names and the instance does not have are empty cells.
        let mut named = BTreeSet::new();
        names(schema, &mut named);
        let missing = named.into_iter().filter(|name| !members.contains_key(name));
        cells_of.extend(missing.map(|name| (name, Cell::empty())));
    }
    let empty = if has_null {
        Empty::Null
    } else {
        Empty::LeftOut
    };
    Some(layout("record".to_owned(), true, cells_of, empty))
}

/// The members that a schema names, anywhere.
fn names(schema: &Value, named: &mut BTreeSet<String>) {
    match schema {
        Value::Object(keywords) => {
            for (keyword, value) in keywords {
                match (keyword.as_str(), value) {
                    ("properties", Value::Object(members)) => {
                        named.extend(members.keys().cloned());
                    }
                    ("required", Value::Array(members)) => {
                        named.extend(members.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                names(value, named);
            }
        }
        Value::Array(schemas) => schemas.iter().for_each(|schema| names(schema, named)),
        _ => {}
    }
}

fn layout(name: String, is_record: bool, cells: Vec<(String, Cell)>, empty: Empty) -> Layout {
    let (mut members, mut columns) = (Vec::new(), Vec::new());
    for (name, mut cell) in cells {
        if let Source::Column { at, .. } | Source::Listed { at, .. } = &mut cell.source {
            *at = columns.len();
        }
        members.push(Member {
            name,
            source: cell.source,
        });
        columns.push(cell.column);
    }
    Layout {
        name,
        is_record,
        batch: Candidates {
            rows: 1,
            names: members.iter().map(|member| member.name.clone()).collect(),
            columns,
            outcomes: vec![Outcome::Accepted],
            ..Candidates::default()
        },
        shape: Shape { members, empty },
    }
}

/// The columns that can hold a value, each with what its values are.
fn cells(value: &Value) -> Vec<(String, Kind, Column)> {
    let held = |name: &str, kind: Kind, column: Column| (name.to_owned(), kind, column);
    match value {
        Value::Bool(value) => vec![held("boolean", Kind::Boolean, Column::Bool(one(*value)))],
        Value::Number(number) => {
            let whole = number.as_f64().filter(|float| float.fract() == 0.0);
            let exact = whole
                .filter(|float| float.abs() < 9e15)
                .map(|float| float as i64);
            let Some(number) = number.as_i64().or(exact) else {
                return Vec::new();
            };
            let mut held = vec![held("int64", Kind::Integer, Column::Int64(one(number)))];
            if let Ok(number) = i32::try_from(number) {
                held.push((
                    "int32".to_owned(),
                    Kind::Integer,
                    Column::Int32(one(number)),
                ));
            }
            held
        }
        Value::String(words) => {
            let terms = vec!["another".to_owned(), words.clone()];
            let mut held = vec![
                held("text", Kind::Text, Column::Text(text(Some(words)))),
                held("term", Kind::Term(terms), Column::Term(one(1))),
            ];
            let day = chrono::NaiveDate::parse_from_str(words, "%Y-%m-%d").ok();
            if let Some(day) = day.filter(|day| day.to_string() == *words) {
                let days = (day - chrono::NaiveDate::default()).num_days();
                let column = Column::Date(one(i32::try_from(days).unwrap()));
                held.push(("date".to_owned(), Kind::Date, column));
            }
            held
        }
        _ => Vec::new(),
    }
}

fn one<T: Clone + Default>(value: T) -> Values<T> {
    let mut column = Values::blank(1);
    column.set(0, value);
    column
}

fn text(cell: Option<&str>) -> TextValues {
    let mut column = TextValues::default();
    column.push(cell);
    column
}
