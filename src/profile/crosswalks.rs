//! The crosswalks of a profile: inline values and CSV files, resolved to keys of a code list.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::document::{Document, Section, did_you_mean};
use crate::cell::crosswalk::{CrosswalkReader, Target};
use crate::cell::fold;
use crate::standard::Standard;

pub(super) const KEYS: &[&str] = &["file", "values", "unmapped"];
pub(super) const VALUE_KEYS: &[&str] = &["target", "status", "note"];
const STATUSES: [&str; 5] = ["approved", "draft", "review", "gap", "ignore"];

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

struct WrittenRow {
    value: String,
    target: String,
    status: String,
    place: Place,
}

enum Place {
    Profile(Range<usize>),
    File(PathBuf, usize),
}

/// Reads the `[crosswalks]` of a profile; files lie relative to `folder`.
pub(super) fn read(
    document: &Document<'_>,
    table: &DeTable<'_>,
    folder: &Path,
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
            inline_rows(document, &section.name, values, &mut crosswalk.rows);
        }
        if let Some(file) = section.text("file") {
            let path = folder.join(&file.value);
            file_rows(document, &path, &file.span, &mut crosswalk.rows);
            crosswalk.file = Some(path);
        }
        all.insert(name, crosswalk);
    }
    all
}

fn inline_rows(
    document: &Document<'_>,
    name: &str,
    values: &DeTable<'_>,
    rows: &mut Vec<WrittenRow>,
) {
    for (key, value) in values {
        let (target, status) = match value.get_ref() {
            DeValue::String(target) => (target.to_string(), "approved".to_owned()),
            DeValue::Table(table) => {
                let section = Section::new(document, name, table, VALUE_KEYS);
                let _ = section.text("note");
                let text = |key| section.text(key).map(|text| text.value);
                let target = text("target").unwrap_or_default();
                (
                    target,
                    text("status").unwrap_or_else(|| "approved".to_owned()),
                )
            }
            _ => {
                let text =
                    format!("{name}: must be a code in quotes or a table with target and status");
                document.problem(&value.span(), text);
                continue;
            }
        };
        rows.push(WrittenRow {
            value: key.get_ref().to_string(),
            target,
            status,
            place: Place::Profile(value.span()),
        });
    }
}

fn file_rows(
    document: &Document<'_>,
    path: &Path,
    span: &Range<usize>,
    rows: &mut Vec<WrittenRow>,
) {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            document.problem(span, format!("{}: {error}", path.display()));
            return;
        }
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|wanted| {
            (
                first.iter().filter(|byte| *byte == wanted).count(),
                *wanted == b',',
            )
        })
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(bytes);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => return document.problem_in(path, Some(1), error.to_string()),
    };
    let place = |name: &str| header.iter().position(|cell| fold(cell) == name);
    let (Some(value_at), Some(target_at)) = (place("value"), place("target")) else {
        let text = "the header needs the columns value and target, and may have status and note";
        return document.problem_in(path, Some(1), text);
    };
    let status_at = place("status");
    if bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        let text = "a quote is opened and never closed, or closed and never opened; the lines behind it cannot be told from it";
        return document.problem_in(path, None, text);
    }
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map(|position| position.line() as usize);
                let text = "is not UTF-8; save it as CSV UTF-8";
                document.problem_in(path, line, text);
                continue;
            }
        };
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        if record.len() == 1 && header.len() > 1 {
            let text = format!(
                "has one cell, and the header has {}; is it separated otherwise?",
                header.len()
            );
            document.problem_in(path, Some(line), text);
            continue;
        }
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        let (value, target) = (cell(value_at), cell(target_at));
        if value.contains(['\n', '\r']) || target.contains(['\n', '\r']) {
            let text = "a quote holds several lines together; close it where it belongs";
            document.problem_in(path, Some(line), text);
            continue;
        }
        let status = match status_at {
            None => "approved".to_owned(),
            Some(at) => cell(at).to_lowercase(),
        };
        // A line nobody has filled in yet says nothing.
        if value.is_empty() || target.is_empty() && status.is_empty() {
            continue;
        }
        rows.push(WrittenRow {
            value,
            target,
            // A target that nobody signed off is a draft.
            status: if status.is_empty() {
                "draft".to_owned()
            } else {
                status
            },
            place: Place::File(path.to_owned(), line),
        });
    }
}

impl WrittenCrosswalk {
    /// Resolves the targets against a code list. `may_default` says whether values that the
    /// crosswalk does not know may have a default: never an alert code.
    pub(super) fn resolve(
        &self,
        document: &Document<'_>,
        standard: &Standard,
        table: &str,
        may_default: bool,
        allow_draft: bool,
    ) -> CrosswalkReader {
        self.used.set(true);
        let mut targets: HashMap<String, Target> = HashMap::new();
        for row in &self.rows {
            let Some(target) = row.resolve(document, standard, table, allow_draft) else {
                continue;
            };
            let value = fold(&row.value).into_owned();
            if targets.get(&value).is_some_and(|other| *other != target) {
                row.problem(
                    document,
                    &format!("{} stands twice, with two targets", row.value),
                );
            }
            targets.insert(value, target);
        }
        if self.rows.is_empty() {
            document.problem(
                &self.span,
                format!("crosswalks.{} has no values", self.name),
            );
        }
        let unmapped = self.unmapped(document, standard, table, may_default);
        CrosswalkReader::landlord(targets, unmapped)
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

    fn unmapped(
        &self,
        document: &Document<'_>,
        standard: &Standard,
        table: &str,
        may_default: bool,
    ) -> Option<i32> {
        let (text, span) = self.unmapped.as_ref()?;
        if text == "reject" {
            return None;
        }
        let name = &self.name;
        if !may_default {
            let why = "must be reject: a wrong alert code is worse than none";
            document.problem(span, format!("crosswalks.{name}: unmapped {why}"));
            return None;
        }
        let id = standard.id_of(table, text);
        if id.is_none() {
            let near = did_you_mean(text, standard.codes_of(table).into_iter());
            let text =
                format!("crosswalks.{name}: unmapped {text} is neither reject nor a code{near}");
            document.problem(span, text);
        }
        id
    }
}

impl WrittenRow {
    fn resolve(
        &self,
        document: &Document<'_>,
        standard: &Standard,
        table: &str,
        allow_draft: bool,
    ) -> Option<Target> {
        let decided = match self.status.as_str() {
            "review" => return Some(Target::Review),
            "gap" => return Some(Target::Gap),
            "ignore" => return Some(Target::Ignore),
            "approved" => true,
            "draft" => allow_draft,
            other => {
                let near = did_you_mean(other, STATUSES.into_iter());
                let known = STATUSES.join(", ");
                self.problem(
                    document,
                    &format!("status {other} is none of {known}{near}"),
                );
                return None;
            }
        };
        let Some(id) = standard.id_of(table, &self.target) else {
            let near = did_you_mean(&self.target, standard.codes_of(table).into_iter());
            let text = match self.target.is_empty() {
                true => format!(
                    "{} has no target; give one, or the status gap, review or ignore",
                    self.value
                ),
                false => format!("{} is no code of {table}{near}", self.target),
            };
            self.problem(document, &text);
            return None;
        };
        Some(if decided {
            Target::Id(id)
        } else {
            Target::Review
        })
    }

    fn problem(&self, document: &Document<'_>, text: &str) {
        match &self.place {
            Place::Profile(span) => document.problem(span, text),
            Place::File(path, line) => document.problem_in(path, Some(*line), text),
        }
    }
}
