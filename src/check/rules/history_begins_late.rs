//! `history_begins_late`: the history of an alert does not begin with its being put down

use crate::check::history::{EventKind, HistoryEvent};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// The history of an alert does not begin with its being put down.
pub static RULE: Rule = Rule {
    id: "PAC744",
    slug: "history_begins_late",
    severity: Severity::Warning,
    docs: "The history of an alert does not begin with its being put down. What happened before is not in the log. The change is kept.",
    fix: "export the log from its beginning",
    table: PERSON_ALERT_HISTORY,
    reads: &["action_type"],
    message: "the first change of the alert is {value}, and not INSERT",
    check: Check::History(check),
    passing: &[
        Example::Changes(&[&[]]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "UPDATE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", "{\"alert_status\": \"Pending\"}"),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
            ],
        ]),
    ],
    failing: &[
        Example::Changes(&[&[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
        ]]),
        Example::Changes(&[
            &[("change_timestamp", "2024-05-05T10:00:00Z")],
            &[
                ("action_type", "UPDATE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", "{\"alert_status\": \"Pending\"}"),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
            ],
        ]),
    ],
    ..Rule::ALERT
};

fn check(events: &[HistoryEvent]) -> Vec<usize> {
    let first = events.first();
    let late =
        first.is_some_and(|first| matches!(first.kind, EventKind::Update | EventKind::Delete));
    late.then_some(0).into_iter().collect()
}
