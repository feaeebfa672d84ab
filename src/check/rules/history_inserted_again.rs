//! `history_inserted_again`: an alert is put down a second time

use crate::check::history::{EventKind, HistoryEvent};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// An alert is put down a second time.
pub static RULE: Rule = Rule {
    id: "PAC745",
    slug: "history_inserted_again",
    severity: Severity::Warning,
    docs: "An alert is put down a second time. One of the two is about another alert, or the alert came back without its deletion being told. Both changes are kept.",
    fix: "look whether two alerts share a key",
    table: PERSON_ALERT_HISTORY,
    reads: &["action_type"],
    message: "the alert was put down before",
    check: Check::History(check),
    passing: &[Example::Changes(&[
        &[],
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
        ],
    ])],
    failing: &[Example::Changes(&[
        &[],
        &[("change_timestamp", "2024-03-03T10:00:00Z")],
    ])],
    ..Rule::ALERT
};

fn check(events: &[HistoryEvent]) -> Vec<usize> {
    let inserted = events.iter().enumerate();
    let inserted = inserted.filter(|(_, event)| event.kind == EventKind::Insert);
    inserted.map(|(at, _)| at).skip(1).collect()
}
