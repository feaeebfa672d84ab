//! `person_missing`: an alert names no person

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// An alert names no person.
pub static RULE: Rule = Rule {
    id: "PAC101",
    slug: "person_missing",
    severity: Severity::Error,
    docs: "An alert names no person. An alert about nobody protects nobody.",
    fix: "fill in the person's key",
    reads: &["person_id"],
    message: "no person is named",
    effect: Effect::Rejected,
    check: Check::Blank,
    firm: "an alert about nobody cannot be written",
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("person_id", "")])],
    ..Rule::ALERT
};
