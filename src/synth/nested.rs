//! A document of persons, in each of whom alerts are nested.

use std::io::Write;
use std::path::Path;

use super::alert::Alert;
use super::cells::Column;
use super::rows::Rows;
use super::truth::Truth;
use crate::error::{Error, Result};

/// Writes the records, and what is wrong with them.
pub fn write(out: &mut dyn Write, mut rows: Rows<'_>, truth: &mut Truth) -> Result<()> {
    let file = rows.shape.file_name();
    let failed = |error: std::io::Error| Error::output(Path::new(file), &error);
    let mut columns = Column::of(rows.shape);
    columns.retain(|column| *column != Column::PersonRef);
    let (mut text, mut cell) = (b"{\"value\":[".to_vec(), Vec::new());
    let mut person = None;
    while let Some(alert) = rows.next() {
        // what a person's key lacks is the fault of one record alone
        let own = alert.fault.is_some();
        match !own && person == Some(alert.person) {
            true => text.extend_from_slice(b",\n  "),
            false => {
                text.extend_from_slice(if alert.record > 1 { b"\n]},\n" } else { b"\n" });
                text.extend_from_slice(b"{\"Person Ref\":");
                put_value(&alert, Column::PersonRef, &rows, &mut cell, &mut text);
                text.extend_from_slice(b",\"alerts\":[\n  ");
            }
        }
        person = (!own).then_some(alert.person);
        put_object(&alert, &columns, &rows, &mut cell, &mut text);
        truth.tell(&alert, rows.labels)?;
        if text.len() > 1 << 16 {
            out.write_all(&text).map_err(failed)?;
            text.clear();
            text.reserve(1 << 17);
        }
        if alert.record == rows.rows() {
            text.extend_from_slice(b"\n]}");
        }
    }
    text.extend_from_slice(b"\n]}\n");
    out.write_all(&text).map_err(failed)
}

/// Adds a record as an object.
pub fn put_object(
    alert: &Alert,
    columns: &[Column],
    rows: &Rows<'_>,
    cell: &mut Vec<u8>,
    text: &mut Vec<u8>,
) {
    for (at, column) in columns.iter().enumerate() {
        text.extend_from_slice(if at > 0 { b",\"" } else { b"{\"" });
        text.extend_from_slice(column.name(rows.labels).as_bytes());
        text.extend_from_slice(b"\":");
        put_value(alert, *column, rows, cell, text);
    }
    text.push(b'}');
}

/// Adds a cell as a string; null where it says nothing.
fn put_value(
    alert: &Alert,
    column: Column,
    rows: &Rows<'_>,
    cell: &mut Vec<u8>,
    text: &mut Vec<u8>,
) {
    cell.clear();
    alert.put(column, rows.labels, &rows.phrases, cell);
    if cell.is_empty() {
        return text.extend_from_slice(b"null");
    }
    text.push(b'"');
    for byte in cell.iter() {
        match byte {
            b'"' => text.extend_from_slice(b"\\\""),
            b'\\' => text.extend_from_slice(b"\\\\"),
            b'\n' => text.extend_from_slice(b"\\n"),
            other => text.push(*other),
        }
    }
    text.push(b'"');
}
