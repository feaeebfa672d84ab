//! `history_alert_missing`: a change does not say which alert it changes

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change does not say which alert it changes.
pub static RULE: Rule = Rule {
    id: "PAC731",
    slug: "history_alert_missing",
    severity: Severity::Error,
    firm: "a change without person_alert_id cannot be written",
    docs: "A change does not say which alert it changes. It can be told of no alert, so it cannot be kept.",
    fix: "find out which alert was changed",
    table: PERSON_ALERT_HISTORY,
    reads: &["person_alert_id"],
    message: "the change names no alert",
    effect: Effect::Rejected,
    check: Check::Blank,
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("person_alert_id", "")]])],
    ..Rule::ALERT
};
