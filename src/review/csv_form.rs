//! Crosswalks as CSV files, which a profile reads too.

use std::path::Path;

use super::row::{Row, targets};
use crate::cell::fold;
use crate::error::{Error, Problem, Result};

/// The columns of a crosswalk file that have a meaning here, in the order in which they are written.
const COLUMNS: [&str; 12] = [
    "value",
    "name",
    "target",
    "status",
    "relation",
    "note",
    "cells",
    "columns",
    "marks",
    "suggestions",
    "reviewer",
    "date",
];

/// Columns of a sheet that say something of a row and are no part of it.
const SHOWN_ONLY: [&str; 1] = ["decided before"];

/// Reads rows of cells, the first of which are names of columns; the second of each pair is the line.
///
/// # Errors
/// The columns `value` or `target` are not there.
pub(super) fn rows_of(
    file: &str,
    header: &[String],
    records: impl Iterator<Item = (usize, Vec<String>)>,
) -> Result<Vec<(usize, Row)>> {
    let place = |name: &str| header.iter().position(|cell| fold(cell) == name);
    if place("value").is_none() || place("target").is_none() {
        return Err(Error::Profile(vec![Problem {
            file: file.to_owned(),
            line: Some(1),
            text: "is no crosswalk: the header needs the columns value and target".to_owned(),
        }]));
    }
    let places = COLUMNS.map(place);
    let known = |at: usize| places.contains(&Some(at));
    let shown = |name: &String| SHOWN_ONLY.contains(&fold(name).as_ref());
    let further: Vec<(usize, &String)> = header
        .iter()
        .enumerate()
        .filter(|(at, name)| !known(*at) && !name.trim().is_empty() && !shown(name))
        .collect();
    let mut rows = Vec::new();
    for (line, cells) in records {
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| cells.get(at));
            cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
        };
        let own = |name: &str| {
            let at = COLUMNS.iter().position(|column| *column == name);
            cell(at.and_then(|at| places.get(at).copied().flatten()))
        };
        let row = Row {
            value: own("value"),
            name: own("name"),
            targets: targets(&own("target")),
            status: match place("status") {
                None => "approved".to_owned(),
                Some(_) => own("status").to_lowercase(),
            },
            relation: own("relation").to_lowercase(),
            note: own("note"),
            cells: own("cells").replace(',', "").parse().ok(),
            columns: own("columns"),
            marks: own("marks"),
            suggestions: own("suggestions"),
            reviewer: own("reviewer"),
            date: own("date"),
            further: further
                .iter()
                .map(|(at, name)| ((*name).trim().to_owned(), cell(Some(*at))))
                .collect(),
        };
        if !row.value.is_empty() {
            rows.push((line, row));
        }
    }
    Ok(rows)
}

/// Reads a crosswalk file, with the line of each row.
///
/// # Errors
/// The file cannot be read, is no UTF-8, or is no crosswalk.
pub fn read(path: &Path) -> Result<Vec<(usize, Row)>> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path)
        .map_err(|error| Error::Usage(Error::input(&name, &error).to_string()))?;
    parse(&name, &bytes)
}

/// Reads the bytes of a crosswalk file; `file` is its name for messages.
///
/// # Errors
/// They are no UTF-8, or no crosswalk.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Vec<(usize, Row)>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').next();
    let first = first.unwrap_or_default();
    let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|wanted| (count(*wanted), *wanted == b','));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(bytes);
    let broken = |error: csv::Error| {
        let line = error.position().map(|position| position.line() as usize);
        Error::Profile(vec![Problem {
            file: file.to_owned(),
            line,
            text: "is not UTF-8; save it as CSV UTF-8".to_owned(),
        }])
    };
    let owned = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = owned(reader.headers().map_err(broken)?);
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, |place| {
            // behind CR and LF the reader stands between the two
            let between = bytes.get(place.byte() as usize) == Some(&b'\n');
            place.line() as usize + usize::from(between)
        });
        records.push((line, owned(&record)));
    }
    rows_of(file, &header, records.into_iter())
}

/// Rows as the text of a crosswalk file. Columns that no row fills are left out, but for those that a
/// reviewer fills in.
///
/// # Errors
/// A bug of ours.
pub fn text(rows: &[Row]) -> Result<String> {
    let internal = |error: csv::Error| Error::Internal(error.to_string());
    let optional = ["name", "cells", "columns", "marks", "suggestions"];
    let filled = |column: &str| rows.iter().any(|row| !cell(row, column).is_empty());
    let columns: Vec<&str> = COLUMNS
        .into_iter()
        .filter(|column| !optional.contains(column) || filled(column))
        .collect();
    let mut further: Vec<&str> = Vec::new();
    for (name, text) in rows.iter().flat_map(|row| &row.further) {
        if !text.is_empty() && !further.contains(&name.as_str()) {
            further.push(name);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = columns.iter().chain(&further);
    writer.write_record(header).map_err(internal)?;
    for row in rows {
        let own = columns.iter().map(|column| cell(row, column));
        let beside = further.iter().map(|wanted| {
            let found = row.further.iter().find(|(name, _)| name == wanted);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        });
        writer.write_record(own.chain(beside)).map_err(internal)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Error::Internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Error::Internal(error.to_string()))
}

/// The text of one of the known columns of a row.
pub(super) fn cell(row: &Row, column: &str) -> String {
    match column {
        "value" => row.value.clone(),
        "name" => row.name.clone(),
        "target" => row.target(),
        "status" => row.status.clone(),
        "relation" => row.relation.clone(),
        "note" => row.note.clone(),
        "cells" => row.cells.map(|count| count.to_string()).unwrap_or_default(),
        "columns" => row.columns.clone(),
        "marks" => row.marks.clone(),
        "suggestions" => row.suggestions.clone(),
        "reviewer" => row.reviewer.clone(),
        "date" => row.date.clone(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let row = Row {
            value: "Oxygen, at home".to_owned(),
            targets: vec!["RISK5.01".to_owned(), "RISK5.04".to_owned()],
            status: "approved".to_owned(),
            relation: "exact".to_owned(),
            cells: Some(1200),
            reviewer: "housing officer".to_owned(),
            date: "2026-11-22".to_owned(),
            further: vec![("when Role".to_owned(), "tenant".to_owned())],
            ..Row::default()
        };
        let text = text(std::slice::from_ref(&row)).unwrap();
        assert!(
            text.starts_with("value,target,status,relation,note,cells,reviewer,date,when Role\n"),
            "{text}"
        );
        assert_eq!(parse("a.csv", text.as_bytes()).unwrap(), [(2, row)]);
    }

    #[test]
    fn files_of_spreadsheets_are_read() {
        let bytes = "\u{feff}Value;Target;Status;Further\r\nDV;;Review;\r\n;;;\r\n";
        let rows = parse("a.csv", bytes.as_bytes()).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].0, rows[0].1.status.as_str()), (2, "review"));
        let rows = parse("a.csv", b"value,target\nA,MED1.01\n").unwrap();
        assert_eq!(rows[0].1.status, "approved");
        assert!(parse("a.csv", b"code,name\n1,x\n").is_err());
    }
}
