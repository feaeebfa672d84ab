//! Rules and the JSON Schema, over typed columns.
//!
//! The order is fixed: what the reader and the mapping noted, then the masks of all rules over what
//! the source says, then the corrections and defaults of those rules in the order of the catalogue,
//! and last the schemas, ours and the user's, over what is to be written. So no rule judges a value that another has put
//! there, and the schemas judge nothing else.

pub mod code_lists;
pub mod context;
pub mod dataset;
pub mod explanation;
mod extra;
pub mod history;
pub mod life;
mod obstacles;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod settable;
pub mod settings;
pub mod tell;
mod texts;
pub mod waivers;
pub mod whole_inputs;

use context::Context;
pub use obstacles::gate_obstacles;
use rule::{Check, Effect, FieldCheck, Mask, Rule, blank};
use rules::RULES;
use rustc_hash::FxHashMap;
use schema::SchemaCheck;
use tell::{Scene, Teller};
pub use texts::Redacted;
pub use whole_inputs::{
    tell_counted, tell_date_order, tell_filled, tell_input, tell_other_kinds, tell_places,
};

use crate::candidate::{Candidates, Outcome};
use crate::cell::CellFault;
use crate::chunk::Chunk;
use crate::finding::{Finding, Severity};
use crate::gate::GateFault;
use crate::obstacle::Obstacles;
use crate::standard::PERSON_ALERT;

/// A value that could not be mapped, in one candidate.
#[derive(Debug, Clone)]
pub struct UnmappedCell {
    /// Place of the field.
    pub field: usize,
    /// The cell, trimmed.
    pub value: String,
    /// What it may have been before a spreadsheet spoilt it.
    pub proposal: Option<String>,
    /// Why it has no code.
    pub fault: CellFault,
    /// The candidate.
    pub candidate: usize,
    /// Number of the record.
    pub record: u64,
}

/// What checking a chunk has found.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings, ordered by record.
    pub findings: Vec<Finding>,
    /// Values that could not be mapped.
    pub unmapped: Vec<UnmappedCell>,
    /// Alerts that waivers of rules over the dataset name.
    pub named: Vec<(u16, u32, u64)>,
    /// How often a rule filled, or missed, a field that the input does not feed; told once an input.
    pub filled: Vec<(&'static Rule, u64)>,
    /// What was taken out of free text.
    pub redacted: Redacted,
    /// What stands in the way of the alerts that do not go through.
    pub obstacles: Obstacles,
}

/// Checks the candidates of a chunk: decides their outcomes, corrects and defaults their values.
pub fn check(
    chunk: &Chunk,
    batch: &mut Candidates,
    context: &Context<'_>,
    scene: Scene<'_>,
    schema: &SchemaCheck,
) -> Checked {
    let teller = Teller::new(scene, chunk);
    let mut checked = Checked::default();
    tell_records(chunk, &teller, &mut checked);
    tell_cells(batch, &teller, &mut checked);
    let found = texts::tell(batch, context, scene, &teller, &mut checked.findings);
    checked.named = teller.named_alerts(batch);
    for (rule, mask) in tell_batch(batch, context, &teller, &mut checked) {
        let accepted = |row: &usize| batch.outcomes[*row] == Outcome::Accepted;
        let rows: Vec<usize> = mask.set_indices().filter(accepted).collect();
        if let Check::Mend(_, mend) = rule.check {
            mend(batch, context, &rows);
        }
        // What no record of the input states is told once, not once a record.
        if teller.fills_unfed(rule, batch) && !rows.is_empty() {
            checked.filled.push((rule, rows.len() as u64));
        }
    }
    checked.redacted = texts::redact(batch, &found, scene.profile.text, scene.standard);
    let extra = extra::tell(batch, &scene, &teller);
    for (row, violation) in schema.violations(batch, &scene.profile.code) {
        let field = violation.field.and_then(|name| batch.position(&name));
        let finding = teller.in_words(
            &rules::schema_violated::RULE,
            batch,
            row,
            field,
            &violation.words,
        );
        batch.outcomes[row] = Outcome::Rejected;
        checked.findings.push(finding);
    }
    for (row, finding) in extra {
        if finding.severity == Severity::Error {
            batch.outcomes[row] = Outcome::Rejected;
        }
        checked.findings.push(finding);
    }
    forget_mends_of_rejected(batch, &mut checked);
    checked
        .findings
        .sort_by_key(|finding| (finding.record, finding.place_in_record(), finding.rule()));
    if scene.profile.table == PERSON_ALERT {
        let findings = &checked.findings;
        checked.obstacles = obstacles::obstacles(chunk, batch, &scene, &teller, findings);
    }
    checked
}

/// Nothing is corrected in an alert that does not go through, and nothing filled in, so that is not told of.
fn forget_mends_of_rejected(batch: &Candidates, checked: &mut Checked) {
    let filling = RULES
        .iter()
        .filter(|rule| rule.effect == Effect::Defaulted && rule.severity == Severity::Info);
    let filling: Vec<&str> = filling.map(|rule| rule.id).collect();
    checked.findings.retain_mut(|finding| {
        let outcome = batch.outcomes.get(finding.candidate as usize);
        let mends = matches!(
            finding.effect,
            Effect::Defaulted | Effect::Corrected | Effect::Redacted
        );
        if !mends || outcome.is_none_or(|outcome| *outcome == Outcome::Accepted) {
            return true;
        }
        finding.effect = Effect::Kept;
        !filling.contains(&finding.rule())
    });
}

fn tell_records(chunk: &Chunk, teller: &Teller<'_>, checked: &mut Checked) {
    for unreadable in &chunk.unreadable {
        let speaks =
            |rule: &&&Rule| matches!(rule.check, Check::Record(fits) if fits(unreadable.fault));
        if let Some(rule) = RULES.iter().find(speaks) {
            checked
                .findings
                .push(teller.about_record(rule, &unreadable.record));
        }
    }
    let noted = [
        (&rules::quote_stray::RULE, &chunk.stray_quotes),
        (&rules::line_in_cell::RULE, &chunk.held_lines),
    ];
    for (rule, rows) in noted {
        if teller.is_off(rule) {
            continue;
        }
        let records = rows
            .iter()
            .filter_map(|row| chunk.records.get(*row as usize));
        let told = records.map(|record| teller.about_noted_record(rule, record));
        checked.findings.extend(told);
    }
}

fn tell_cells(batch: &mut Candidates, teller: &Teller<'_>, checked: &mut Checked) {
    let faults = std::mem::take(&mut batch.faults);
    let mut speakers: FxHashMap<CellFault, Option<(&'static Rule, &'static str)>> =
        FxHashMap::default();
    for cell in &faults {
        let (row, field) = (cell.row as usize, cell.field as usize);
        if batch.outcomes[row] == Outcome::Skipped && cell.fault != CellFault::Negative {
            continue;
        }
        let spoken = |rule: &&'static Rule| rule.words(cell.fault).map(|words| (*rule, words));
        let spoken = *speakers
            .entry(cell.fault)
            .or_insert_with(|| RULES.iter().find_map(spoken));
        let Some((rule, words)) = spoken else {
            continue;
        };
        if is_unmapped(cell.fault) {
            checked.unmapped.push(UnmappedCell {
                field,
                value: teller.cell(batch, row, field).into_owned(),
                proposal: teller.proposal(batch, row, field),
                fault: cell.fault,
                candidate: row,
                record: teller.record(batch, row).number,
            });
        }
        if teller.is_off(rule) {
            continue;
        }
        let finding = teller.about_cell(rule, words, batch, row, field);
        if finding.severity == Severity::Error {
            reject(batch, row, cell.fault);
        }
        checked.findings.push(finding);
    }
    batch.faults = faults;
}

fn is_unmapped(fault: CellFault) -> bool {
    use CellFault::{CodeDateAmbiguous, CodeIsDate, LabelMojibake};
    use CellFault::{ControlMeasure, DirectionUnstated, MissingSlot};
    use CellFault::{Gap, NotACode, Review, Unmapped, UnmappedDefaulted};
    matches!(
        fault,
        CodeDateAmbiguous
            | CodeIsDate
            | LabelMojibake
            | ControlMeasure
            | DirectionUnstated
            | MissingSlot
            | Unmapped
            | NotACode
            | Review
            | Gap
            | UnmappedDefaulted
    )
}

fn reject(batch: &mut Candidates, row: usize, fault: CellFault) {
    let outcome = &mut batch.outcomes[row];
    *outcome = match (fault, *outcome) {
        (
            CellFault::Review
            | CellFault::DirectionUnstated
            | CellFault::ControlMeasure
            | CellFault::AmbiguousDate
            | CellFault::UndecidedFormat
            | CellFault::CodeDateAmbiguous
            | CellFault::ContradictoryKey,
            _,
        )
        | (_, Outcome::Review) => Outcome::Review,
        (CellFault::Gap, _) | (_, Outcome::Gap) => Outcome::Gap,
        _ => Outcome::Rejected,
    };
}

/// Runs every rule's mask over what the source says; returns the masks, whose corrections are due.
fn tell_batch(
    batch: &mut Candidates,
    context: &Context<'_>,
    teller: &Teller<'_>,
    checked: &mut Checked,
) -> Vec<(&'static Rule, Mask)> {
    let mut masks = Vec::new();
    for rule in RULES {
        if teller.is_silent(rule) {
            continue;
        }
        let mask = match rule.check {
            Check::Batch(speaks) | Check::Mend(speaks, _) => speaks(batch, context),
            Check::Blank => blank(batch, rule.reads.first().copied().unwrap_or_default()),
            Check::Fields(all) => {
                tell_fields(rule, all, batch, context, teller, checked);
                continue;
            }
            _ => continue,
        };
        let told_once = teller.fills_unfed(rule, batch);
        for row in mask.set_indices() {
            if told_once || batch.outcomes[row] == Outcome::Skipped {
                continue;
            }
            let finding = teller.about_row(rule, batch, row);
            take(finding, batch, row, checked);
        }
        masks.push((*rule, mask));
    }
    masks
}

/// Runs the masks of a rule that blames several fields, each by its own.
fn tell_fields(
    rule: &'static Rule,
    all: &[FieldCheck],
    batch: &mut Candidates,
    context: &Context<'_>,
    teller: &Teller<'_>,
    checked: &mut Checked,
) {
    for (name, speaks) in all {
        let Some(field) = batch.position(name) else {
            continue;
        };
        for row in speaks(batch, context).set_indices() {
            if batch.outcomes[row] != Outcome::Skipped {
                let finding = teller.about_cell(rule, rule.message, batch, row, field);
                take(finding, batch, row, checked);
            }
        }
    }
}

/// Takes a finding about a candidate, which is rejected if it is grave.
fn take(finding: Finding, batch: &mut Candidates, row: usize, checked: &mut Checked) {
    if finding.severity == Severity::Error && batch.outcomes[row] == Outcome::Accepted {
        batch.outcomes[row] = Outcome::Rejected;
    }
    checked.findings.push(finding);
}

/// What the gate noted, as findings.
pub fn tell_gate(
    chunk: &Chunk,
    batch: &Candidates,
    scene: Scene<'_>,
    faults: &[(u32, GateFault)],
) -> Vec<Finding> {
    let teller = Teller::new(scene, chunk);
    let told = faults.iter().filter_map(|(row, fault)| {
        let speaks = |rule: &&&Rule| matches!(rule.check, Check::Gate(own) if own == *fault);
        let mut rules = RULES.iter().filter(speaks);
        let rule = rules.find(|rule| !teller.is_silent(rule))?;
        Some(teller.about_row(rule, batch, *row as usize))
    });
    told.collect()
}
