//! A workbook with one sheet, a row an alert.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::cells::Column;
use super::rows::Rows;
use super::truth::Truth;
use crate::error::{Error, Result};

/// Rows that a sheet has below its header.
pub const MOST_ROWS: u64 = 1_048_575;
/// Days from the first day of a workbook to 1970-01-01.
const EPOCH: i32 = 25_569;

/// Writes the records, and what is wrong with them.
pub fn write(path: &Path, mut rows: Rows<'_>, truth: &mut Truth) -> Result<()> {
    let failed = |error: XlsxError| Error::Output {
        path: path.to_owned(),
        why: error.to_string(),
    };
    let columns = Column::of(rows.shape);
    let days = Format::new().set_num_format("dd/mm/yyyy");
    let mut workbook = Workbook::new();
    // the bytes are not to depend on the clock
    let made = ExcelDateTime::from_ymd(2026, 11, 22).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .map_err(failed)?;
    sheet.set_name("Alerts").map_err(failed)?;
    for (at, column) in (0..).zip(&columns) {
        sheet
            .write_string(0, at, column.name(rows.labels))
            .map_err(failed)?;
    }
    let mut cell = Vec::new();
    while let Some(alert) = rows.next() {
        for (at, column) in (0..).zip(&columns) {
            cell.clear();
            alert.put(*column, rows.labels, &rows.phrases, &mut cell);
            let text = std::str::from_utf8(&cell).unwrap_or_default();
            let row = alert.record as u32;
            match alert.day(*column) {
                _ if text.is_empty() => {}
                Some(day) => {
                    let day = ExcelDateTime::from_serial_datetime(f64::from(day + EPOCH))
                        .map_err(failed)?;
                    sheet
                        .write_datetime_with_format(row, at, day, &days)
                        .map_err(failed)?;
                }
                None => {
                    sheet.write_string(row, at, text).map_err(failed)?;
                }
            }
        }
        truth.tell(&alert, rows.labels)?;
    }
    workbook.save(path).map_err(failed)
}
