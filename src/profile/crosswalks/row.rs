//! One row of a crosswalk as it is written: a value, what it stands for, and on what that depends.

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;

use super::super::document::{Document, did_you_mean};
use crate::cell::crosswalk::Target;
use crate::cell::fold;
use crate::standard::Standard;

const STATUSES: [&str; 6] = ["approved", "confirmed", "draft", "review", "gap", "ignore"];

/// The status of a row that somebody has looked at again, and means as it stands.
const CONFIRMED: &str = "confirmed";

/// A row of a crosswalk as it is written.
pub(super) struct WrittenRow {
    /// The landlord's value.
    pub value: String,
    /// Another way in which the value is written, such as its name where it is a code.
    pub name: Option<String>,
    /// Codes that it stands for.
    pub targets: Vec<String>,
    /// What is decided about it.
    pub status: String,
    /// Columns of the input, and the texts of which their cells must be one.
    pub when: Vec<(String, Vec<String>)>,
    /// Further fields of the standard, and what they get.
    pub sets: Vec<(String, String)>,
    /// Where it is written.
    pub place: Place,
}

/// Where a row is written.
pub(super) enum Place {
    /// In the profile.
    Profile(Range<usize>),
    /// In a file, on that line.
    File(PathBuf, usize),
}

impl WrittenRow {
    /// What the row resolves to in a code list, several where it has several codes; `None` where it is
    /// wrong.
    pub(super) fn resolve(
        &self,
        document: &Document<'_>,
        standard: &Standard,
        table: &str,
        allow_draft: bool,
    ) -> Option<Vec<Target>> {
        let decided = match self.status.as_str() {
            "review" => return Some(vec![Target::Review]),
            "gap" => return Some(vec![Target::Gap]),
            "ignore" => return Some(vec![Target::Ignore]),
            "approved" | CONFIRMED => true,
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
        if self.targets.is_empty() {
            let value = &self.value;
            let text =
                format!("{value} has no target; give one, or the status gap, review or ignore");
            self.problem(document, &text);
            return None;
        }
        let mut ids = Vec::new();
        for target in &self.targets {
            match standard.id_of(table, target) {
                Some(id) if !ids.contains(&Target::Id(id)) => ids.push(Target::Id(id)),
                Some(_) => {}
                None => {
                    let near = match standard.remedy_for_gap(table, target) {
                        Some(remedy) => format!("; {remedy}"),
                        None => did_you_mean(target, standard.codes_of(table).into_iter()),
                    };
                    self.problem(document, &format!("{target} is no code of {table}{near}"));
                    return None;
                }
            }
        }
        Some(if decided { ids } else { vec![Target::Review] })
    }

    /// The value and its name, folded.
    pub(super) fn folded(&self) -> impl Iterator<Item = String> {
        let texts = [Some(&self.value), self.name.as_ref()];
        texts
            .into_iter()
            .flatten()
            .map(|text| fold(text).into_owned())
    }

    /// Whether somebody has looked at the row again, and means it as it stands.
    pub(super) fn is_confirmed(&self) -> bool {
        self.status == CONFIRMED
    }

    /// Whether the row says one code at most, and nothing else.
    pub(super) fn is_plain(&self) -> bool {
        self.when.is_empty() && self.sets.is_empty() && self.targets.len() <= 1
    }

    /// The conditions, folded, by the place of their column in `columns`, to which new ones are added.
    pub(super) fn conditions(&self, columns: &mut Vec<String>) -> Vec<(usize, HashSet<String>)> {
        let folded = |texts: &[String]| texts.iter().map(|text| fold(text).into_owned()).collect();
        let conditions = self.when.iter().map(|(column, texts)| {
            let known = columns.iter().position(|own| fold(own) == fold(column));
            let place = known.unwrap_or_else(|| {
                columns.push(column.clone());
                columns.len() - 1
            });
            (place, folded(texts))
        });
        conditions.collect()
    }

    pub(super) fn problem(&self, document: &Document<'_>, text: &str) {
        match &self.place {
            Place::Profile(span) => document.problem(span, text),
            Place::File(path, line) => document.problem_in(path, Some(*line), text),
        }
    }
}
