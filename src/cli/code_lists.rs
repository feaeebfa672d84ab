//! `pac codes check` and `pac codes export`: code lists by themselves.

use std::io::Write;

use super::codes::{Format, csv_text};
use super::{json, print};
use crate::check::code_lists::{ListRemark, remarks};
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::profile::document::did_you_mean;
use crate::standard::Standard;

/// A remark as it is printed for programs.
#[derive(serde::Serialize)]
struct Told<'a> {
    rule: &'static str,
    slug: &'static str,
    severity: &'static str,
    file: &'a str,
    record: Option<u64>,
    line: Option<u64>,
    column: &'a str,
    message: &'a str,
}

/// Checks all lists, supplied or built in; returns 1 where one of them has errors.
///
/// # Errors
/// `out` cannot be written.
pub(super) fn check(standard: &Standard, format: Format, out: &mut dyn Write) -> Result<u8> {
    let remarks = remarks(standard, true)?;
    let told = remarks.iter().map(told);
    let text = match format {
        Format::Text => {
            let lines: String = remarks.iter().map(line).collect();
            lines + &summary(standard, &remarks)
        }
        Format::Json => json(&told.collect::<Vec<_>>())?,
        Format::Csv => csv_text(told)?,
    };
    print(out, text.as_bytes())?;
    let failed = remarks
        .iter()
        .any(|remark| remark.rule.severity == Severity::Error);
    Ok(u8::from(failed))
}

/// Prints a list in the form in which `--standard` takes it.
///
/// # Errors
/// There is no such list, or `out` cannot be written.
pub(super) fn export(standard: &Standard, table: &str, out: &mut dyn Write) -> Result<u8> {
    let lists = || standard.lookups().iter().map(|list| list.table.as_str());
    let (Some(table), Some(list)) = (standard.table(table), standard.lookup(table)) else {
        let near = did_you_mean(table, lists());
        let known = lists().collect::<Vec<_>>().join(", ");
        let text = format!("{table} is no code list{near}; there are {known}");
        return Err(Error::Usage(text));
    };
    let header: Vec<&str> = table.fields.iter().map(|own| own.name.as_str()).collect();
    let rows = list.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| cell.as_deref().unwrap_or_default());
        cells.collect::<Vec<_>>()
    });
    let text = csv_text(std::iter::once(header).chain(rows))?;
    print(out, text.as_bytes())?;
    Ok(0)
}

fn told(remark: &ListRemark) -> Told<'_> {
    let place = |number: u64| Some(number).filter(|number| *number > 0);
    Told {
        rule: remark.rule.id,
        slug: remark.rule.slug,
        severity: remark.rule.severity.as_str(),
        file: &remark.file,
        record: place(remark.record),
        line: place(remark.line),
        column: &remark.column,
        message: &remark.message,
    }
}

fn line(remark: &ListRemark) -> String {
    let place = match remark.line {
        0 => String::new(),
        line => format!(":{line}"),
    };
    let ListRemark {
        rule,
        file,
        message,
        ..
    } = remark;
    let severity = rule.severity.as_str();
    format!("{file}{place}: {severity}: {} {message}\n", rule.id)
}

fn summary(standard: &Standard, remarks: &[ListRemark]) -> String {
    let lists = standard.lookups().iter();
    let rows = lists.map(|list| {
        let origin = if list.is_supplied { "" } else { ", built in" };
        format!("  {:<32}{} rows{origin}\n", list.file, list.rows.len())
    });
    let count = |severity| {
        let all = remarks.iter();
        all.filter(|remark| remark.rule.severity == severity)
            .count()
    };
    let counted = format!(
        "{} errors, {} warnings, {} infos\n",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info)
    );
    rows.collect::<String>() + &counted
}
