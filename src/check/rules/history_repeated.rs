//! `history_repeated`: a change is told twice

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change is told twice.
pub static RULE: Rule = Rule {
    id: "PAC743",
    slug: "history_repeated",
    severity: Severity::Warning,
    docs: "A change is told twice. Every field equals that of an earlier change. It is merged into that one.",
    fix: "export the log once",
    table: PERSON_ALERT_HISTORY,
    reads: &["person_alert_id"],
    message: "the change equals an earlier one, and is merged into it",
    effect: Effect::Merged,
    check: Check::Gate(GateFault::ExactDuplicate),
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
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
        ],
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
        ],
    ])],
    ..Rule::ALERT
};
