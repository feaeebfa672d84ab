//! Reads a reviewed workbook back.

use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};

use super::csv_form::rows_of;
use super::row::Row;
use super::sheet::OTHER_SHEETS;
use crate::error::{Error, Result};

/// A crosswalk as a workbook holds it: the name of its sheet, and its rows with their lines.
pub type ReadSheet = (String, Vec<(usize, Row)>);

/// Reads the crosswalks of a workbook.
///
/// # Errors
/// It cannot be opened or read, or a sheet is no crosswalk.
pub fn read_workbook(path: &Path) -> Result<Vec<ReadSheet>> {
    let name = path.display().to_string();
    let broken = |error: calamine::Error| Error::Usage(format!("{name}: {error}"));
    let mut workbook = open_workbook_auto(path).map_err(broken)?;
    let mut sheets = Vec::new();
    for sheet in workbook.sheet_names() {
        if OTHER_SHEETS.contains(&sheet.as_str()) {
            continue;
        }
        let range = workbook.worksheet_range(&sheet).map_err(broken)?;
        let top = range.start().map_or(0, |(row, _)| row as usize);
        let mut rows = range.rows();
        let Some(header) = rows.next() else {
            continue;
        };
        let header: Vec<String> = header.iter().map(text).collect();
        let records = rows.enumerate().map(|(at, cells)| {
            let cells: Vec<String> = cells.iter().map(text).collect();
            (top + at + 2, cells)
        });
        let place = format!("{name}, sheet {sheet}");
        sheets.push((sheet, rows_of(&place, &header, records)?));
    }
    Ok(sheets)
}

/// A cell as text: a day as `yyyy-mm-dd`, a whole number without decimals.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.chars().take("2026-11-22".len()).collect(),
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string(),
    }
}
