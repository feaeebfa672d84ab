//! Exports in CSV, and as a JSON object a line.

use std::io::Write;
use std::path::Path;

use super::alert::Alert;
use super::cells::Column;
use super::fault::Fault;
use super::nested::put_object;
use super::rows::Rows;
use super::shape::Shape;
use super::truth::Truth;
use crate::error::{Error, Result};

/// Writes the records, and what is wrong with them.
pub fn write(out: &mut dyn Write, mut rows: Rows<'_>, truth: &mut Truth) -> Result<()> {
    let columns = Column::of(rows.shape);
    let file = rows.shape.file_name();
    let failed = |error: std::io::Error| Error::output(Path::new(file), &error);
    let mut line = Vec::with_capacity(1024);
    if rows.shape.is_csv() {
        for (at, column) in columns.iter().enumerate() {
            line.extend_from_slice(if at > 0 { b"," } else { b"" });
            put_quoted(column.name(rows.labels).as_bytes(), &mut line);
        }
        line.push(b'\n');
    }
    let mut cell = Vec::new();
    while let Some(alert) = rows.next() {
        match rows.shape {
            Shape::Ndjson => put_object(&alert, &columns, &rows, &mut cell, &mut line),
            _ => put_record(&alert, &columns, &rows, &mut cell, &mut line),
        }
        line.push(b'\n');
        truth.tell(&alert, rows.labels)?;
        if line.len() > 1 << 16 {
            out.write_all(&line).map_err(failed)?;
            line.clear();
        }
    }
    out.write_all(&line).map_err(failed)
}

fn put_record(
    alert: &Alert,
    columns: &[Column],
    rows: &Rows<'_>,
    cell: &mut Vec<u8>,
    line: &mut Vec<u8>,
) {
    let columns = match alert.fault {
        Some(Fault::Ragged) => &columns[..columns.len() - 1],
        _ => columns,
    };
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            line.push(b',');
        }
        match (alert.fault, column) {
            (Some(Fault::BareQuote), Column::Notes) => {
                line.extend_from_slice(b"5\" pipe at the door")
            }
            (Some(Fault::StrayQuote), Column::Notes) => {
                line.extend_from_slice(b"\"Says \"ring first\" to all\"")
            }
            _ if column.is_prose() => {
                cell.clear();
                alert.put(*column, rows.labels, &rows.phrases, cell);
                put_quoted(cell, line);
            }
            _ => alert.put(*column, rows.labels, &rows.phrases, line),
        }
    }
}

/// Adds a cell, in quotes where it needs them.
fn put_quoted(cell: &[u8], line: &mut Vec<u8>) {
    if memchr::memchr3(b',', b'"', b'\n', cell).is_none() {
        return line.extend_from_slice(cell);
    }
    line.push(b'"');
    for part in cell.split_inclusive(|byte| *byte == b'"') {
        line.extend_from_slice(part);
        if part.ends_with(b"\"") {
            line.push(b'"');
        }
    }
    line.push(b'"');
}
