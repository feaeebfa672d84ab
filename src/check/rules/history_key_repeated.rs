//! `history_key_repeated`: two changes have one key

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;
use crate::standard::PERSON_ALERT_HISTORY;

/// Two changes have one key.
pub static RULE: Rule = Rule {
    id: "PAC742",
    slug: "history_key_repeated",
    severity: Severity::Warning,
    docs: "Two changes have one key. The later one gets a key made of its content, so that keys stay unique.",
    fix: "give every change a key of its own",
    table: PERSON_ALERT_HISTORY,
    reads: &["person_alert_history_id"],
    message: "an earlier change has this key; another one is made",
    effect: Effect::Corrected,
    check: Check::Gate(GateFault::RepeatedAlertKey),
    passing: &[Example::Changes(&[
        &[("person_alert_history_id", "1")],
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
            ("person_alert_history_id", "2"),
        ],
    ])],
    failing: &[Example::Changes(&[
        &[("person_alert_history_id", "1")],
        &[
            ("action_type", "UPDATE"),
            ("old_value", "{\"alert_status\": \"Open\"}"),
            ("new_value", "{\"alert_status\": \"Pending\"}"),
            ("change_timestamp", "2024-03-01T10:00:00Z"),
            ("person_alert_history_id", "1"),
        ],
    ])],
    ..Rule::ALERT
};
