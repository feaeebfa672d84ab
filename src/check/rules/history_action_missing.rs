//! `history_action_missing`: a change does not say what was done

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, blank};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change does not say what was done.
pub static RULE: Rule = Rule {
    id: "PAC732",
    slug: "history_action_missing",
    severity: Severity::Error,
    firm: "a change without action_type cannot be written",
    docs: "A change does not say what was done. Whether an alert was put down, changed or deleted decides what its history means.",
    fix: "fill in INSERT, UPDATE or DELETE",
    table: PERSON_ALERT_HISTORY,
    reads: &["action_type"],
    message: "the change does not say what was done",
    effect: Effect::Rejected,
    check: Check::Batch(check),
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("action_type", "")]])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "action_type")
}
