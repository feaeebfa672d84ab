//! `history_alert_deleted`: an alert is known from the log of changes alone, which has deleted it

use crate::check::rule::{Check, Effect, Example, Needs, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;

/// An alert is known from the log of changes alone, which has deleted it.
pub static RULE: Rule = Rule {
    id: "PAC749",
    slug: "history_alert_deleted",
    severity: Severity::Info,
    docs: "An alert is known from the log of changes alone, which has deleted it. No export has it, and the values of its changes tell its last state: person, code and start at least. It is kept as inactive and Archived, so that its history has an alert to be about.",
    fix: "nothing needs to be done",
    reads: &["person_alert_id"],
    needs: Needs::Nothing,
    message: "the log has deleted the alert, and no export has it; it is kept as Archived",
    effect: Effect::Kept,
    check: Check::Gate(GateFault::DeletedAlert),
    passing: &[
        Example::Changes(&[&[]]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "DELETE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", ""),
                ("change_timestamp", "2024-04-01T10:00:00Z"),
                ("reason_for_change", "put down twice"),
            ],
        ]),
        Example::Changes(&[&[
            ("person_alert_id", "78"),
            ("action_type", "DELETE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", ""),
        ]]),
    ],
    failing: &[Example::Changes(&[&[
        ("person_alert_id", "78"),
        ("action_type", "DELETE"),
        (
            "old_value",
            "{\"person_id\": 5, \"person_alert_code_id\": \"MED1.01\", \"start_date\": \"2024-01-01\"}",
        ),
        ("new_value", ""),
    ]])],
    ..Rule::ALERT
};
