//! `history_values_unfit`: a change has old or new values where there can be none, or lacks them

use crate::candidate::{Candidates, State};
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, mask};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change has old or new values where there can be none, or lacks them.
pub static RULE: Rule = Rule {
    id: "PAC738",
    slug: "history_values_unfit",
    severity: Severity::Error,
    docs: "A change has old or new values where there can be none, or lacks them. An alert that is put down has no old values, one that is deleted no new ones, and a change has both; what is there and should not be, or is not and should, is told. A log of edition 1.0 has neither column; the rule is not run then.",
    fix: "put the values or the action right: INSERT has no old value, DELETE no new one, UPDATE both",
    table: PERSON_ALERT_HISTORY,
    reads: &["old_value", "new_value", "action_type"],
    message: "given or missing against what action_type says",
    effect: Effect::Rejected,
    check: Check::Fields(&[("old_value", old), ("new_value", new)]),
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
    ],
    failing: &[
        Example::Changes(&[&[("old_value", "{\"alert_status\": \"Open\"}")]]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "UPDATE"),
                ("old_value", ""),
                ("new_value", "{\"alert_status\": \"Pending\"}"),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
            ],
        ]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "UPDATE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", ""),
                ("change_timestamp", "2024-03-01T10:00:00Z"),
            ],
        ]),
        Example::Changes(&[
            &[],
            &[
                ("action_type", "DELETE"),
                ("old_value", "{\"alert_status\": \"Open\"}"),
                ("new_value", "{\"alert_status\": \"Open\"}"),
                ("change_timestamp", "2024-04-01T10:00:00Z"),
                ("reason_for_change", "put down twice"),
            ],
        ]),
    ],
    needs: Needs::OneOfEach(&[&["old_value", "new_value"]]),
    ..Rule::ALERT
};

fn old(batch: &Candidates, context: &Context<'_>) -> Mask {
    check(batch, context, "old_value", "INSERT")
}

fn new(batch: &Candidates, context: &Context<'_>) -> Mask {
    check(batch, context, "new_value", "DELETE")
}

/// The changes of which the field is given though the action `without` has no such values, or missing in
/// an update.
fn check(batch: &Candidates, context: &Context<'_>, field: &str, without: &str) -> Mask {
    let all_blank = |name: &str| (batch.states(name).iter()).all(|state| *state == State::Blank);
    // a log without such columns says nothing about values
    if all_blank("old_value") && all_blank("new_value") {
        return mask(batch, |_| false);
    }
    let actions = batch.terms("action_type");
    let (without, update) = (
        context.term("action_type", without),
        context.term("action_type", "UPDATE"),
    );
    let states = batch.states(field);
    mask(batch, |row| {
        let action = actions.and_then(|column| column.get(row)).copied();
        let is_given = states.get(row) != Some(&State::Blank);
        match action.is_some() {
            true if action == without => is_given,
            true if action == update => !is_given,
            _ => false,
        }
    })
}
