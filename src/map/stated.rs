//! Which alerts records state, where a record can state several.
//!
//! The code decides what is stated, so it is read here, before anything else of the alerts: a flag that
//! says yes, each value of a split cell, each code of a value. What a record states depends on nothing
//! but that record.

use std::borrow::Cow;
use std::collections::HashSet;

use super::binding::{Binding, BoundStatement, names_in, part_names};
use super::is_null;
use crate::candidate::{FlagCounts, PartNumber, Stated};
use crate::cell::crosswalk::{CrosswalkReader, Decision, Given, GivenValue};
use crate::cell::flag::FlagWord;
use crate::cell::parts::Parts;
use crate::cell::{CellFault, Reading};
use crate::chunk::Chunk;
use crate::profile::{ALERT_CODE, CellReader, Profile, Statement};

/// The alerts that the records of a chunk state; a row a candidate.
#[derive(Default)]
pub(super) struct StatedAlerts {
    /// The chunk's row of each.
    pub record_rows: Vec<u32>,
    /// Where each stands in its record.
    pub stated: Stated,
    /// What its code was read as; `None` where the record does not say.
    pub codes: Vec<Option<Reading<i32>>>,
    /// What the crosswalk gives to its other fields.
    pub given: Vec<Option<Given>>,
    /// The words of flags, by statement.
    pub flags: Vec<FlagCounts>,
    /// Whether a record's key is shared by its alerts, by the profile and not by what the record holds.
    shares_records: bool,
}

/// One alert of the record at hand.
struct Alert<'r> {
    statement: usize,
    number: PartNumber,
    value: Cow<'r, str>,
    code: Option<Reading<i32>>,
    given: Option<Given>,
}

/// Finds the alerts that the given rows of a chunk state.
pub(super) fn stated(
    chunk: &Chunk,
    rows: &[u32],
    profile: &Profile,
    binding: &Binding,
) -> StatedAlerts {
    let codes = codes(profile);
    let splits = codes.iter().flatten().any(|code| code.parts.is_some());
    let mut all = StatedAlerts {
        shares_records: splits || codes.len() > 1,
        flags: vec![FlagCounts::default(); profile.statements.len()],
        ..StatedAlerts::default()
    };
    for row in rows {
        let record = RecordCells {
            chunk,
            row: *row as usize,
            profile,
            binding,
            codes: &codes,
        };
        let mut alerts = Vec::new();
        for (at, statement) in profile.statements.iter().enumerate() {
            record.state(at, statement, &mut all.flags[at], &mut alerts);
        }
        record.only_those_meant(&mut alerts);
        for alert in alerts {
            all.push(*row, alert);
        }
    }
    all
}

impl StatedAlerts {
    /// What tells an alert apart from others with the same key, which all alerts of its record have:
    /// its code. `None` where it is the only one of its record.
    pub(super) fn code_beside(&self, row: usize) -> Option<String> {
        let number = self.stated.numbers.get(row)?;
        if !self.shares_records && number.code == 0 {
            return None;
        }
        let code = self.codes.get(row).copied().flatten();
        Some(match code.and_then(Reading::value) {
            Some(code) => code.to_string(),
            None => self.stated.values.get(row).unwrap_or_default().to_owned(),
        })
    }

    /// Whether the crosswalk gives an alert's field a value.
    pub(super) fn gives(&self, row: usize, field: u16) -> bool {
        self.given_to(row, field).is_some()
    }

    /// The text that the crosswalk gives to a field.
    pub(super) fn text_given(&self, row: usize, field: u16) -> Option<&str> {
        match self.given_to(row, field)? {
            GivenValue::Text(text) => Some(text),
            GivenValue::Number(_) => None,
        }
    }

    fn given_to(&self, row: usize, field: u16) -> Option<&GivenValue> {
        let given = self.given.get(row)?.as_ref()?;
        let own = given.iter().find(|(own, _)| *own == usize::from(field));
        own.map(|(_, value)| value)
    }

    fn push(&mut self, record_row: u32, alert: Alert<'_>) {
        self.record_rows.push(record_row);
        self.stated.statements.push(alert.statement as u16);
        self.stated.numbers.push(alert.number);
        let value = Some(alert.value.as_ref()).filter(|value| !value.is_empty());
        self.stated.values.push(value);
        self.codes.push(alert.code);
        self.given.push(alert.given);
    }
}

/// The only code of the only value.
const ONLY: PartNumber = PartNumber {
    value: 1,
    values: 1,
    code: 0,
};

/// The cells of one record.
struct RecordCells<'c> {
    chunk: &'c Chunk,
    row: usize,
    profile: &'c Profile,
    binding: &'c Binding,
    codes: &'c [Option<Code<'c>>],
}

impl<'c> RecordCells<'c> {
    fn column(&self, column: usize) -> &'c str {
        self.chunk.trimmed(self.row, column)
    }

    fn says_nothing(&self, cell: &str) -> bool {
        is_null(cell, &self.profile.input.null_values)
    }

    /// Adds the alerts that the record states in one way.
    fn state(
        &self,
        at: usize,
        statement: &'c Statement,
        flags: &mut FlagCounts,
        alerts: &mut Vec<Alert<'c>>,
    ) {
        let code = self.codes.get(at).copied().flatten();
        let (Some(bound), Some(code)) = (self.binding.statement(at), code) else {
            return;
        };
        let Some(flag) = &statement.flag else {
            return self.state_values(at, statement, bound, code, alerts);
        };
        let cell = bound.flag.map_or("", |column| self.column(column));
        if self.says_nothing(cell) {
            flags.blank += 1;
            return;
        }
        let word = flag.reader.read(cell);
        flags.count(word);
        let first = alerts.len();
        if word.is_none() || word == Some(FlagWord::Yes) {
            self.decide(
                at,
                ONLY,
                Cow::Borrowed(&flag.column),
                bound,
                code.reader,
                alerts,
            );
        }
        if word.is_none() {
            // one alert, whatever the flag would stand for
            alerts.truncate(first + 1);
            if let Some(alert) = alerts.last_mut() {
                alert.code = Some(Reading::Fault(CellFault::UnknownFlag));
                alert.value = Cow::Borrowed(cell);
            }
        }
    }

    fn state_values(
        &self,
        at: usize,
        statement: &Statement,
        bound: &BoundStatement,
        code: Code<'c>,
        alerts: &mut Vec<Alert<'c>>,
    ) {
        let source = self.binding.source(at, code.field);
        let cell = source.single(self.chunk, self.row, code.null_values);
        let values = match code.parts {
            // "n/a" says nothing as a whole, and must not become n and a
            _ if is_null(cell, code.null_values) => Vec::new(),
            Some(parts) if !code.reader.knows(cell) => parts.split(cell),
            _ => vec![Cow::Borrowed(cell)],
        };
        let said = |value: &Cow<'_, str>| !is_null(value, code.null_values);
        let values: Vec<_> = values.into_iter().filter(said).collect();
        let before = alerts.len();
        let mut number = PartNumber {
            value: 0,
            values: values.len() as u32,
            code: 0,
        };
        for value in values {
            number.value += 1;
            let value = match code.parts {
                Some(parts) if !code.reader.knows(&value) => match value {
                    Cow::Borrowed(value) => Cow::Borrowed(parts.code_of(value)),
                    Cow::Owned(value) => Cow::Owned(parts.code_of(&value).to_owned()),
                },
                _ => value,
            };
            self.decide(at, number, value, bound, code.reader, alerts);
        }
        if alerts.len() == before && !statement.may_be_empty {
            alerts.push(Alert {
                statement: at,
                number: ONLY,
                value: Cow::Borrowed(""),
                code: None,
                given: None,
            });
        }
    }

    /// Adds the alerts that one value states.
    fn decide(
        &self,
        statement: usize,
        number: PartNumber,
        value: Cow<'c, str>,
        bound: &BoundStatement,
        reader: &CrosswalkReader,
        alerts: &mut Vec<Alert<'c>>,
    ) {
        let condition = |at: usize| {
            let column = bound.conditions.get(at);
            column.map_or("", |column| self.column(*column))
        };
        let alert = |code: u32, reading, given| Alert {
            statement,
            number: PartNumber { code, ..number },
            value: value.clone(),
            code: Some(reading),
            given,
        };
        match reader.decide(&value, condition) {
            Decision::Plain(reading) => alerts.push(alert(0, reading, None)),
            Decision::Branch(branch) => {
                let given = Some(&branch.given).filter(|given| !given.is_empty());
                let targets = (0..).zip(&branch.targets);
                alerts.extend(
                    targets.map(|(code, target)| alert(code, target.reading(), given.cloned())),
                );
            }
        }
    }

    /// Keeps the alerts that rejects name, if the record comes from rejects that name some. If one of the
    /// names is none of the record's, the record or the profile has changed, and nobody knows which alerts
    /// are meant: none goes through then.
    fn only_those_meant(&self, alerts: &mut Vec<Alert<'c>>) {
        let named = self.binding.parts();
        let named = named.map_or("", |column| self.column(column));
        if named.is_empty() {
            return;
        }
        let named = names_in(named);
        let names =
            |alert: &Alert<'_>| part_names(self.binding.label(alert.statement), alert.number);
        let stated: Vec<[String; 2]> = alerts.iter().map(names).collect();
        let is_stated = |name: &&str| stated.iter().flatten().any(|own| own == name);
        if !named.iter().all(is_stated) {
            for alert in alerts {
                alert.code = Some(Reading::Fault(CellFault::UnknownPart));
            }
            return;
        }
        let is_meant = |names: &[String; 2]| names.iter().any(|own| named.contains(&own.as_str()));
        let mut stated = stated.iter();
        alerts.retain(|_| stated.next().is_some_and(is_meant));
    }
}

/// How the code of one kind of alert is read.
#[derive(Clone, Copy)]
struct Code<'p> {
    field: usize,
    reader: &'p CrosswalkReader,
    parts: Option<&'p Parts>,
    null_values: &'p HashSet<String>,
}

/// How the codes of all kinds of alerts are read, by statement.
fn codes(profile: &Profile) -> Vec<Option<Code<'_>>> {
    let mut fields = profile.fields.iter();
    let field = fields.position(|plan| plan.name == ALERT_CODE);
    let code = |statement| {
        let field = field?;
        let plan = profile.plan(statement, field)?;
        match &plan.reader {
            CellReader::Code(reader) => Some(Code {
                field,
                reader,
                parts: plan.parts.as_ref(),
                null_values: &plan.null_values,
            }),
            _ => None,
        }
    };
    (0..profile.statements.len()).map(code).collect()
}
