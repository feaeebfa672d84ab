//! From rules that speak to findings: places, messages, masking. No rule writes a message itself.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rule::{Escalation, Rule};
use crate::candidate::Candidates;
use crate::chunk::{Chunk, Record};
use crate::finding::{Finding, Severity};
use crate::map::{Binding, CellSource};
use crate::profile::{FieldPlan, Profile};
use crate::standard::{Field, Standard};

/// How a value is named where values are not to be shown.
const MASKED: &str = "the value";

/// What findings about one input are told with.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The profile that the input was mapped with.
    pub profile: &'a Profile,
    /// The profile bound to the input.
    pub binding: &'a Binding,
    /// Index of the input.
    pub input: usize,
    /// Whether messages may quote cells: only where the operator asked for it.
    pub show_values: bool,
}

/// Tells findings of one chunk; equal messages share their text.
pub struct Teller<'a> {
    scene: Scene<'a>,
    chunk: &'a Chunk,
    messages: RefCell<FxHashMap<(&'static str, usize), Arc<str>>>,
    columns: RefCell<FxHashMap<usize, Arc<str>>>,
    nothing: Arc<str>,
}

impl<'a> Teller<'a> {
    /// A teller for one chunk.
    pub fn new(scene: Scene<'a>, chunk: &'a Chunk) -> Teller<'a> {
        Teller {
            scene,
            chunk,
            messages: RefCell::default(),
            columns: RefCell::default(),
            nothing: "".into(),
        }
    }

    /// A finding about a whole record.
    pub fn about_record(&self, rule: &'static Rule, record: &Record) -> Finding {
        self.finding(
            rule,
            rule.severity,
            record,
            self.nothing.clone(),
            self.message(rule, None),
        )
    }

    /// A finding about a candidate: about the first field that the rule reads.
    pub fn about_row(&self, rule: &'static Rule, batch: &Candidates, row: usize) -> Finding {
        let field = rule.reads.first().and_then(|name| batch.position(name));
        match field {
            Some(field) => self.about_cell(rule, batch, row, field),
            None => self.about_record(rule, self.record(batch, row)),
        }
    }

    /// A finding about one cell of a candidate.
    pub fn about_cell(
        &self,
        rule: &'static Rule,
        batch: &Candidates,
        row: usize,
        field: usize,
    ) -> Finding {
        let message = match self.scene.show_values && rule.message.contains("{value}") {
            true => self
                .text(rule, field, &self.quoted(batch, row, field))
                .into(),
            false => self.message(rule, Some(field)),
        };
        let severity = self.severity(rule, field);
        self.finding(
            rule,
            severity,
            self.record(batch, row),
            self.column(field),
            message,
        )
    }

    /// A finding about a candidate in words that the rule does not know beforehand.
    pub fn in_words(
        &self,
        rule: &'static Rule,
        batch: &Candidates,
        row: usize,
        field: Option<usize>,
        words: &str,
    ) -> Finding {
        let column = field.map_or(self.nothing.clone(), |field| self.column(field));
        let message = match field.and_then(|field| self.plan(field)) {
            Some(plan) => format!("{}: {words}", plan.name),
            None => words.to_owned(),
        };
        self.finding(
            rule,
            rule.severity,
            self.record(batch, row),
            column,
            message.into(),
        )
    }

    /// How grave a finding of the rule is in a field.
    pub fn severity(&self, rule: &Rule, field: usize) -> Severity {
        let policy = self.scene.profile.policy;
        let grave = match rule.escalates {
            Escalation::Never => false,
            Escalation::WithoutAutoclose => !policy.autoclose,
            Escalation::WhereRequired => {
                policy.reject_unreadable && !self.is_generated(field) || self.is_required(field)
            }
        };
        if grave {
            Severity::Error
        } else {
            rule.severity
        }
    }

    /// The record that a candidate comes from.
    pub fn record(&self, batch: &Candidates, row: usize) -> &'a Record {
        &self.chunk.records[batch.record_rows[row] as usize]
    }

    /// The trimmed text that a candidate's field was read from.
    pub fn cell(&self, batch: &Candidates, row: usize, field: usize) -> &'a str {
        match self.scene.binding.source(field) {
            CellSource::Column(column) => self
                .chunk
                .cell(batch.record_rows[row] as usize, *column)
                .trim(),
            CellSource::Constant(text) => text,
            CellSource::Nothing => "",
        }
    }

    /// Whether a rule merely speaks of a field that the input has no cells for, without rejecting
    /// anything.
    pub fn fills_unfed(&self, rule: &Rule, batch: &Candidates) -> bool {
        let field = rule.reads.first().and_then(|name| batch.position(name));
        field.is_some_and(|field| {
            let unfed = matches!(self.scene.binding.source(field), CellSource::Nothing);
            unfed && self.severity(rule, field) == Severity::Info
        })
    }

    fn quoted(&self, batch: &Candidates, row: usize, field: usize) -> String {
        match self.cell(batch, row, field) {
            "" => MASKED.to_owned(),
            cell => format!("{cell:?}"),
        }
    }

    fn is_generated(&self, field: usize) -> bool {
        self.plan(field)
            .is_some_and(|plan| plan.name == "person_alert_id")
    }

    fn is_required(&self, field: usize) -> bool {
        let described = self.scene.standard.person_alert().fields.get(field);
        described.is_some_and(|field: &Field| !field.nullable) && !self.is_generated(field)
    }

    fn plan(&self, field: usize) -> Option<&'a FieldPlan> {
        self.scene.profile.fields.get(field)
    }

    fn column(&self, field: usize) -> Arc<str> {
        let mut columns = self.columns.borrow_mut();
        columns
            .entry(field)
            .or_insert_with(|| self.scene.binding.title(field).into())
            .clone()
    }

    fn message(&self, rule: &'static Rule, field: Option<usize>) -> Arc<str> {
        let mut messages = self.messages.borrow_mut();
        let key = (rule.id, field.unwrap_or(usize::MAX));
        let text = || match field {
            Some(field) => self.text(rule, field, MASKED).into(),
            None => rule.message.into(),
        };
        messages.entry(key).or_insert_with(text).clone()
    }

    fn text(&self, rule: &Rule, field: usize, value: &str) -> String {
        let Some(plan) = self.plan(field) else {
            return rule.message.to_owned();
        };
        let words = rule.message.replace("{expected}", &plan.expected());
        format!("{}: {}", plan.name, words.replace("{value}", value))
    }

    fn finding(
        &self,
        rule: &'static Rule,
        severity: Severity,
        record: &Record,
        column: Arc<str>,
        message: Arc<str>,
    ) -> Finding {
        Finding {
            rule: rule.id,
            slug: rule.slug,
            severity,
            input: self.scene.input,
            record: record.number,
            line: record.line,
            column,
            message,
        }
    }
}

/// A finding about a whole input.
pub fn about_input(rule: &'static Rule, input: usize, column: &str, message: &str) -> Finding {
    Finding {
        rule: rule.id,
        slug: rule.slug,
        severity: rule.severity,
        input,
        record: 0,
        line: 0,
        column: column.into(),
        message: message.into(),
    }
}
