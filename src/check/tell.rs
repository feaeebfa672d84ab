//! From rules that speak to findings: places, messages, masking. No rule writes a message itself.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rule::{Check, Escalation, Rule};
use super::schema::ExtraSchema;
use super::settings::RuleSettings;
use super::waivers::{Alert, NamedAlerts};
use crate::candidate::Candidates;
use crate::chunk::{Chunk, Record};
use crate::finding::{Finding, NO_CANDIDATE, NO_WAIVER, Remark, RuleFacts, Severity};
use crate::map::Binding;
use crate::profile::{ALERT_CODE, ALERT_REFERENCE, CellReader, FieldPlan, Profile};
use crate::standard::{Field, PERSON_ALERT, Standard, Table};

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

    /// The finding, let pass if a waiver says so and the alert can be held.
    pub(super) fn waived(
        &self,
        finding: Finding,
        rule: &'static Rule,
        batch: &Candidates,
        row: usize,
        field: Option<usize>,
    ) -> Finding {
        let waivers = &self.scene.rules.waivers;
        let held = |field: usize| finding.severity == Severity::Error && self.is_firm(rule, field);
        if !waivers.are_about(rule) || field.is_some_and(held) {
            return finding;
        }
        let plan = field.and_then(|field| self.plan(batch.statement(row), field));
        let code = batch.int32s("person_alert_code_id");
        let alert = Alert {
            input: self.scene.input,
            column: &finding.remark.column,
            field: plan.map_or("", |plan| &plan.name),
            code: code.and_then(|column| column.get(row)).copied(),
            day: day_of_record(batch, row),
        };
        let value = || match field {
            Some(field) => self.cell(batch, row, field).into_owned(),
            None => String::new(),
        };
        let waiver = waivers.about_alert(rule, &alert, || self.reference(batch, row), value);
        match waiver {
            Some(at) => Finding {
                effect: rule.effect.at(Severity::Waived),
                ..waivers.marked(finding, at)
            },
            None => finding,
        }
    }

    /// The landlord's own key of an alert.
    fn reference(&self, batch: &Candidates, row: usize) -> String {
        let field = batch.position(ALERT_REFERENCE);
        field.map_or(String::new(), |field| {
            self.cell(batch, row, field).into_owned()
        })
    }

    /// The alerts that waivers of rules over the dataset name.
    pub fn named_alerts(&self, batch: &Candidates) -> Vec<(u16, u32, u64)> {
        let mut named = Vec::new();
        for (at, references) in self.scene.rules.waivers.of_dataset() {
            for row in 0..batch.rows {
                if references.contains(&self.reference(batch, row)) {
                    let record = self.record(batch, row).number;
                    named.push((at, self.scene.input as u32, record));
                }
            }
        }
        named
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

    /// How grave a finding of the rule is that is about no field.
    fn usual_severity(&self, rule: &Rule) -> Severity {
        self.scene.rules.severity(rule).unwrap_or(rule.severity)
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
        let usual = if grave {
            Severity::Error
        } else {
            rule.severity
        };
        match self.scene.rules.severity(rule) {
            Some(set) if usual < Severity::Error || !self.is_firm(rule, field) => set,
            _ => usual,
        }
    }

    /// Whether an error of the rule in a field stays one whatever the user sets: the value is gone, and
    /// no alert can be written without it, or the policy says so.
    fn is_firm(&self, rule: &Rule, field: usize) -> bool {
        let by_cell = matches!(rule.check, Check::Cell(_) | Check::Cells(_));
        let by_policy =
            rule.escalates == Escalation::WithoutAutoclose && !self.scene.profile.policy.autoclose;
        by_policy || by_cell && self.is_required(field)
    }

    /// Whether the user has switched the rule off.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.scene.rules.is_off(rule)
    }

    /// Whether a rule about values says nothing here: it is switched off, or about another table.
    pub fn is_silent(&self, rule: &Rule) -> bool {
        rule.table != self.scene.profile.table || self.is_off(rule)
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

    /// Whether a rule merely speaks of a field that the input has no cells for, without rejecting
    /// anything.
    pub fn fills_unfed(&self, rule: &Rule, batch: &Candidates) -> bool {
        let field = rule.reads.first().and_then(|name| batch.position(name));
        field.is_some_and(|field| {
            !self.scene.binding.feeds(field)
                && rule.severity == Severity::Info
                && self.severity(rule, field) != Severity::Error
        })
    }

    fn quoted(&self, batch: &Candidates, row: usize, field: usize) -> String {
        match self.cell(batch, row, field).as_ref() {
            "" => MASKED.to_owned(),
            cell => format!("{cell:?}"),
        }
    }

    fn is_generated(&self, field: usize) -> bool {
        let key =
            |table: &Table| table.primary_key.first() == table.fields.get(field).map(|f| &f.name);
        self.table().is_some_and(key)
    }

    fn is_required(&self, field: usize) -> bool {
        let described = self.table().and_then(|table| table.fields.get(field));
        described.is_some_and(|field: &Field| !field.nullable) && !self.is_generated(field)
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

    fn text(
        &self,
        words: &str,
        batch: &Candidates,
        row: usize,
        field: usize,
        (value, proposal): (&str, &str),
    ) -> String {
        let Some(plan) = self.plan(batch.statement(row), field) else {
            return words.to_owned();
        };
        let words = words.replace("{expected}", &plan.expected());
        let words = words.replace("{proposal}", proposal);
        let words = words.replace("{value}", value);
        let masked = [
            ("{code}", "a code"),
            ("{twin}", ""),
            ("{remedy}", MASKED_REMEDY),
        ];
        let words = masked
            .iter()
            .fold(words, |words, (name, masked)| words.replace(name, masked));
        match self.number(batch, row, field) {
            None => format!("{}: {words}", plan.name),
            Some(number) => format!("{}: {words} (value {number} of the cell)", plan.name),
        }
    }

    /// Words with the codes that they are about, where these may be shown: the code of the candidate, its
    /// near-equal twin, and what to take in the place of a code that there is not.
    fn with_codes(&self, words: &str, batch: &Candidates, row: usize, value: &str) -> String {
        let codes = &self.scene.standard.codes;
        let id = batch.int32s(ALERT_CODE).and_then(|ids| ids.get(row));
        let code = id.and_then(|id| codes.by_id(*id));
        let twin = code.and_then(|code| codes.twin_of(code));
        let twin = twin.map(|twin| format!(" {}", twin.subcode));
        let shown = [
            ("{code}", code.map(|code| code.subcode.clone())),
            ("{twin}", twin),
            (
                "{remedy}",
                codes.remedy_for_unknown(value.trim_matches('"')),
            ),
        ];
        let shown = shown
            .into_iter()
            .filter_map(|(name, text)| Some((name, text?)));
        shown.fold(words.to_owned(), |words, (name, text)| {
            words.replace(name, &text)
        })
    }

    /// Which value of its cell a code is, where cells hold several.
    fn number(&self, batch: &Candidates, row: usize, field: usize) -> Option<u32> {
        let stated = batch.stated.as_ref()?;
        let plan = self.plan(batch.statement(row), field)?;
        plan.parts.as_ref()?;
        stated.numbers.get(row).map(|number| number.value)
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

/// The day on which an alert starts, or a change was made, in days since 1970-01-01.
fn day_of_record(batch: &Candidates, row: usize) -> Option<i32> {
    const DAY: i64 = 86_400_000_000;
    let start = batch.dates("start_date");
    let changed = batch.timestamps("change_timestamp");
    let start = start.and_then(|column| column.get(row)).copied();
    let changed = changed.and_then(|column| column.get(row)).copied();
    start.or_else(|| i32::try_from(changed?.div_euclid(DAY)).ok())
}

/// The places of an input that one finding is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are.
    pub count: u64,
    /// Physical line of the first.
    pub first_line: u64,
}

impl Places {
    /// So many places, of which the first is on that line.
    pub fn of(count: u64, first_line: u64) -> Places {
        Places { count, first_line }
    }

    /// Adds a place; they come in the order of the input.
    pub fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
    }
}

/// A finding about a whole input.
pub fn about_input(rule: &'static Rule, input: usize, column: &str, message: &str) -> Finding {
    let remark = Remark {
        rule: rule.facts(),
        column: column.into(),
        sheet_column: None,
        message: message.into(),
    };
    Finding {
        remark: Arc::new(remark),
        record: 0,
        line: 0,
        row: 0,
        input: input as u32,
        candidate: NO_CANDIDATE,
        severity: rule.severity,
        effect: rule.effect,
        waiver: NO_WAIVER,
    }
}
