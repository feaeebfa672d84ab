//! `findings.xlsx`: the report for those who work in a spreadsheet. Every text is written as text, and never
//! as a formula.

mod findings_reader;
mod sheet_rows;

use std::borrow::Cow;
use std::io::{BufWriter, Cursor, IntoInnerError, Seek, Write};
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, Int64Array, RecordBatch};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::account::Account;
use super::audience::Audience;
use super::numerals::number;
use super::shown::shown;
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::write::folder;
use findings_reader::{FindingsReader, Words};
use sheet_rows::{SAMPLE_ROW, SheetRows};

/// Findings that the workbook holds: more than anybody reads, few enough to be opened at once and to be written
/// in a tenth of a second. It is far below the 1,048,576 rows that a sheet can have.
pub const MOST_FINDINGS: u64 = 50_000;
/// Where the sheet of findings lies in the workbook, as the second one.
const FINDINGS: &str = "xl/worksheets/sheet2.xml";
/// Characters of a text that a cell can hold.
const MOST_TEXT: usize = 32_000;
/// Columns of the sheet of findings with their widths, in the order of acting on them.
const COLUMNS: [(&str, f64); 12] = [
    ("severity", 10.0),
    ("rule", 9.0),
    ("slug", 26.0),
    ("landlord", 10.0),
    ("file", 22.0),
    ("record", 9.0),
    ("line", 9.0),
    ("cell", 8.0),
    ("column", 22.0),
    ("message", 60.0),
    ("fix", 60.0),
    ("effect", 11.0),
];
/// Severities in the order in which findings are taken where not all have room.
const ORDER: [Severity; 4] = [
    Severity::Error,
    Severity::Warning,
    Severity::Info,
    Severity::Waived,
];

/// Writes the workbook about the output in `root` into a file that must not exist yet.
///
/// # Errors
/// A file cannot be read or written.
pub fn write(path: &Path, root: &Path, account: &Account, audience: Audience) -> Result<()> {
    let file = BufWriter::new(folder::create_file(path)?);
    let file = put_into(file, path, root, account, audience)?;
    let written = file.into_inner().map_err(IntoInnerError::into_error);
    written.map_err(|error| Error::output(path, &error))?;
    Ok(())
}

/// The bytes of the workbook about the output in `root`; `path` is where it is to lie.
///
/// # Errors
/// A file of the output cannot be read.
pub fn render(path: &Path, root: &Path, account: &Account, audience: Audience) -> Result<Vec<u8>> {
    let bytes = put_into(Cursor::new(Vec::new()), path, root, account, audience)?;
    Ok(bytes.into_inner())
}

fn put_into<W: Write + Seek>(
    into: W,
    path: &Path,
    root: &Path,
    account: &Account,
    audience: Audience,
) -> Result<W> {
    let failed = |error: XlsxError| Error::Output {
        path: path.to_owned(),
        why: error.to_string(),
    };
    let mut workbook = Workbook::new();
    // the bytes are not to depend on the clock
    let made = ExcelDateTime::parse_from_str(&account.report.as_of).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let styles = Styles::new();
    let summary = workbook
        .add_worksheet()
        .set_name("Summary")
        .map_err(failed)?;
    summarise(summary, account, &styles).map_err(failed)?;
    let mut room = room(account);
    let count = room.iter().sum();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Findings").map_err(failed)?;
    head(sheet, &COLUMNS, &styles).map_err(failed)?;
    let sample = sheet.write_string_with_format(SAMPLE_ROW - 1, 0, "=", &styles.quoted);
    sample.map_err(failed)?;
    filter(sheet, count as u32 + 1, COLUMNS.len()).map_err(failed)?;
    let sheet = workbook.add_worksheet().set_name("Values without a code");
    unmapped(sheet.map_err(failed)?, account, audience, &styles).map_err(failed)?;
    let bytes = workbook.save_to_buffer().map_err(failed)?;
    sheet_rows::fill(path, bytes, into, FINDINGS, count, |rows| {
        let mut files = files(root, account).into_iter();
        files.try_for_each(|file| findings(rows, &file, &mut room))
    })
}

struct Styles {
    bold: Format,
    head: Format,
    count: Format,
    /// Shows a text that a spreadsheet would take for a formula if it were typed in.
    quoted: Format,
}

impl Styles {
    fn new() -> Styles {
        Styles {
            bold: Format::new().set_bold(),
            head: Format::new().set_bold().set_background_color("#E6EAF0"),
            count: Format::new().set_num_format("#,##0"),
            quoted: Format::new().set_quote_prefix(),
        }
    }
}

type Written = std::result::Result<(), XlsxError>;

/// A text as a cell can hold it.
fn in_cell(text: &str) -> Cow<'_, str> {
    match text.len() > MOST_TEXT || text.chars().any(char::is_control) {
        true => shown(text, MOST_TEXT).into(),
        false => text.into(),
    }
}

/// Writes a text, so that it stays one when somebody edits the cell or saves the sheet as CSV.
fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, styles: &Styles) -> Written {
    let text = in_cell(text);
    match text.starts_with(['=', '+', '-', '@']) {
        true => sheet.write_string_with_format(row, column, text, &styles.quoted)?,
        false => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

fn count(sheet: &mut Worksheet, row: u32, column: u16, count: u64, styles: &Styles) -> Written {
    sheet.write_number_with_format(row, column, count as f64, &styles.count)?;
    Ok(())
}

fn head(sheet: &mut Worksheet, columns: &[(&str, f64)], styles: &Styles) -> Written {
    for (at, (name, width)) in (0..).zip(columns) {
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(0, at, *name, &styles.head)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn filter(sheet: &mut Worksheet, rows: u32, columns: usize) -> Written {
    let last = u16::try_from(columns).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(0, 0, rows.saturating_sub(1).max(1), last)?;
    Ok(())
}

fn summarise(sheet: &mut Worksheet, account: &Account, styles: &Styles) -> Written {
    let report = &account.report;
    let total = &report.ledger.total;
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 14)?;
    sheet.set_column_width(2, 12)?;
    sheet.set_column_width(3, 70)?;
    sheet.write_string_with_format(0, 0, "Confidential", &styles.bold)?;
    let verdict = format!(
        "{}: {}",
        report.verdict.result.words(),
        report.verdict.in_full()
    );
    text(sheet, 1, 0, &verdict, styles)?;
    let findings = report.findings.total();
    if findings > MOST_FINDINGS {
        let told = format!(
            "the sheet Findings holds {} of {} findings, errors first; all are in findings.csv and findings.parquet",
            number(MOST_FINDINGS),
            number(findings)
        );
        text(sheet, 2, 0, &told, styles)?;
    }
    let counts = [
        ("records read", total.records_read),
        ("records with alerts", total.records_with_alerts),
        ("records without alerts", total.records_without_alerts),
        ("records unreadable", total.records_unreadable),
        ("records skipped", total.records_skipped),
        ("candidates", total.candidates),
        ("emitted", total.emitted),
        ("merged", total.merged),
        ("rejected", total.rejected),
        ("of the rejected for review", total.review),
        ("of the rejected without a code", total.gap),
        ("skipped", total.skipped),
        ("values to decide on", report.unmapped_values as u64),
    ];
    let mut row = 4;
    for (name, number) in counts {
        text(sheet, row, 0, name, styles)?;
        count(sheet, row, 1, number, styles)?;
        row += 1;
    }
    row += 1;
    for (at, name) in (0..).zip(["rule", "findings", "severity", "what to do"]) {
        sheet.write_string_with_format(row, at, name, &styles.head)?;
    }
    for rule in report.findings.gravest_first() {
        row += 1;
        text(
            sheet,
            row,
            0,
            &format!("{} {}", rule.rule, rule.slug),
            styles,
        )?;
        count(sheet, row, 1, rule.count, styles)?;
        text(sheet, row, 2, rule.severity.as_str(), styles)?;
        text(sheet, row, 3, &rule.fix, styles)?;
    }
    Ok(())
}

fn unmapped(
    sheet: &mut Worksheet,
    account: &Account,
    audience: Audience,
    styles: &Styles,
) -> Written {
    let columns = [
        ("value", 34.0),
        ("column", 24.0),
        ("count", 10.0),
        ("outcome", 12.0),
        ("first_seen", 30.0),
    ];
    head(sheet, &columns, styles)?;
    let mut at = 1;
    for row in &account.unmapped {
        let place = format!("{} line {}", row.file, row.line);
        let value = match audience.sees_values() {
            true => row.cell("value"),
            false => &place,
        };
        text(sheet, at, 0, value, styles)?;
        text(sheet, at, 1, row.cell("column"), styles)?;
        count(sheet, at, 2, row.count(), styles)?;
        text(sheet, at, 3, row.cell("outcome"), styles)?;
        text(sheet, at, 4, row.cell("first_seen"), styles)?;
        at += 1;
    }
    filter(sheet, at, columns.len())?;
    if account.unmapped_further > 0 {
        let more = number(account.unmapped_further as u64);
        text(
            sheet,
            at,
            0,
            &format!("{more} more are in unmapped_values"),
            styles,
        )?;
    }
    Ok(())
}

/// How many findings of each severity have room, in the order of [`ORDER`].
fn room(account: &Account) -> [u64; 4] {
    let counts = &account.report.findings;
    let mut left = MOST_FINDINGS;
    [counts.error, counts.warning, counts.info, counts.waived].map(|count| {
        let room = count.min(left);
        left -= room;
        room
    })
}

/// The files of findings, landlord by landlord.
fn files(root: &Path, account: &Account) -> Vec<PathBuf> {
    let landlords = account.report.landlords.iter().map(|landlord| {
        let part = format!("landlord={}/part-0.parquet", landlord.code);
        root.join("findings").join(part)
    });
    let files = std::iter::once(root.join("findings.parquet")).chain(landlords);
    files.filter(|file| file.is_file()).collect()
}

/// Writes the findings of a file that have room.
fn findings(rows: &mut SheetRows, path: &Path, room: &mut [u64; 4]) -> Result<()> {
    let mut findings = FindingsReader::open(path, &COLUMNS.map(|(name, _)| name))?;
    while room.iter().any(|left| *left > 0)
        && let Some(batch) = findings.next()?
    {
        let chosen = choose(&batch, room);
        if !chosen.is_empty() {
            put(rows, &batch, &chosen)?;
        }
    }
    Ok(())
}

/// The rows of a batch that have room, which is taken.
fn choose(batch: &RecordBatch, room: &mut [u64; 4]) -> Vec<usize> {
    let severities = batch.column_by_name("severity").and_then(Words::of);
    let Some(severities) = severities else {
        return Vec::new();
    };
    let has_room = |row: &usize| {
        let severity = severities.get(*row);
        let at = ORDER.iter().position(|own| Some(own.as_str()) == severity);
        match at.and_then(|at| room.get_mut(at)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    };
    (0..batch.num_rows()).filter(has_room).collect()
}

/// A column of a batch, as a sheet shows it.
enum Cells<'b> {
    Numbers(&'b Int64Array),
    Words(Words<'b>),
}

/// Adds some rows of a batch.
fn put(rows: &mut SheetRows, batch: &RecordBatch, chosen: &[usize]) -> Result<()> {
    let cells = COLUMNS.map(|(name, _)| {
        let column = batch.column_by_name(name)?;
        match column.as_primitive_opt::<Int64Type>() {
            Some(numbers) => Some(Cells::Numbers(numbers)),
            None => Words::of(column).map(Cells::Words),
        }
    });
    for row in chosen {
        for (column, cells) in (0..).zip(&cells) {
            match cells {
                Some(Cells::Numbers(numbers)) if numbers.is_valid(*row) => {
                    rows.number(column, numbers.value(*row));
                }
                Some(Cells::Words(words)) => {
                    if let Some(text) = words.get(*row) {
                        rows.text(column, &in_cell(text));
                    }
                }
                _ => {}
            }
        }
        rows.end_row()?;
    }
    Ok(())
}
