//! `history_reason_missing`: nobody says why an alert was deleted or closed

use crate::candidate::{Candidates, State};
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// Nobody says why an alert was deleted or closed.
pub static RULE: Rule = Rule {
    id: "PAC740",
    slug: "history_reason_missing",
    severity: Severity::Warning,
    docs: "Nobody says why an alert was deleted or closed. The one who takes a warning away must be able to say why. The change is kept.",
    fix: "fill in the reason",
    table: PERSON_ALERT_HISTORY,
    reads: &["reason_for_change", "action_type", "new_value"],
    message: "the alert was deleted or closed, and no reason is given",
    check: Check::Batch(check),
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
        Example::Changes(&[
            &[],
            &[
                ("action_type", "UPDATE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", "{\"alert_status\": \"Pending\"}"),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
            ],
        ]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "UPDATE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", "{\"alert_status\": \"Closed\"}"),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
                ("reason_for_change", "recovered"),
            ],
        ]),
    ],
    failing: &[
        Example::Changes(&[
            &[],
            &[
                ("action_type", "DELETE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", ""),
                ("change_timestamp", "2024-04-01T10:00:00Z"),
                ("reason_for_change", ""),
            ],
        ]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "UPDATE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", "{\"alert_status\": \"Closed\"}"),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
                ("reason_for_change", ""),
            ],
        ]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (reasons, actions) = (
        batch.states("reason_for_change"),
        batch.terms("action_type"),
    );
    let values = batch.texts("new_value");
    let delete = context.term("action_type", "DELETE");
    mask(batch, |row| {
        if reasons.get(row) != Some(&State::Blank) {
            return false;
        }
        let action = actions.and_then(|column| column.get(row)).copied();
        let values = values.and_then(|column| column.get(row));
        action.is_some() && action == delete || values.is_some_and(closes)
    })
}

/// Whether the new values say that an alert is closed.
fn closes(values: &str) -> bool {
    let values: Option<serde_json::Value> = serde_json::from_str(values).ok();
    let status = values
        .as_ref()
        .and_then(|values| values.get("alert_status"));
    let status = status.and_then(serde_json::Value::as_str);
    status.is_some_and(|status| status.eq_ignore_ascii_case("Closed"))
}
