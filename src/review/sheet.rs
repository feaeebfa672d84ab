//! Crosswalks as a workbook in which a reviewer chooses codes from a list.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    Formula, Workbook, Worksheet, XlsxError,
};

use super::csv_form::cell;
use super::row::{RELATIONS, Row, STATUSES};
use crate::error::{Error, Result};
use crate::standard::Standard;
use crate::suggest::CodeList;

/// Columns of a sheet with their widths, in the order in which a reviewer reads them.
const COLUMNS: [(&str, f64); 12] = [
    ("value", 32.0),
    ("name", 24.0),
    ("cells", 8.0),
    ("columns", 18.0),
    ("marks", 26.0),
    ("suggestions", 60.0),
    ("target", 40.0),
    ("relation", 12.0),
    ("status", 12.0),
    ("reviewer", 18.0),
    ("date", 12.0),
    ("note", 44.0),
];
/// Columns that a reviewer fills in.
const ASKED: [&str; 6] = ["target", "relation", "status", "reviewer", "date", "note"];
/// Names of the sheets that are no crosswalks.
pub(super) const OTHER_SHEETS: [&str; 3] = ["How to", "List of codes", "List of sources"];

const HOW_TO: [&str; 12] = [
    "Each row asks what one value of the landlord's system stands for.",
    "target: choose the code from the list. Several codes are written with | between them, such as RISK5.01|RISK5.04.",
    "status: approved, the code is right; confirmed, it is right although the words seem to say otherwise; gap, the standard has no code for the value; ignore, it is no alert; review, somebody else must decide; draft, not looked at yet.",
    "relation: exact, the code says what the value says; broader, the code holds more than the value; narrower, it claims more than the value; ambiguous; none.",
    "reviewer and date: who decided by role, and on which day, as 2026-11-22.",
    "Rows whose values look most dangerous without a code come first.",
    "marks and suggestions are made by words alone. Nobody has approved them.",
    "Never guess where a guess could endanger someone: leave it at review.",
    "How to visit (two person visit) is no cause: ask what the danger is.",
    "Domestic abuse needs a direction: does the person suffer or commit it?",
    "Other columns may be changed, and are not read back but for value, name and conditions.",
    "pac crosswalk import reads this workbook back, refuses unknown codes, and says what changed.",
];

/// A crosswalk that becomes a sheet.
pub struct SheetOf<'r> {
    /// Its name, by which it is found again.
    pub name: String,
    /// What its codes are.
    pub list: CodeList,
    /// Its rows.
    pub rows: &'r [Row],
}

/// The bytes of a workbook with a sheet for each crosswalk, and the lists to choose from.
///
/// # Errors
/// A name that cannot be a sheet's, or a bug of ours.
pub fn workbook(crosswalks: &[SheetOf<'_>], standard: &Standard) -> Result<Vec<u8>> {
    let failed = |error: XlsxError| Error::Internal(format!("the workbook: {error}"));
    let mut workbook = Workbook::new();
    // the bytes are not to depend on the clock
    let made = ExcelDateTime::from_ymd(2026, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let codes: Vec<String> = standard
        .codes
        .iter()
        .map(|code| format!("{} {}", code.subcode, code.subname))
        .collect();
    let sources = source_names(standard);
    for own in crosswalks {
        let (sheet, choices) = match own.list {
            CodeList::Alerts => (OTHER_SHEETS[1], &codes),
            CodeList::Sources => (OTHER_SHEETS[2], &sources),
        };
        let list = format!("='{sheet}'!$A$2:$A${}", choices.len() + 1);
        let page = workbook.add_worksheet();
        page.set_name(&own.name).map_err(|error| {
            Error::Usage(format!(
                "{}: cannot be the name of a sheet: {error}",
                own.name
            ))
        })?;
        crosswalk(page, own, &list, choices).map_err(failed)?;
    }
    how_to(workbook.add_worksheet()).map_err(failed)?;
    listed(workbook.add_worksheet(), OTHER_SHEETS[1], &codes).map_err(failed)?;
    listed(workbook.add_worksheet(), OTHER_SHEETS[2], &sources).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

/// Codes of sources with their names.
pub(super) fn source_names(standard: &Standard) -> Vec<String> {
    let lookup = standard.lookup("source_types");
    let rows = lookup
        .map(|lookup| lookup.rows.as_slice())
        .unwrap_or_default();
    let codes = standard.codes_of("source_types").into_iter();
    let names = codes.zip(rows).map(|(code, row)| {
        // behind the key and the code stands the name
        let name = row.get(2).and_then(Option::as_deref).unwrap_or_default();
        format!("{code} {name}").trim().to_owned()
    });
    names.collect()
}

fn crosswalk(
    page: &mut Worksheet,
    own: &SheetOf<'_>,
    list: &str,
    choices: &[String],
) -> std::result::Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(0xDCE6F1);
    let asked = Format::new().set_bold().set_background_color(0xFFF2CC);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut further: Vec<&str> = Vec::new();
    for (name, text) in own.rows.iter().flat_map(|row| &row.further) {
        if !text.is_empty() && !further.contains(&name.as_str()) {
            further.push(name);
        }
    }
    for (at, (name, width)) in (0..).zip(COLUMNS) {
        let format = if ASKED.contains(&name) { &asked } else { &head };
        page.write_string_with_format(0, at, name, format)?;
        page.set_column_width(at, width)?;
    }
    let beyond = COLUMNS.len() as u16;
    for (at, name) in (beyond..).zip(&further) {
        page.write_string_with_format(0, at, *name, &head)?;
    }
    for (line, row) in (1..).zip(own.rows) {
        for (at, (name, _)) in (0..).zip(COLUMNS) {
            match (name, row.cells) {
                ("cells", Some(count)) => page.write_number(line, at, count as f64)?,
                ("target", _) => {
                    page.write_string_with_format(line, at, shown(row, choices), &wrap)?
                }
                _ => page.write_string_with_format(line, at, cell(row, name), &wrap)?,
            };
        }
        for (at, wanted) in (beyond..).zip(&further) {
            let found = row.further.iter().find(|(name, _)| name == wanted);
            page.write_string(line, at, found.map_or("", |(_, text)| text))?;
        }
    }
    let last = own.rows.len().max(1) as u32;
    let place = |name: &str| {
        COLUMNS
            .iter()
            .position(|(own, _)| *own == name)
            .unwrap_or_default() as u16
    };
    // several codes in a cell are no entry of the list, so it warns and does not refuse
    let codes = DataValidation::new()
        .allow_list_formula(Formula::new(list))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("No code of the list")?
        .set_error_message(
            "Choose a code from the list; several are written with | between them.",
        )?;
    page.add_data_validation(1, place("target"), last, place("target"), &codes)?;
    for (column, words) in [("relation", &RELATIONS[..]), ("status", &STATUSES[..])] {
        let words = DataValidation::new().allow_list_strings(words)?;
        page.add_data_validation(1, place(column), last, place(column), &words)?;
    }
    page.set_freeze_panes(1, 1)?;
    page.autofilter(0, 0, last, beyond - 1)?;
    Ok(())
}

/// A row's code as the list shows it; several as they are.
fn shown(row: &Row, choices: &[String]) -> String {
    let [only] = row.targets.as_slice() else {
        return row.target();
    };
    let begins = |choice: &&String| choice.split(' ').next() == Some(only.as_str());
    choices.iter().find(begins).unwrap_or(only).clone()
}

fn how_to(page: &mut Worksheet) -> std::result::Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name(OTHER_SHEETS[0])?;
    page.set_column_width(0, 110.0)?;
    for (line, text) in (0..).zip(HOW_TO) {
        page.write_string_with_format(line, 0, text, &wrap)?;
    }
    Ok(())
}

fn listed(
    page: &mut Worksheet,
    name: &str,
    choices: &[String],
) -> std::result::Result<(), XlsxError> {
    page.set_name(name)?;
    page.set_column_width(0, 90.0)?;
    page.write_string_with_format(0, 0, "code and name", &Format::new().set_bold())?;
    for (line, choice) in (1..).zip(choices) {
        page.write_string(line, 0, choice)?;
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::row::targets;
    use super::super::sheet_reading::read_workbook;
    use super::*;

    #[test]
    fn a_workbook_is_read_back_as_it_was_written() {
        let row = |value: &str, target: &str, status: &str| Row {
            value: value.to_owned(),
            targets: targets(target),
            status: status.to_owned(),
            relation: "exact".to_owned(),
            cells: Some(12),
            further: vec![("when Role".to_owned(), "tenant".to_owned())],
            ..Row::default()
        };
        let rows = [
            row("=Asthma", "MED1.01", "draft"),
            row("Oxygen", "RISK5.01|RISK5.04", "approved"),
            row("DV", "", "review"),
        ];
        let sheet = SheetOf {
            name: "alert_types".to_owned(),
            list: CodeList::Alerts,
            rows: &rows,
        };
        let standard = Standard::embedded().unwrap();
        let bytes = workbook(&[sheet], &standard).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review.xlsx");
        std::fs::write(&path, bytes).unwrap();
        let read = read_workbook(&path).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].0, "alert_types");
        let back: Vec<Row> = read[0].1.iter().map(|(_, row)| row.clone()).collect();
        assert_eq!(back, rows);
        assert_eq!(read[0].1[2].0, 4);
        let long = SheetOf {
            name: "x".repeat(40),
            list: CodeList::Alerts,
            rows: &[],
        };
        assert!(matches!(workbook(&[long], &standard), Err(Error::Usage(_))));
    }

    #[test]
    fn sources_have_their_names() {
        let names = source_names(&Standard::embedded().unwrap());
        assert_eq!(names.len(), 8);
        assert_eq!(names[0], "GP General Practitioner");
    }
}
