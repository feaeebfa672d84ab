//! `start_missing`: an alert has no start date

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// An alert has no start date.
pub static RULE: Rule = Rule {
    id: "PAC401",
    slug: "start_missing",
    severity: Severity::Error,
    docs: "An alert has no start date. The standard requires it: without it neither age nor review can be judged.",
    fix: "fill in the date on which the alert was raised",
    reads: &["start_date"],
    message: "the alert has no start date",
    effect: Effect::Rejected,
    check: Check::Blank,
    firm: "an alert without start_date cannot be written",
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("start_date", "")])],
    ..Rule::ALERT
};
