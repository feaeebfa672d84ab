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
    docs: "A change has old or new values where there can be none, or lacks them. An alert that is put down has no old values, one that is deleted no new ones, and a change has both. A log of edition 1.0 has neither column; the rule is not run then.",
    fix: "look which of the two columns is wrong, or what was really done",
    table: PERSON_ALERT_HISTORY,
    reads: &["action_type", "old_value", "new_value"],
    message: "the old and new values do not fit what {value} does",
    effect: Effect::Rejected,
    check: Check::Batch(check),
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

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let actions = batch.terms("action_type");
    let (old, new) = (batch.states("old_value"), batch.states("new_value"));
    let all_blank = |states: &[State]| states.iter().all(|state| *state == State::Blank);
    // a log without such columns says nothing about values
    if all_blank(old) && all_blank(new) {
        return mask(batch, |_| false);
    }
    let term = |word| context.term("action_type", word);
    let (insert, delete) = (term("INSERT"), term("DELETE"));
    let given = |states: &[State], row: usize| states.get(row) != Some(&State::Blank);
    mask(batch, |row| {
        let Some(action) = actions.and_then(|column| column.get(row)).copied() else {
            return false;
        };
        let (old, new) = (given(old, row), given(new, row));
        match Some(action) {
            action if action == insert => old,
            action if action == delete => new,
            _ => !old || !new,
        }
    })
}
