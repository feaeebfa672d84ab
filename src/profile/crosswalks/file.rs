//! Rows of a CSV file, as people fill it in with a spreadsheet.

use std::ops::Range;
use std::path::Path;

use super::super::document::Document;
use super::row::{Place, WrittenRow};
use crate::cell::fold;

/// Between several codes, or several texts of which a cell must be one.
const SEVERAL: char = '|';

/// Where the columns of a file stand.
struct Columns {
    value: usize,
    target: usize,
    status: Option<usize>,
    name: Option<usize>,
    /// Columns of the input that a row may depend on.
    when: Vec<(usize, String)>,
    /// Fields of the standard that a row may set.
    sets: Vec<(usize, String)>,
}

impl Columns {
    fn find(header: &csv::StringRecord, fields: &[&str]) -> Option<Columns> {
        let place = |name: &str| header.iter().position(|cell| fold(cell) == name);
        let named = header.iter().enumerate();
        let condition = |(at, name): (usize, &str)| {
            let name = name.trim();
            let (word, column) = name.split_once(char::is_whitespace)?;
            let fits = word.eq_ignore_ascii_case("when") && !column.trim().is_empty();
            fits.then(|| (at, column.trim().to_owned()))
        };
        let field = |(at, name): (usize, &str)| {
            let known = fields.iter().find(|field| **field == fold(name));
            known.map(|field| (at, (*field).to_owned()))
        };
        Some(Columns {
            value: place("value")?,
            target: place("target")?,
            status: place("status"),
            name: place("name"),
            when: named.clone().filter_map(condition).collect(),
            sets: named.filter_map(field).collect(),
        })
    }
}

/// Reads a file; `fields` are the names of the fields that a row may set.
pub(super) fn rows(
    document: &Document<'_>,
    path: &Path,
    span: &Range<usize>,
    fields: &[&str],
    rows: &mut Vec<WrittenRow>,
) {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            document.problem(span, format!("{}: {error}", path.display()));
            return;
        }
    };
    parse(document, path, &bytes, fields, rows);
}

/// Reads the content of a file.
pub(super) fn parse(
    document: &Document<'_>,
    path: &Path,
    bytes: &[u8],
    fields: &[&str],
    rows: &mut Vec<WrittenRow>,
) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|wanted| {
            (
                first.iter().filter(|byte| *byte == wanted).count(),
                *wanted == b',',
            )
        })
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(bytes);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return document.problem_in(path, Some(1), error.to_string()),
    };
    let Some(columns) = Columns::find(&header, fields) else {
        let text = "the header needs the columns value and target, and may have status and note";
        return document.problem_in(path, Some(1), text);
    };
    if bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        let text = "a quote is opened and never closed, or closed and never opened; the lines behind it cannot be told from it";
        return document.problem_in(path, None, text);
    }
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map(|position| position.line() as usize);
                let text = "is not UTF-8; save it as CSV UTF-8";
                document.problem_in(path, line, text);
                continue;
            }
        };
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        if record.len() == 1 && header.len() > 1 {
            let text = format!(
                "has one cell, and the header has {}; is it separated otherwise?",
                header.len()
            );
            document.problem_in(path, Some(line), text);
            continue;
        }
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        let (value, target) = (cell(columns.value), cell(columns.target));
        if value.contains(['\n', '\r']) || target.contains(['\n', '\r']) {
            let text = "a quote holds several lines together; close it where it belongs";
            document.problem_in(path, Some(line), text);
            continue;
        }
        let status = match columns.status {
            None => "approved".to_owned(),
            Some(at) => cell(at).to_lowercase(),
        };
        // A line nobody has filled in yet says nothing.
        if value.is_empty() || target.is_empty() && status.is_empty() {
            continue;
        }
        let filled = |places: &[(usize, String)]| -> Vec<(String, String)> {
            let cells = places.iter().map(|(at, name)| (name.clone(), cell(*at)));
            cells.filter(|(_, text)| !text.is_empty()).collect()
        };
        let conditions = filled(&columns.when).into_iter();
        let name = columns.name.map(cell);
        rows.push(WrittenRow {
            value,
            name: name.filter(|name| !name.is_empty()),
            targets: several(&target),
            // A target that nobody signed off is a draft.
            status: if status.is_empty() {
                "draft".to_owned()
            } else {
                status
            },
            when: conditions
                .map(|(column, texts)| (column, several(&texts)))
                .collect(),
            sets: filled(&columns.sets),
            place: Place::File(path.to_owned(), line),
        });
    }
}

fn several(cell: &str) -> Vec<String> {
    let parts = cell.split(SEVERAL).map(str::trim);
    let filled = parts.filter(|part| !part.is_empty());
    filled.map(str::to_owned).collect()
}
