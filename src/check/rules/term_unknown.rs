//! `term_unknown`: a value is not among those that the standard allows

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A value is not among those that the standard allows.
pub static RULE: Rule = Rule {
    id: "PAC504",
    slug: "term_unknown",
    severity: Severity::Error,
    docs: "A value is not among those that the standard allows. The field has a closed list, so the alert is set aside until somebody has said what the word means.",
    fix: "write one of the allowed values, or add the word to the profile",
    reads: &[
        "alert_progress",
        "alert_duration_type",
        "alert_status",
        "confidentiality_level",
    ],
    message: "{value} is not among the allowed values",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::UnknownTerm),
    passing: &[Example::Cells(&[("alert_progress", "stable")])],
    failing: &[
        Example::Cells(&[("alert_progress", "same-ish")]),
        Example::Cells(&[("alert_status", "ajar")]),
    ],
    ..Rule::ALERT
};
