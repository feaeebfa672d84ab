//! `history_action_missing`: a change does not say what was done

use crate::check::rule::{Check, Effect, Example, Rule};
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
    check: Check::Blank,
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("action_type", "")]])],
    ..Rule::ALERT
};
