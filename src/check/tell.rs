//! From rules that speak to findings: places, messages, masking. No rule writes a message itself.

mod gravity;
mod waived;
mod words;

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rule::Rule;
use super::schema::ExtraSchema;
use super::settings::RuleSettings;
use super::waivers::NamedAlerts;
use crate::candidate::Candidates;
use crate::chunk::{Chunk, Record};
use crate::finding::{Finding, NO_CANDIDATE, NO_WAIVER, Remark, RuleFacts, Severity};
use crate::map::Binding;
use crate::profile::{ALERT_CODE, CellReader, FieldPlan, Profile};
use crate::standard::{PERSON_ALERT, Standard, Table};

/// How a value is named where values are not to be shown.
pub(super) const MASKED: &str = "the value";
/// How a value of a crosswalk is named there.
const MASKED_PROPOSAL: &str = "one that the crosswalk knows";
/// What to do about a code that its group does not have, where that group is not to be shown.
const MASKED_REMEDY: &str = "choose from the codes of that group";

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
    /// In which column of a spreadsheet the input's first column stands; `None` where none shows it.
    pub sheet_column: Option<u32>,
    /// What the user has set about rules.
    pub rules: &'a RuleSettings,
    /// JSON Schemas of the user's own.
    pub extra: &'a [Arc<ExtraSchema>],
    /// Whether messages may quote cells: only where the operator asked for it.
    pub show_values: bool,
}

/// What a remark depends on where values are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct RemarkKey {
    /// Where the rule stands, and its words: looking at either would take longer.
    rule: usize,
    words: usize,
    /// Statement and field, and the number of the value in its cell; none where it is about the record.
    place: Option<(u32, u32, u32)>,
}

/// Tells findings of one chunk; those that say the same share their remark.
pub struct Teller<'a> {
    scene: Scene<'a>,
    chunk: &'a Chunk,
    remarks: RefCell<FxHashMap<RemarkKey, Arc<Remark>>>,
}

impl<'a> Teller<'a> {
    /// A teller for one chunk.
    pub fn new(scene: Scene<'a>, chunk: &'a Chunk) -> Teller<'a> {
        Teller {
            scene,
            chunk,
            remarks: RefCell::default(),
        }
    }

    /// A finding about a whole record.
    pub fn about_record(&self, rule: &'static Rule, record: &Record) -> Finding {
        let remark = self.shared(rule, rule.message, None, || Remark {
            rule: self.facts(rule),
            column: "".into(),
            sheet_column: self.scene.sheet_column,
            message: rule.message.into(),
        });
        self.finding(rule, self.usual_severity(rule), record, remark)
    }

    /// A finding about a whole record that was read all the same.
    pub fn about_noted_record(&self, rule: &'static Rule, record: &Record) -> Finding {
        let mut finding = self.about_record(rule, record);
        self.scene
            .rules
            .waivers
            .pass(&mut finding, &NamedAlerts::default());
        finding
    }

    /// A finding about a candidate: about the first field that the rule reads.
    pub fn about_row(&self, rule: &'static Rule, batch: &Candidates, row: usize) -> Finding {
        let field = rule.reads.first().and_then(|name| batch.position(name));
        match field {
            Some(field) => self.about_cell(rule, rule.message, batch, row, field),
            None => {
                let finding = Finding {
                    candidate: row as u32,
                    ..self.about_record(rule, self.record(batch, row))
                };
                self.waived(finding, rule, batch, row, None)
            }
        }
    }

    /// A finding about one cell of a candidate, in the rule's words for it.
    pub fn about_cell(
        &self,
        rule: &'static Rule,
        words: &'static str,
        batch: &Candidates,
        row: usize,
        field: usize,
    ) -> Finding {
        let statement = batch.statement(row);
        let remark = match self.scene.show_values && words.contains("{value}") {
            true => {
                let value = self.quoted(batch, row, field);
                let proposal = self.proposal(batch, row, field);
                let proposal = proposal.map(|value| format!("{value:?}"));
                let shown = (
                    value.as_str(),
                    proposal.as_deref().unwrap_or(MASKED_PROPOSAL),
                );
                let words = self.with_codes(words, batch, row, &value);
                let message = self.text(&words, batch, row, field, shown);
                Arc::new(self.remark(rule, statement, Some(field), message))
            }
            false => {
                let number = self.number(batch, row, field).unwrap_or(0);
                let place = (statement as u32, field as u32, number);
                let masked = (MASKED, MASKED_PROPOSAL);
                self.shared(rule, words, Some(place), || {
                    let message = self.text(words, batch, row, field, masked);
                    self.remark(rule, statement, Some(field), message)
                })
            }
        };
        let severity = self.severity(rule, field);
        let finding = Finding {
            candidate: row as u32,
            ..self.finding(rule, severity, self.record(batch, row), remark)
        };
        self.waived(finding, rule, batch, row, Some(field))
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
        let statement = batch.statement(row);
        let message = match field.and_then(|field| self.plan(statement, field)) {
            Some(plan) => format!("{}: {words}", plan.name),
            None => words.to_owned(),
        };
        let remark = Arc::new(self.remark(rule, statement, field, message));
        Finding {
            candidate: row as u32,
            ..self.finding(
                rule,
                self.usual_severity(rule),
                self.record(batch, row),
                remark,
            )
        }
    }

    /// The record that a candidate comes from.
    pub fn record(&self, batch: &Candidates, row: usize) -> &'a Record {
        &self.chunk.records[batch.record_rows[row] as usize]
    }

    /// The trimmed text that a candidate's field was read from.
    pub fn cell<'c>(&'c self, batch: &'c Candidates, row: usize, field: usize) -> Cow<'c, str> {
        let statement = batch.statement(row);
        let Some(plan) = self.plan(statement, field) else {
            return Cow::Borrowed("");
        };
        if let (Some(stated), ALERT_CODE) = (&batch.stated, plan.name.as_str()) {
            return Cow::Borrowed(stated.values.get(row).unwrap_or_default());
        }
        let source = self.scene.binding.source(statement, field);
        let record = batch.record_rows[row] as usize;
        source.text(self.chunk, record, &plan.null_values)
    }

    fn table(&self) -> Option<&'a Table> {
        self.scene.standard.table(self.scene.profile.table)
    }

    fn plan(&self, statement: usize, field: usize) -> Option<&'a FieldPlan> {
        self.scene.profile.plan(statement, field)
    }

    /// What a code may have been before a spreadsheet spoilt it.
    pub fn proposal(&self, batch: &Candidates, row: usize, field: usize) -> Option<String> {
        match &self.plan(batch.statement(row), field)?.reader {
            CellReader::Code(reader) => reader.proposal(&self.cell(batch, row, field)),
            _ => None,
        }
    }

    fn shared(
        &self,
        rule: &'static Rule,
        words: &'static str,
        place: Option<(u32, u32, u32)>,
        remark: impl FnOnce() -> Remark,
    ) -> Arc<Remark> {
        let key = RemarkKey {
            rule: std::ptr::from_ref(rule).addr(),
            words: words.as_ptr().addr(),
            place,
        };
        let mut remarks = self.remarks.borrow_mut();
        let known = remarks.entry(key).or_insert_with(|| Arc::new(remark()));
        Arc::clone(known)
    }

    /// A remark about a field, or about a whole record where there is none.
    fn remark(
        &self,
        rule: &'static Rule,
        statement: usize,
        field: Option<usize>,
        message: String,
    ) -> Remark {
        let binding = self.scene.binding;
        let column = match field {
            Some(field) => binding.column(statement, field),
            None => Some(0),
        };
        let first = self.scene.sheet_column;
        Remark {
            rule: self.facts(rule),
            column: field
                .map_or("", |field| binding.title(statement, field))
                .into(),
            sheet_column: first.zip(column).map(|(first, at)| first + at as u32),
            message: message.into(),
        }
    }

    /// The rule, as one of the table that the input becomes: what is said of cells holds in any.
    fn facts(&self, rule: &Rule) -> RuleFacts {
        let mut facts = rule.facts();
        if facts.table == PERSON_ALERT {
            facts.table = self.scene.profile.table;
        }
        facts
    }

    fn finding(
        &self,
        rule: &'static Rule,
        severity: Severity,
        record: &Record,
        remark: Arc<Remark>,
    ) -> Finding {
        Finding {
            remark,
            record: record.number,
            line: record.line,
            row: u32::try_from(record.row).unwrap_or(0),
            input: self.scene.input as u32,
            candidate: NO_CANDIDATE,
            severity,
            effect: rule.effect.at(severity),
            waiver: NO_WAIVER,
        }
    }
}
