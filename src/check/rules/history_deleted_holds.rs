//! `history_deleted_holds`: an alert was deleted and still holds

use crate::check::history::{EventKind, HistoryEvent};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// An alert was deleted and still holds.
pub static RULE: Rule = Rule {
    id: "PAC748",
    slug: "history_deleted_holds",
    severity: Severity::Warning,
    docs: "An alert was deleted and still holds. Visitors act on an alert that somebody took away, or the log tells a deletion that never was. Both are kept.",
    fix: "close the alert, or look who deleted it and why",
    table: PERSON_ALERT_HISTORY,
    reads: &["action_type"],
    message: "the alert was deleted, and holds on the day of the run",
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
        &[
            ("action_type", "DELETE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", ""),
            ("change_timestamp", "2024-04-01T10:00:00Z"),
            ("reason_for_change", "put down twice"),
        ],
    ])],
    ..Rule::ALERT
};

fn check(events: &[HistoryEvent]) -> Vec<usize> {
    let [.., last, alert] = events else {
        return Vec::new();
    };
    let holds = last.kind == EventKind::Delete && alert.kind == EventKind::Holds;
    holds.then_some(events.len() - 2).into_iter().collect()
}
