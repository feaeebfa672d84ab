//! The crosswalks of a profile: inline values and CSV files, resolved to keys of a code list.

mod base;
mod file;
mod inline;
mod meanings;
mod remarks;
mod row;

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, did_you_mean};
use super::section::Section;
use crate::cell::crosswalk::{CrosswalkReader, GivenValue};
use crate::cell::fold;
use crate::standard::Standard;
use row::WrittenRow;

pub(super) const KEYS: &[&str] = &["base", "file", "values", "unmapped"];
pub(super) const VALUE_KEYS: &[&str] = &["target", "status", "note", "when", "sets"];

/// A crosswalk as it is written: nothing resolved yet, because the field that uses it decides which
/// code list its targets belong to.
pub(super) struct WrittenCrosswalk {
    name: String,
    span: Range<usize>,
    unmapped: Option<(String, Range<usize>)>,
    used: Cell<bool>,
    pub(super) file: Option<PathBuf>,
    rows: Vec<WrittenRow>,
}

/// Reads a value for a field of the standard: the field's place and the value, or what is wrong.
pub(super) type ReadGiven<'s> = dyn Fn(&str, &str) -> Result<(usize, GivenValue), String> + 's;

/// What a crosswalk is resolved with.
pub(super) struct CodeList<'s> {
    /// The standard.
    pub standard: &'s Standard,
    /// The table that the targets are codes of.
    pub table: &'s str,
    /// Whether the codes are those of alerts: these may be several, depend on other columns and give
    /// values to further fields, and they never have a default.
    pub of_alerts: bool,
    /// Whether drafts apply.
    pub allow_draft: bool,
    /// Reads a value for a field of the standard, by the field's name.
    pub given: &'s ReadGiven<'s>,
}

/// Reads the `[crosswalks]` of a profile; files lie relative to `folder`, and `fields` are those that a
/// row may set.
pub(super) fn read(
    document: &Document<'_>,
    table: &DeTable<'_>,
    folder: &Path,
    fields: &[&str],
) -> HashMap<String, WrittenCrosswalk> {
    let mut all = HashMap::new();
    for (key, value) in table {
        let name = key.get_ref().to_string();
        let Some(table) = value.get_ref().as_table() else {
            document.problem(&value.span(), format!("crosswalks.{name} must be a table"));
            continue;
        };
        let section = Section::new(document, &format!("crosswalks.{name}"), table, KEYS);
        let mut crosswalk = WrittenCrosswalk {
            name: name.clone(),
            span: key.span(),
            unmapped: section.text("unmapped").map(|text| (text.value, text.span)),
            used: Cell::new(false),
            file: None,
            rows: Vec::new(),
        };
        if let Some(values) = section.open_table("values") {
            inline::rows(document, &section.name, values, &mut crosswalk.rows);
        }
        if let Some(file) = section.text("file") {
            let path = folder.join(&file.value);
            file::rows(document, &path, &file.span, fields, &mut crosswalk.rows);
            crosswalk.file = Some(path);
        }
        if let Some(base) = section.text("base") {
            base::add(document, &base, fields, &mut crosswalk.rows);
        }
        all.insert(name, crosswalk);
    }
    all
}

impl WrittenCrosswalk {
    /// Resolves the targets against a code list.
    pub(super) fn resolve(&self, document: &Document<'_>, list: &CodeList<'_>) -> CrosswalkReader {
        self.used.set(true);
        // a file in which nothing is decided yet has a meaning where a code stands in
        let waits = self.file.is_some() && self.unmapped.is_some();
        if self.rows.is_empty() && !waits {
            document.problem(
                &self.span,
                format!("crosswalks.{} has no values", self.name),
            );
        }
        let unmapped = self.unmapped(document, list);
        meanings::resolve(&self.rows, document, list).reader(unmapped)
    }

    /// Whether a row says what a value stands for.
    pub(super) fn has(&self, value: &str) -> bool {
        let wanted = fold(value);
        self.rows
            .iter()
            .any(|row| row.folded().any(|own| own == wanted))
    }

    /// Notes a crosswalk that no field uses: its codes would never be looked at.
    pub(super) fn refuse_unused(&self, document: &Document<'_>) {
        if !self.used.get() {
            let name = &self.name;
            let text = format!(
                "crosswalks.{name}: no field uses it; name it as a field's crosswalk, or remove it"
            );
            document.problem(&self.span, text);
        }
    }

    fn unmapped(&self, document: &Document<'_>, list: &CodeList<'_>) -> Option<i32> {
        let (text, span) = self.unmapped.as_ref()?;
        if text == "reject" {
            return None;
        }
        let name = &self.name;
        if list.of_alerts {
            let why = "must be reject: a wrong alert code is worse than none";
            document.problem(span, format!("crosswalks.{name}: unmapped {why}"));
            return None;
        }
        let id = list.standard.id_of(list.table, text);
        if id.is_none() {
            let codes = list.standard.codes_of(list.table);
            let near = did_you_mean(text, codes.into_iter());
            let text =
                format!("crosswalks.{name}: unmapped {text} is neither reject nor a code{near}");
            document.problem(span, text);
        }
        id
    }
}

/// The reader of a flag: what it stands for, as a crosswalk of which the flag's column is the only
/// value.
pub(super) fn flag_reader(
    document: &Document<'_>,
    name: &str,
    column: &str,
    written: &Spanned<DeValue<'_>>,
    list: &CodeList<'_>,
) -> CrosswalkReader {
    let row = inline::flag_row(document, name, column, written);
    let rows: Vec<_> = row.into_iter().collect();
    meanings::resolve(&rows, document, list).reader(None)
}
