//! Rows that stand in the profile itself: a code, several codes, a table, or several tables of which
//! the first that fits holds.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::document::Document;
use super::super::section::Section;
use super::super::statements::FLAG_KEYS;
use super::VALUE_KEYS;
use super::row::{Place, WrittenRow};

/// Reads the `values` of a crosswalk.
pub(super) fn rows(
    document: &Document<'_>,
    name: &str,
    values: &DeTable<'_>,
    rows: &mut Vec<WrittenRow>,
) {
    for (key, value) in values {
        let one = |value: &Spanned<DeValue<'_>>| row(document, name, key.get_ref(), value);
        match value.get_ref() {
            DeValue::Array(list) if list.iter().any(|item| item.get_ref().is_table()) => {
                rows.extend(list.iter().filter_map(one));
            }
            _ => rows.extend(one(value)),
        }
    }
}

/// What a flag stands for, as a row of which the flag's column is the value.
pub(super) fn flag_row(
    document: &Document<'_>,
    name: &str,
    column: &str,
    written: &Spanned<DeValue<'_>>,
) -> Option<WrittenRow> {
    let open = |table| Section::among(document, name, table, FLAG_KEYS);
    row_of(document, name, column, written, open)
}

fn row(
    document: &Document<'_>,
    name: &str,
    value: &str,
    written: &Spanned<DeValue<'_>>,
) -> Option<WrittenRow> {
    let open = |table| Section::new(document, name, table, VALUE_KEYS);
    row_of(document, name, value, written, open)
}

fn row_of<'d, 'a>(
    document: &Document<'_>,
    name: &str,
    value: &str,
    written: &'d Spanned<DeValue<'a>>,
    open: impl FnOnce(&'d DeTable<'a>) -> Section<'d, 'a>,
) -> Option<WrittenRow> {
    let mut row = WrittenRow {
        value: value.to_owned(),
        name: None,
        targets: Vec::new(),
        status: "approved".to_owned(),
        when: Vec::new(),
        sets: Vec::new(),
        place: Place::Profile(written.span()),
    };
    match written.get_ref() {
        DeValue::String(target) => row.targets.push(target.to_string()),
        DeValue::Array(list) if list.iter().all(|item| item.get_ref().is_str()) => {
            let targets = list.iter().filter_map(|item| item.get_ref().as_str());
            row.targets.extend(targets.map(str::to_owned));
        }
        DeValue::Table(table) => fill(&mut row, &open(table)),
        _ => {
            let text = format!(
                "{name}: must be a code in quotes, a list of codes, or a table with target and status"
            );
            document.problem(&written.span(), text);
            return None;
        }
    }
    Some(row)
}

fn fill(row: &mut WrittenRow, section: &Section<'_, '_>) {
    let _ = section.text("note");
    let targets = section.text_or_texts("target").into_iter();
    row.targets.extend(targets.map(|target| target.value));
    if let Some(status) = section.text("status") {
        row.status = status.value;
    }
    if section.allows("when") {
        row.when = section.lists("when");
        let sets = section.scalars("sets").into_iter();
        row.sets = sets.map(|(field, text)| (field, text.value)).collect();
    }
}
