//! `code_missing`: an alert does not say what it is about

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// An alert does not say what it is about.
pub static RULE: Rule = Rule {
    id: "PAC201",
    slug: "code_missing",
    severity: Severity::Error,
    docs: "An alert does not say what it is about. Nobody can act on it, and no code may be guessed.",
    fix: "fill in the alert's type",
    reads: &["person_alert_code_id"],
    message: "the alert does not say what it is about",
    effect: Effect::Rejected,
    check: Check::Blank,
    firm: "an alert without a code cannot be written",
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("person_alert_code_id", "")])],
    ..Rule::ALERT
};
