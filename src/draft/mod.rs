//! A first profile for an export that nobody has mapped yet.
//!
//! A draft runs as it stands, and applies no code that nobody has reviewed: its crosswalks hold drafts and
//! questions. Each field says why it takes its column and how sure that is; what is unsure is commented
//! out, with the alternatives. A draft is a beginning for somebody who knows the landlord, and no more.

mod assignment;
mod column_words;
mod columns;
mod date_formats;
mod field_text;
mod fitness;
mod labels;
mod profile_text;
mod ready_list;
mod toml_text;
mod vocabulary;

use crate::error::{Error, Result};
use crate::profile::ALERT_CODE;
use crate::review::{self, FoundLabel, proposals};
use crate::scan::{Holds, Table};
use crate::standard::Standard;
use crate::suggest::{CodeList, Suggester};

use assignment::{Assignment, SURE, assign};
use columns::{DraftColumn, columns};
use labels::{Recognised, flag_label, labels, recognised, share_of_subcodes};
use ready_list::{ReadyList, ready_list};

/// The profile of a draft.
pub const PROFILE_FILE: &str = "profile.toml";
/// How the profile of a draft begins, until somebody has gone through it.
pub const FIRST_WORDS: &str = "# A draft for ";
/// The crosswalk of alerts in a draft.
pub const ALERTS_FILE: &str = "alert_types.csv";
/// The crosswalk of flags in a draft.
pub const FLAGS_FILE: &str = "flags.csv";
/// The crosswalk of sources in a draft.
pub const SOURCES_FILE: &str = "sources.csv";
/// Labels of a crosswalk at most; what has more is no list of labels.
const MOST_LABELS: usize = 5_000;
/// The share of cells from which on a column holds the standard's own codes.
const OWN_CODES: f64 = 0.8;

/// Whose export it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landlord {
    /// Its name.
    pub name: String,
    /// Its code, as a profile has it.
    pub code: String,
}

/// A file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its name in the folder.
    pub name: &'static str,
    /// Its content.
    pub text: String,
}

/// A drafted profile with its crosswalks.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its files; the first is the profile.
    pub files: Vec<DraftFile>,
    /// The inputs that the profile reads.
    pub inputs: Vec<String>,
    /// What is worth knowing, a line each.
    pub told: Vec<String>,
}

/// Everything that a profile is written of.
struct Scene<'t> {
    landlord: &'t Landlord,
    standard: &'t Standard,
    /// The tables that are written alike; the first one leads.
    tables: Vec<&'t Table>,
    /// The other tables.
    others: Vec<&'t Table>,
    columns: Vec<DraftColumn<'t>>,
    assignment: Assignment,
    /// Whether the column of codes holds the standard's own.
    own_codes: bool,
    /// The widely used list that the column of codes holds.
    ready_list: Option<ReadyList>,
    /// Whether the column of sources does.
    own_sources: bool,
}

/// Drafts a profile for scanned tables.
///
/// # Errors
/// No table has records with columns.
pub fn draft(
    tables: &[Table],
    landlord: &Landlord,
    standard: &Standard,
    suggester: &Suggester,
) -> Result<Draft> {
    let scene = scene(tables, landlord, standard, suggester)?;
    let mut told = told(&scene);
    let mut files = vec![DraftFile {
        name: PROFILE_FILE,
        text: profile_text::profile(&scene),
    }];
    for (list, name, found) in [
        (CodeList::Alerts, ALERTS_FILE, scene.alert_labels()),
        (CodeList::Alerts, FLAGS_FILE, scene.flag_labels()),
        (CodeList::Sources, SOURCES_FILE, scene.source_labels()),
    ] {
        let Some(mut found) = found else {
            continue;
        };
        if found.len() > MOST_LABELS {
            told.push(format!(
                "{name}: the first {MOST_LABELS} of {} values; is the column free text?",
                found.len()
            ));
            found.truncate(MOST_LABELS);
        }
        if let (ALERTS_FILE, Some(ready)) = (name, &scene.ready_list) {
            for label in &mut found {
                label.reads = ready.meaning(&label.value).cloned();
            }
        }
        let (mut rows, left_out) = proposals(list, &found, suggester);
        for row in &mut rows {
            let ready = scene.ready_list.as_ref().filter(|_| name == ALERTS_FILE);
            if let Some(meaning) = ready.and_then(|own| own.meaning(&row.value)) {
                row.name.clone_from(meaning);
            }
        }
        let proposed = rows
            .iter()
            .filter(|row| !row.suggestions.is_empty())
            .count();
        told.push(format!(
            "{name}: {} values, {proposed} of them with proposals",
            rows.len()
        ));
        if left_out > 0 {
            told.push(format!("{name}: {left_out} values are left out, because they hold something that names a person or opens a home"));
        }
        files.push(DraftFile {
            name,
            text: review::text(&rows)?,
        });
    }
    let mut inputs: Vec<String> = scene
        .tables
        .iter()
        .map(|table| table.input.clone())
        .collect();
    inputs.dedup();
    Ok(Draft {
        files,
        inputs,
        told,
    })
}

/// Chooses the tables that hold the alerts, and what their columns are.
fn scene<'t>(
    tables: &'t [Table],
    landlord: &'t Landlord,
    standard: &'t Standard,
    suggester: &'t Suggester,
) -> Result<Scene<'t>> {
    let mut best: Option<(f64, Scene<'t>)> = None;
    let usable = |table: &&Table| table.records.read > 0 && !table.columns.is_empty();
    for lead in tables.iter().filter(usable) {
        let alike = |table: &&'t Table| std::ptr::eq(*table, lead) || are_alike(lead, table);
        let (mut own, others): (Vec<&Table>, Vec<&Table>) = tables.iter().partition(alike);
        own.sort_by_key(|table| !std::ptr::eq(*table, lead));
        let columns = columns(&own);
        let recognised: Vec<Recognised> = columns
            .iter()
            .map(|column| recognised(column, standard, suggester))
            .collect();
        let assignment = assign(&columns, &recognised, standard);
        let chosen = |field: &str| {
            let found = assignment.fields.iter().find(|own| own.name == field)?;
            columns.get(found.chosen.as_ref()?.column)
        };
        let own_codes = chosen(ALERT_CODE).is_some_and(|own| {
            own.values.is_empty() || share_of_subcodes(own, standard) >= OWN_CODES
        });
        let ready_list = chosen(ALERT_CODE).and_then(ready_list);
        let own_sources = chosen("source_type_id").is_some_and(|own| {
            let known = standard.codes_of("source_types");
            own.values.iter().all(|(value, _)| {
                known
                    .iter()
                    .any(|code| code.eq_ignore_ascii_case(value.trim()))
            })
        });
        let score = score(&assignment, lead);
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((
                score,
                Scene {
                    landlord,
                    standard,
                    tables: own,
                    others,
                    columns,
                    assignment,
                    own_codes,
                    ready_list,
                    own_sources,
                },
            ));
        }
    }
    let none = || {
        Error::Usage("no input holds records with columns; pac cells shows what is read".to_owned())
    };
    best.map(|(_, scene)| scene).ok_or_else(none)
}

/// How much a table looks like one of alerts.
fn score(assignment: &Assignment, table: &Table) -> f64 {
    let confidence = |required: bool| {
        let fields = assignment
            .fields
            .iter()
            .filter(move |field| field.required == required);
        let chosen = fields.filter_map(|field| field.chosen.as_ref());
        chosen.map(|own| own.fit.confidence).sum::<f64>()
    };
    let flags = if assignment.flags.is_empty() {
        0.0
    } else {
        0.8
    };
    let rows = (table.records.read as f64).ln_1p() / 100.0;
    let outer = if table.holds_others { 0.7 } else { 1.0 };
    outer * (confidence(true) + flags + 0.1 * confidence(false)) + rows
}

/// Whether two tables are written alike: most of their columns have the same names.
fn are_alike(one: &Table, other: &Table) -> bool {
    let same_place =
        one.dialect.format == other.dialect.format && one.dialect.records == other.dialect.records;
    let shared = one
        .columns
        .iter()
        .filter(|column| other.columns.iter().any(|own| own.name == column.name))
        .count();
    let most = one.columns.len().max(other.columns.len());
    same_place
        && other.records.read > 0
        && shared * 10 >= most * 6
        && one.sheet.is_some() == other.sheet.is_some()
        && one.sheet == other.sheet
}

impl<'t> Scene<'t> {
    /// The column that a field is mapped to.
    fn chosen(&self, field: &str) -> Option<&DraftColumn<'t>> {
        let field = self
            .assignment
            .fields
            .iter()
            .find(|own| own.name == field)?;
        self.columns.get(field.chosen.as_ref()?.column)
    }

    /// The labels of alerts; `None` where no crosswalk is needed.
    fn alert_labels(&self) -> Option<Vec<FoundLabel>> {
        let code = self.chosen(ALERT_CODE).filter(|_| !self.own_codes)?;
        let mut found = labels(code);
        let more = self
            .assignment
            .more_codes
            .iter()
            .filter_map(|at| self.columns.get(*at));
        for label in more.flat_map(labels) {
            match found.iter_mut().find(|own| own.value == label.value) {
                Some(own) => own.cells += label.cells,
                None => found.push(label),
            }
        }
        Some(found)
    }

    /// The flags; `None` where there are none.
    fn flag_labels(&self) -> Option<Vec<FoundLabel>> {
        let flags = self.assignment.flags.iter();
        let flags = flags.filter_map(|at| self.columns.get(*at));
        let labels: Vec<FoundLabel> = flags.map(flag_label).collect();
        (!labels.is_empty()).then_some(labels)
    }

    /// The labels of sources; `None` where no crosswalk is needed.
    fn source_labels(&self) -> Option<Vec<FoundLabel>> {
        let source = self
            .chosen("source_type_id")
            .filter(|_| !self.own_sources)?;
        Some(labels(source))
    }
}

fn told(scene: &Scene<'_>) -> Vec<String> {
    let assignment = &scene.assignment;
    let mut told = Vec::new();
    for field in &assignment.fields {
        let column = |at: usize| scene.columns.get(at).map_or("", |own| own.name.as_str());
        match (&field.chosen, field.proposals.first()) {
            (Some(own), _) => {
                let sure = if own.fit.confidence < SURE {
                    ", unsure"
                } else {
                    ""
                };
                told.push(format!(
                    "{:<24} {} ({:.2}{sure})",
                    field.name,
                    column(own.column),
                    own.fit.confidence
                ));
            }
            (None, Some(likely)) => told.push(format!(
                "{:<24} unsure: {} ({:.2})?",
                field.name,
                column(likely.column),
                likely.fit.confidence
            )),
            (None, None) if field.required => {
                told.push(format!("{:<24} no column found", field.name))
            }
            (None, None) => {}
        }
    }
    if !assignment.flags.is_empty() {
        told.push(format!(
            "{:<24} {} columns",
            "flags",
            assignment.flags.len()
        ));
    }
    let of_flags = profile_text::beside_flags(scene);
    let unused = assignment.unused.iter();
    let filled = unused
        .filter(|at| !of_flags.contains(at))
        .filter_map(|at| scene.columns.get(*at));
    let filled: Vec<&str> = filled
        .filter(|column| column.holds != Holds::Nothing)
        .map(|column| column.name.as_str())
        .collect();
    if !filled.is_empty() {
        told.push(format!("{:<24} {}", "no field", filled.join(", ")));
    }
    told
}
