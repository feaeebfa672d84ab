//! `findings.xlsx`: the report for those who work in a spreadsheet. Every text is written as text, and never
//! as a formula.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, BooleanArray, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReaderBuilder, RowSelection};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::account::Account;
use super::audience::Audience;
use super::numerals::number;
use super::shown::shown;
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::write::folder;

/// Findings that the workbook holds: more than anybody reads, and few enough to be opened at once. It is far
/// below the 1,048,576 rows that a sheet can have.
pub const MOST_FINDINGS: u64 = 50_000;
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
    let bytes = render(path, root, account, audience)?;
    let mut file = folder::create_file(path)?;
    let written = std::io::Write::write_all(&mut file, &bytes);
    written.map_err(|error| Error::output(path, &error))
}

/// The bytes of the workbook about the output in `root`; `path` is where it is to lie.
///
/// # Errors
/// A file of the output cannot be read.
pub fn render(path: &Path, root: &Path, account: &Account, audience: Audience) -> Result<Vec<u8>> {
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
    let sheet = workbook.add_worksheet_with_low_memory().map_err(failed)?;
    sheet.set_name("Findings").map_err(failed)?;
    head(sheet, &COLUMNS, &styles).map_err(failed)?;
    let mut room = room(account);
    let mut row = 1;
    for file in files(root, account) {
        row = findings(sheet, row, &file, &mut room, &styles, failed)?;
    }
    filter(sheet, row, COLUMNS.len()).map_err(failed)?;
    let sheet = workbook.add_worksheet().set_name("Values without a code");
    unmapped(sheet.map_err(failed)?, account, audience, &styles).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
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

/// Writes a text, so that it stays one when somebody edits the cell or saves the sheet as CSV.
fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, styles: &Styles) -> Written {
    let text = match text.chars().any(|c| c.is_control()) || text.len() > MOST_TEXT {
        true => shown(text, MOST_TEXT),
        false => text.to_owned(),
    };
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

/// Writes the findings of a file that have room; returns the next free row.
fn findings(
    sheet: &mut Worksheet,
    mut row: u32,
    path: &Path,
    room: &mut [u64; 4],
    styles: &Styles,
    failed: impl Fn(XlsxError) -> Error + Copy,
) -> Result<u32> {
    let names = COLUMNS.map(|(name, _)| name);
    let chosen = batches(path, &["severity"], None, |batch| Ok(choose(batch, room)))?;
    if chosen.iter().all(|own| own.true_count() == 0) {
        return Ok(row);
    }
    let chosen = RowSelection::from_filters(&chosen);
    batches(path, &names, Some(chosen), |batch| {
        for at in 0..batch.num_rows() {
            put(sheet, row, batch, at, styles).map_err(failed)?;
            row += 1;
        }
        Ok(())
    })?;
    Ok(row)
}

/// The rows of a batch that have room, which is taken.
fn choose(batch: &RecordBatch, room: &mut [u64; 4]) -> BooleanArray {
    let severities = batch.column(0).as_string::<i32>();
    let chosen = severities.iter().map(|severity| {
        let at = ORDER.iter().position(|own| Some(own.as_str()) == severity);
        match at.and_then(|at| room.get_mut(at)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                Some(true)
            }
            _ => Some(false),
        }
    });
    chosen.collect()
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    batch: &RecordBatch,
    at: usize,
    styles: &Styles,
) -> Written {
    for (column, (name, _)) in (0..).zip(COLUMNS) {
        let Some(cells) = batch
            .column_by_name(name)
            .filter(|cells| cells.is_valid(at))
        else {
            continue;
        };
        if let Some(numbers) = cells.as_primitive_opt::<Int64Type>() {
            sheet.write_number(row, column, numbers.value(at) as f64)?;
        } else if let Some(texts) = cells.as_string_opt::<i32>() {
            text(sheet, row, column, texts.value(at), styles)?;
        }
    }
    Ok(())
}

/// Hands over some columns of a file, a batch at a time.
fn batches<T>(
    path: &Path,
    columns: &[&str],
    rows: Option<RowSelection>,
    mut each: impl FnMut(&RecordBatch) -> Result<T>,
) -> Result<Vec<T>> {
    let failed = |error| Error::parquet(path, &error);
    let file = File::open(path).map_err(|error| Error::output(path, &error))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(failed)?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
    let mut builder = builder.with_projection(mask).with_batch_size(8192);
    if let Some(rows) = rows {
        builder = builder.with_row_selection(rows);
    }
    let mut all = Vec::new();
    for batch in builder.build().map_err(failed)? {
        let batch = batch.map_err(|error| Error::Internal(error.to_string()))?;
        all.push(each(&batch)?);
    }
    Ok(all)
}
