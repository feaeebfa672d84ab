//! `history_user_missing`: a change does not say who made it

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change does not say who made it.
pub static RULE: Rule = Rule {
    id: "PAC733",
    slug: "history_user_missing",
    severity: Severity::Error,
    firm: "a change without changed_by_user_id cannot be written",
    docs: "A change does not say who made it. The standard needs somebody to ask for every change.",
    fix: "give the key of the user, or that of a system user as the default in the profile",
    table: PERSON_ALERT_HISTORY,
    reads: &["changed_by_user_id"],
    message: "the change does not say who made it",
    effect: Effect::Rejected,
    check: Check::Blank,
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("changed_by_user_id", "")]])],
    ..Rule::ALERT
};
