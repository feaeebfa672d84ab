//! Rules over free text: one scan a column finds what all of them speak about, and what the profile wants
//! taken out is taken out once they have spoken.

use serde_json::Value;

use super::context::Context;
use super::rule::{Check, Effect, FREE_TEXTS, HISTORY_TEXTS, Rule};
use super::rules::RULES;
use super::tell::{Scene, Teller};
use crate::candidate::{Candidates, Outcome, TextValues};
use crate::cell::changed_fields;
use crate::finding::{Finding, Severity};
use crate::profile::{ALERT_CODE, CellReader, TextPolicy};
use crate::standard::{FieldType, Standard};
use crate::text_scan::{self, Found, Kind};

/// What was taken out of free text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Redacted {
    /// Texts that were changed or emptied.
    pub texts: u64,
    /// Places in them that a marker has taken.
    pub places: u64,
}

impl Redacted {
    /// Adds what was taken out of other texts.
    pub fn add(&mut self, other: Redacted) {
        self.texts += other.texts;
        self.places += other.places;
    }
}

/// What rules speak about in one field, ordered by row and place.
pub(super) struct FoundInField {
    field: &'static str,
    found: Vec<Found>,
}

/// Tells what stands in free text; returns the places of it.
pub(super) fn tell(
    batch: &mut Candidates,
    context: &Context<'_>,
    scene: Scene<'_>,
    teller: &Teller<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<FoundInField> {
    let (first, mut all) = (findings.len(), Vec::new());
    let rules = rules_that_run(teller);
    if rules.is_empty() && scene.profile.text != TextPolicy::Drop {
        return all;
    }
    for name in FREE_TEXTS.into_iter().chain(HISTORY_TEXTS) {
        let (Some(field), Some(texts)) = (batch.position(name), batch.texts(name)) else {
            continue;
        };
        let own_code = |row: usize, text: &str| is_own_code(batch, scene, field, row, text);
        let decoded = changed_fields::holds(name).then(|| decoded(texts, scene.standard));
        let texts = decoded.as_ref().unwrap_or(texts);
        let mut found = text_scan::scan(&texts.buffer, &texts.ends, &own_code);
        found.retain(|one| batch.outcomes[one.row as usize] != Outcome::Skipped);
        let mut told = Vec::new();
        for (rule, kinds, speaks) in &rules {
            let own = found.iter().filter(|one| kinds.contains(&one.kind));
            // the texts of a change are about those of its alert
            let about = match FREE_TEXTS.contains(&name) {
                true => name,
                false => FREE_TEXTS[0],
            };
            let own = own.filter(|one| speaks(batch, context, one, about));
            let own: Vec<Found> = own.copied().collect();
            // however often it stands in a text, a rule speaks of it once
            for same in own.chunk_by(|a, b| a.row == b.row) {
                let place = (same[0].row as usize, field);
                let taken_out = same.iter().all(|one| is_taken_out(scene.profile.text, one));
                findings.push(about_text(rule, teller, batch, place, taken_out));
            }
            told.extend(own);
        }
        told.sort_unstable();
        all.push(FoundInField {
            field: name,
            found: told,
        });
    }
    let errors = findings.iter().skip(first);
    for finding in errors.filter(|own| own.severity == Severity::Error) {
        if let Some(outcome @ Outcome::Accepted) =
            batch.outcomes.get_mut(finding.candidate as usize)
        {
            *outcome = Outcome::Rejected;
        }
    }
    all
}

/// The texts within the values of changes, as they read.
fn decoded(values: &TextValues, standard: &Standard) -> TextValues {
    let mut texts = TextValues::default();
    for row in 0..values.states.len() {
        let own = values.get(row);
        let own =
            own.map(|own| changed_fields::texts(own, |name, value| is_safe(standard, name, value)));
        texts.push(own.as_deref());
    }
    texts
}

type Speaks = fn(&Candidates, &Context<'_>, &Found, &str) -> bool;

/// The rules over text that are not switched off.
fn rules_that_run(teller: &Teller<'_>) -> Vec<(&'static Rule, &'static [Kind], Speaks)> {
    let rules = RULES.iter().filter_map(|rule| match rule.check {
        Check::Text(kinds, speaks) => Some((*rule, kinds, speaks)),
        _ => None,
    });
    rules.filter(|(rule, ..)| !teller.is_off(rule)).collect()
}

/// What is taken out of a text needs no rejection.
fn about_text(
    rule: &'static Rule,
    teller: &Teller<'_>,
    batch: &Candidates,
    (row, field): (usize, usize),
    taken_out: bool,
) -> Finding {
    let finding = teller.about_cell(rule, rule.message, batch, row, field);
    match taken_out {
        false => finding,
        true => Finding {
            severity: finding.severity.min(Severity::Warning),
            effect: Effect::Redacted,
            ..finding
        },
    }
}

fn is_taken_out(policy: TextPolicy, found: &Found) -> bool {
    match policy {
        TextPolicy::Keep => false,
        TextPolicy::Redact => found.kind.marker().is_some(),
        TextPolicy::Drop => true,
    }
}

/// Whether the landlord's crosswalk of alert codes knows a text, and the codes are not read from where
/// it stands.
fn is_own_code(batch: &Candidates, scene: Scene<'_>, field: usize, row: usize, text: &str) -> bool {
    let Some(code) = batch.position(ALERT_CODE) else {
        return false;
    };
    let statement = batch.statement(row);
    let plan = scene.profile.plan(statement, code);
    let known = matches!(plan.map(|plan| &plan.reader), Some(CellReader::Code(reader)) if reader.knows(text));
    known && scene.binding.source(statement, code) != scene.binding.source(statement, field)
}

/// Takes out of accepted alerts what the profile does not want in them.
pub(super) fn redact(
    batch: &mut Candidates,
    found: &[FoundInField],
    policy: TextPolicy,
    standard: &Standard,
) -> Redacted {
    let mut redacted = Redacted::default();
    for FoundInField { field, found } in found {
        let changes = match policy {
            TextPolicy::Keep => continue,
            TextPolicy::Redact => with_markers(batch, field, found, &mut redacted, standard),
            TextPolicy::Drop => emptied(batch, standard, field),
        };
        redacted.texts += changes.len() as u64;
        if let Some(texts) = batch.texts_mut(field) {
            texts.change(changes);
        }
    }
    redacted
}

type Changes = Vec<(usize, Option<String>)>;

/// Whether a member of a change's values is a field of an alert that holds no free text, and holds none: a
/// note may stand in the place of a date.
fn is_safe(standard: &Standard, name: &str, value: &Value) -> bool {
    let Some(field) = standard.person_alert().field(name) else {
        return false;
    };
    if field.field_type == FieldType::Text && field.allowed.is_empty() {
        return false;
    }
    let listed = |text: &str| {
        let mut allowed = field.allowed.iter();
        allowed.any(|own| own.eq_ignore_ascii_case(text))
    };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.contains(char::is_whitespace) || listed(text),
        Value::Array(_) | Value::Object(_) => false,
    }
}

fn emptied(batch: &Candidates, standard: &Standard, field: &str) -> Changes {
    let Some(texts) = batch.texts(field) else {
        return Vec::new();
    };
    let rows = (0..batch.rows).filter(|row| batch.outcomes[*row] == Outcome::Accepted);
    let filled = rows.filter_map(|row| Some((row, texts.get(row)?)));
    match changed_fields::holds(field) {
        // the other fields of the change stay
        true => filled
            .map(|(row, values)| {
                (
                    row,
                    changed_fields::only(values, |name, value| is_safe(standard, name, value)),
                )
            })
            .collect(),
        false => filled.map(|(row, _)| (row, None)).collect(),
    }
}

fn with_markers(
    batch: &Candidates,
    field: &str,
    found: &[Found],
    redacted: &mut Redacted,
    standard: &Standard,
) -> Changes {
    let mut changes = Vec::new();
    for of_row in found.chunk_by(|a, b| a.row == b.row) {
        let row = of_row[0].row as usize;
        let cell = batch.texts(field).and_then(|texts| texts.get(row));
        let Some(cell) = cell.filter(|_| batch.outcomes[row] == Outcome::Accepted) else {
            continue;
        };
        let passes = |name: &str, value: &Value| is_safe(standard, name, value);
        let (changed, places) = match changed_fields::holds(field) {
            false => text_scan::with_markers(cell, of_row),
            true => {
                let texts = changed_fields::texts(cell, passes);
                let (texts, places) = text_scan::with_markers(&texts, of_row);
                (changed_fields::with_texts(cell, passes, &texts), places)
            }
        };
        if places > 0 {
            redacted.places += places;
            changes.push((row, Some(changed)));
        }
    }
    changes
}
