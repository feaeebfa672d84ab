//! Findings as lines of CSV.

use super::{COLUMNS, FindingNames};
use crate::error::{Error, Result};
use crate::finding::kinds::Kinds;
use crate::finding::{Finding, Remark};

/// The line that names the columns.
///
/// # Errors
/// [`Error::Internal`] where that cannot be written.
pub(super) fn header() -> Result<String> {
    let mut header = cells(&COLUMNS)?;
    header.push('\n');
    Ok(header)
}

/// What the lines of many findings have in common: all but the numbers in the middle.
struct Shared {
    /// From the rule to the file.
    front: String,
    /// From the column to the end of the line.
    back: String,
}

/// The lines of findings, of which `kinds` are the kinds.
///
/// # Errors
/// [`Error::Internal`] where a cell cannot be written.
pub(super) fn lines(
    findings: &[Finding],
    kinds: &Kinds<'_>,
    names: &FindingNames,
) -> Result<String> {
    let all = kinds.examples.iter().map(|own| shared(own, names));
    let all: Vec<Shared> = all.collect::<Result<_>>()?;
    let mut text = String::with_capacity(findings.len() * 256);
    let mut digits = itoa::Buffer::new();
    for (finding, Shared { front, back }) in findings.iter().zip(kinds.each(&all)) {
        text.push_str(front);
        for number in [finding.record, finding.line] {
            text.push(',');
            if number > 0 {
                text.push_str(digits.format(number));
            }
        }
        text.push(',');
        if let Some(cell) = finding.cell() {
            cell.push_onto(&mut text);
        }
        text.push_str(back);
    }
    Ok(text)
}

fn shared(finding: &Finding, names: &FindingNames) -> Result<Shared> {
    let Remark {
        rule,
        column,
        message,
        ..
    } = &*finding.remark;
    let front = cells(&[
        rule.id,
        rule.slug,
        finding.severity.as_str(),
        finding.effect.as_str(),
        names.file(finding.input),
    ])?;
    let back = cells(&[
        column,
        message,
        rule.fix,
        rule.subject,
        rule.table,
        &names.landlord,
    ])?;
    let back = format!(",{back}\n");
    Ok(Shared { front, back })
}

/// Cells as CSV, with quotes where they are needed.
fn cells(cells: &[&str]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |why: String| Error::Internal(format!("findings: {why}"));
    writer
        .write_record(cells)
        .map_err(|error| failed(error.to_string()))?;
    let bytes = writer.into_inner();
    let bytes = bytes.map_err(|error| failed(error.to_string()))?;
    let mut text = String::from_utf8(bytes).map_err(|error| failed(error.to_string()))?;
    text.truncate(text.trim_end_matches('\n').len());
    Ok(text)
}
