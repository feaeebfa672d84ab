//! `history_time_missing`: a change does not say when it was made

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change does not say when it was made.
pub static RULE: Rule = Rule {
    id: "PAC734",
    slug: "history_time_missing",
    severity: Severity::Error,
    firm: "a change without change_timestamp cannot be written",
    docs: "A change does not say when it was made. Without a time nobody can tell the order of changes, or when something was known.",
    fix: "fill in the time",
    table: PERSON_ALERT_HISTORY,
    reads: &["change_timestamp"],
    message: "the change does not say when it was made",
    effect: Effect::Rejected,
    check: Check::Blank,
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("change_timestamp", "")]])],
    ..Rule::ALERT
};
