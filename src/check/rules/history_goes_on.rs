//! `history_goes_on`: an alert is changed after it was deleted

use crate::check::history::{EventKind, HistoryEvent};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// An alert is changed after it was deleted.
pub static RULE: Rule = Rule {
    id: "PAC746",
    slug: "history_goes_on",
    severity: Severity::Warning,
    docs: "An alert is changed after it was deleted. The deletion or the later change is told at the wrong time, or two alerts share a key. Both are kept.",
    fix: "look whether the alert was really deleted, and when",
    table: PERSON_ALERT_HISTORY,
    reads: &["action_type"],
    message: "the alert was deleted before",
    check: Check::History(check),
    passing: &[Example::Changes(&[
        &[],
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
        ],
        &[
            ("action_type", "DELETE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", ""),
            ("change_timestamp", "2024-04-01T10:00:00Z"),
            ("reason_for_change", "put down twice"),
        ],
    ])],
    failing: &[Example::Changes(&[
        &[],
        &[
            ("action_type", "DELETE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", ""),
            ("change_timestamp", "2024-04-01T10:00:00Z"),
            ("reason_for_change", "put down twice"),
        ],
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-05-01T10:00:00Z"),
        ],
    ])],
    ..Rule::ALERT
};

fn check(events: &[HistoryEvent]) -> Vec<usize> {
    let deleted = events
        .iter()
        .position(|event| event.kind == EventKind::Delete);
    let Some(deleted) = deleted else {
        return Vec::new();
    };
    let later = (deleted + 1)..events.len();
    let changes = |at: &usize| matches!(events[*at].kind, EventKind::Insert | EventKind::Update);
    later.filter(changes).collect()
}
