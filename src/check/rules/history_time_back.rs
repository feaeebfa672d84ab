//! `history_time_back`: a change comes in the log behind a later one

use crate::check::history::{EventKind, HistoryEvent};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change comes in the log behind a later one.
pub static RULE: Rule = Rule {
    id: "PAC747",
    slug: "history_time_back",
    severity: Severity::Warning,
    docs: "A change comes in the log behind a later one. The log is out of order, or a clock went wrong. Changes are kept, and their history is ordered by time.",
    fix: "sort the log, and check the time zone of the times",
    table: PERSON_ALERT_HISTORY,
    reads: &["change_timestamp"],
    message: "a change of the alert that comes earlier in the log was made later",
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
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
        ],
        &[],
    ])],
    ..Rule::ALERT
};

fn check(events: &[HistoryEvent]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..events.len()).collect();
    places.retain(|at| events[*at].kind != EventKind::Holds);
    places.sort_by_key(|at| (events[*at].input, events[*at].record));
    let mut latest = i64::MIN;
    places.retain(|at| {
        let back = events[*at].time < latest;
        latest = latest.max(events[*at].time);
        back
    });
    places
}
