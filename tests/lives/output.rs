//! What outputs hold, in the terms of the invented world.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use person_alerts::standard::Standard;
use serde_json::{Map, Value};

/// One row of a history.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: i64,
    pub alert: i64,
    pub action: String,
    pub user: i64,
    pub time: String,
    pub summary: Option<String>,
    pub old: Map<String, Value>,
    pub new: Map<String, Value>,
}

pub fn pac(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pac"))
        .current_dir(home)
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs, which must end well; returns what was told.
pub fn run(home: &Path, arguments: &[&str]) -> String {
    let output = pac(home, arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn rows(path: &Path) -> Vec<Row> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let reader = SerializedFileReader::new(file).unwrap();
    reader
        .get_row_iter(None)
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

pub fn cell<'r>(row: &'r Row, name: &str) -> &'r Field {
    let mut columns = row.get_column_iter();
    columns.find(|(own, _)| *own == name).unwrap().1
}

pub fn text(row: &Row, name: &str) -> Option<String> {
    match cell(row, name) {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

pub fn long(row: &Row, name: &str) -> i64 {
    match cell(row, name) {
        Field::Long(number) => *number,
        other => panic!("{name}: {other:?}"),
    }
}

/// The history in a file, in its order; keys of code lists are the codes again.
pub fn events(path: &Path) -> Vec<Event> {
    let standard = Standard::embedded().unwrap();
    let event = |row: &Row| {
        let micros = match cell(row, "change_timestamp") {
            Field::TimestampMicros(micros) => *micros,
            other => panic!("{other:?}"),
        };
        let time = person_alerts::snapshot::cells::point_in_time(micros);
        let values = |name| {
            let text = text(row, name).unwrap_or_else(|| "{}".to_owned());
            codes(serde_json::from_str(&text).unwrap(), &standard)
        };
        Event {
            id: long(row, "person_alert_history_id"),
            alert: long(row, "person_alert_id"),
            action: text(row, "action_type").unwrap(),
            user: long(row, "changed_by_user_id"),
            time,
            summary: text(row, "change_summary"),
            old: values("old_value"),
            new: values("new_value"),
        }
    };
    rows(path).iter().map(event).collect()
}

fn codes(mut values: Map<String, Value>, standard: &Standard) -> Map<String, Value> {
    for (field, table) in [
        ("person_alert_code_id", "person_alert_codes"),
        ("source_type_id", "source_types"),
    ] {
        if let Some(Value::Number(id)) = values.get(field) {
            let mut codes = standard.codes_of(table).into_iter();
            let own = codes.find(|code| standard.id_of(table, code).map(i64::from) == id.as_i64());
            values.insert(field.to_owned(), own.unwrap().into());
        }
    }
    values
}

/// The reference of each alert of an output by its key.
pub fn references(path: &Path) -> BTreeMap<i64, String> {
    let alerts = rows(path);
    let pairs = alerts.iter().map(|row| {
        let reference = text(row, "source_alert_ref").unwrap();
        (long(row, "person_alert_id"), reference)
    });
    pairs.collect()
}
