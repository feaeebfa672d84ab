//! Rules over the history of each alert: what they need of a change, in 32 bytes.

use std::path::Path;
use std::sync::Arc;

use super::context::Context;
use super::rule::Check;
use super::rules::RULES;
use super::tell::MASKED;
use crate::candidate::{Candidates, Outcome};
use crate::chunk::Chunk;
use crate::error::Result;
use crate::finding::{Finding, NO_CANDIDATE, NO_WAIVER, Remark};
use crate::sorted_runs::{Plain, SortedRuns};
use crate::standard::{PERSON_ALERT_HISTORY, Standard};

/// What a change did, or what the alert itself says behind all its changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// The alert was put down.
    Insert,
    /// The alert was changed.
    Update,
    /// The alert was deleted.
    Delete,
    /// No change: the alert holds on the day of the run.
    Holds,
}

impl EventKind {
    const ALL: [EventKind; 4] = [
        EventKind::Insert,
        EventKind::Update,
        EventKind::Delete,
        EventKind::Holds,
    ];

    /// The kind that a byte stands for.
    pub fn of(byte: u8) -> EventKind {
        let kind = EventKind::ALL.get(usize::from(byte));
        kind.copied().unwrap_or(EventKind::Holds)
    }

    /// What the values of `action_type` stand for, in their order.
    pub fn actions(standard: &Standard) -> Vec<EventKind> {
        let field = standard
            .table(PERSON_ALERT_HISTORY)
            .and_then(|table| table.field("action_type"));
        let words = field
            .map(|field| field.allowed.as_slice())
            .unwrap_or_default();
        let kind = |word: &String| match word.as_str() {
            "INSERT" => EventKind::Insert,
            "DELETE" => EventKind::Delete,
            _ => EventKind::Update,
        };
        words.iter().map(kind).collect()
    }
}

/// A change of an alert. The order is that of the alert's history: by time, then by place in the input;
/// what the alert itself says comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HistoryEvent {
    /// Key of the alert.
    pub alert_id: i64,
    /// When it happened, in microseconds since 1970-01-01.
    pub time: i64,
    /// Index of the input.
    pub input: u32,
    /// Number of the record in the input.
    pub record: u32,
    /// Physical line of the record.
    pub line: u32,
    /// What happened.
    pub kind: EventKind,
}

impl Plain for HistoryEvent {
    const SIZE: usize = 29;

    fn put(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.alert_id.to_le_bytes());
        into.extend_from_slice(&self.time.to_le_bytes());
        for number in [self.input, self.record, self.line] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        into.push(self.kind as u8);
    }

    fn take(bytes: &[u8]) -> HistoryEvent {
        let long = |at: usize| {
            let own = bytes.get(at..at + 8).and_then(|own| own.try_into().ok());
            own.map_or(0, i64::from_le_bytes)
        };
        HistoryEvent {
            alert_id: long(0),
            time: long(8),
            input: short(bytes, 16),
            record: short(bytes, 20),
            line: short(bytes, 24),
            kind: EventKind::of(bytes.get(28).copied().unwrap_or_default()),
        }
    }
}

/// A change that a rule speaks about; the order is that of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HistoryHit {
    /// Index of the input.
    pub input: u32,
    /// Number of the record in the input.
    pub record: u32,
    /// Place of the rule in the catalogue.
    pub rule: u32,
    /// Physical line of the record.
    pub line: u32,
}

impl Plain for HistoryHit {
    const SIZE: usize = 16;

    fn put(&self, into: &mut Vec<u8>) {
        for number in [self.input, self.record, self.rule, self.line] {
            into.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn take(bytes: &[u8]) -> HistoryHit {
        let number = |at: usize| short(bytes, at * 4);
        HistoryHit {
            input: number(0),
            record: number(1),
            rule: number(2),
            line: number(3),
        }
    }
}

fn short(bytes: &[u8], at: usize) -> u32 {
    let own = bytes.get(at..at + 4).and_then(|own| own.try_into().ok());
    own.map_or(0, u32::from_le_bytes)
}

/// The accepted changes of a batch.
pub fn events(
    chunk: &Chunk,
    batch: &Candidates,
    input: usize,
    standard: &Standard,
) -> Vec<HistoryEvent> {
    let columns = (
        batch.int64s("person_alert_id"),
        batch.timestamps("change_timestamp"),
        batch.terms("action_type"),
    );
    let (Some(alerts), Some(times), Some(actions)) = columns else {
        return Vec::new();
    };
    let kinds = EventKind::actions(standard);
    let accepted = (0..batch.rows).filter(|row| batch.outcomes[*row] == Outcome::Accepted);
    let events = accepted.filter_map(|row| {
        let record = &chunk.records[batch.record_rows[row] as usize];
        Some(HistoryEvent {
            alert_id: *alerts.get(row)?,
            time: *times.get(row)?,
            input: input as u32,
            record: record.number as u32,
            line: record.line as u32,
            kind: *kinds.get(usize::from(*actions.get(row)?))?,
        })
    });
    events.collect()
}

/// What the accepted alerts of a batch that hold say behind their histories.
pub fn holding(batch: &Candidates) -> Vec<HistoryEvent> {
    let columns = (batch.int64s("person_alert_id"), batch.bools("is_active"));
    let (Some(alerts), Some(active)) = columns else {
        return Vec::new();
    };
    let holds =
        |row: &usize| batch.outcomes[*row] == Outcome::Accepted && active.get(*row) == Some(&true);
    let alerts = (0..batch.rows).filter(holds).filter_map(|row| {
        Some(HistoryEvent {
            alert_id: *alerts.get(row)?,
            time: i64::MAX,
            input: 0,
            record: 0,
            line: 0,
            kind: EventKind::Holds,
        })
    });
    alerts.collect()
}

/// Runs the rules over the history of one landlord, an alert at a time; what they speak about comes in the
/// order of the input.
///
/// # Errors
/// A temporary file cannot be written or read.
pub fn history_hits(
    events: SortedRuns<HistoryEvent>,
    context: &Context<'_>,
    folder: &Path,
) -> Result<SortedRuns<HistoryHit>> {
    let mut hits = SortedRuns::new(folder);
    let mut alert: Vec<HistoryEvent> = Vec::new();
    events.each(|event| {
        if alert
            .first()
            .is_some_and(|first| first.alert_id != event.alert_id)
        {
            hits.extend(hits_of_alert(&alert, context))?;
            alert.clear();
        }
        alert.push(event);
        Ok(())
    })?;
    hits.extend(hits_of_alert(&alert, context))?;
    Ok(hits)
}

fn hits_of_alert(events: &[HistoryEvent], context: &Context<'_>) -> Vec<HistoryHit> {
    let mut hits = Vec::new();
    for (at, rule) in (0..).zip(RULES) {
        let Check::History(speaks) = rule.check else {
            continue;
        };
        if context.rules.is_off(rule) {
            continue;
        }
        let spoken_of = speaks(events).into_iter();
        let spoken_of = spoken_of.filter_map(|place| events.get(place));
        hits.extend(spoken_of.map(|event| HistoryHit {
            input: event.input,
            record: event.record,
            rule: at,
            line: event.line,
        }));
    }
    hits
}

/// A column of a log.
#[derive(Debug)]
pub struct LogColumn {
    /// Its name, or that of the field that no column feeds.
    pub title: String,
    /// In which column of a spreadsheet it stands.
    pub sheet_column: Option<u32>,
}

/// What a rule speaks about, as a finding without its row; `columns` are those of the log, by field.
pub fn tell_hit(hit: &HistoryHit, standard: &Standard, columns: &[LogColumn]) -> Option<Finding> {
    let rule = RULES.get(hit.rule as usize)?;
    let field = rule.reads.first().copied().unwrap_or_default();
    let column = columns.get(standard.table(rule.table)?.position(field)?);
    let words = rule.message.replace("{value}", MASKED);
    let remark = Remark {
        rule: rule.facts(),
        column: column.map_or(field, |column| column.title.as_str()).into(),
        sheet_column: column.and_then(|column| column.sheet_column),
        message: format!("{field}: {words}").into(),
    };
    Some(Finding {
        remark: Arc::new(remark),
        record: u64::from(hit.record),
        line: u64::from(hit.line),
        row: 0,
        input: hit.input,
        candidate: NO_CANDIDATE,
        severity: rule.severity,
        effect: rule.effect.at(rule.severity),
        waiver: NO_WAIVER,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_for_events() {
        for kind in EventKind::ALL {
            let event = HistoryEvent {
                alert_id: -5,
                time: i64::MAX,
                input: 1,
                record: u32::MAX,
                line: 3,
                kind,
            };
            let mut bytes = Vec::new();
            event.put(&mut bytes);
            assert_eq!(bytes.len(), HistoryEvent::SIZE);
            assert_eq!(HistoryEvent::take(&bytes), event);
        }
    }
}
