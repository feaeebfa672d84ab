//! What of an output a person can review, and how it is held against what is expected.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::case::{Case, Run, gather};

/// Texts by their paths in `expected/`.
pub type Texts = BTreeMap<String, Vec<u8>>;

/// The page for people.
const PAGE: &str = "report.html";
/// The same for spreadsheets, which is no text.
const WORKBOOK: &str = "findings.xlsx";
/// Cases of which the page is reviewed: all others show the same numbers as their `report.json`.
const SHOWN_PAGES: [&str; 2] = ["oakfield_csv", "sector_batch"];

/// Files that the two outputs do not have alike.
pub fn differences(one: &Texts, other: &Texts) -> Vec<String> {
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differ = |name: &&&String| one.get(**name) != other.get(**name);
    names
        .iter()
        .filter(differ)
        .map(ToString::to_string)
        .collect()
}

/// What is reviewed of a run: its texts as they are, its alerts as CSV, what it told and how it
/// ended. The lookups are the same for all and are tested elsewhere.
pub fn reviewable(case: &Case, run: &Run) -> Texts {
    let mut texts = Texts::new();
    for (name, bytes) in &run.files {
        if name == WORKBOOK || name == PAGE && !SHOWN_PAGES.contains(&case.name.as_str()) {
            continue;
        }
        match name.strip_suffix(".parquet") {
            None => texts.insert(name.clone(), bytes.clone()),
            Some(table) if is_alerts(table) => texts.insert(format!("{table}.csv"), csv(bytes)),
            Some(_) => None,
        };
    }
    if !run.told.is_empty() {
        texts.insert("stderr.txt".to_owned(), run.told.clone().into_bytes());
    }
    let code = format!("{}\n", run.exit_code);
    texts.insert("exit_code".to_owned(), code.into_bytes());
    texts
}

fn is_alerts(table: &str) -> bool {
    table == "person_alert" || table.starts_with("person_alert/")
}

/// The rows of a Parquet file as CSV; null is empty.
fn csv(parquet: &[u8]) -> Vec<u8> {
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(parquet)).unwrap();
    let schema = reader.metadata().file_metadata().schema_descr();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = schema.columns().iter().map(|column| column.name());
    writer.write_record(names).unwrap();
    for row in reader.get_row_iter(None).unwrap() {
        let row = row.unwrap();
        let cells = row.get_column_iter().map(|(_, field)| cell(field));
        writer.write_record(cells).unwrap();
    }
    writer.into_inner().unwrap()
}

fn cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Puts the texts in the place of what was expected.
pub fn write(expected: &Path, got: &Texts) {
    if expected.exists() {
        std::fs::remove_dir_all(expected).unwrap();
    }
    for (name, bytes) in got {
        let path = expected.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// One line a file that is not as expected, with the first line that differs.
pub fn compare(expected: &Path, got: &Texts) -> Vec<String> {
    let mut wanted = Texts::new();
    if expected.is_dir() {
        gather(expected, "", &mut wanted);
    }
    let names = differences(&wanted, got);
    let tell = |name: &String| match (wanted.get(name), got.get(name)) {
        (None, _) => format!("{name}: is not expected"),
        (_, None) => format!("{name}: is missing from the output"),
        (Some(wanted), Some(got)) => format!("{name}: {}", first_difference(wanted, got)),
    };
    names.iter().map(tell).collect()
}

fn first_difference(wanted: &[u8], got: &[u8]) -> String {
    let line = |bytes: &[u8], at: usize| {
        let line = bytes.split(|byte| *byte == b'\n').nth(at);
        line.map(|line| String::from_utf8_lossy(line).into_owned())
    };
    let at = (0..)
        .find(|at| line(wanted, *at) != line(got, *at))
        .unwrap();
    let shown = |bytes: &[u8]| line(bytes, at).unwrap_or("the end".to_owned());
    let (wanted, got) = (shown(wanted), shown(got));
    format!("line {}\n  expected {wanted}\n  got      {got}", at + 1)
}
