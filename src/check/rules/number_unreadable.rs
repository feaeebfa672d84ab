//! `number_unreadable`: a cell is no whole number

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Example, Rule};
use crate::finding::Severity;

/// A cell is no whole number.
pub static RULE: Rule = Rule {
    id: "PAC502",
    slug: "number_unreadable",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A cell is no whole number. 12.5, 1e3 and 12 days must not be rounded or guessed. In a required field the alert is rejected, elsewhere the cell is emptied.",
    fix: "write the number with digits alone",
    reads: &["alert_duration", "organisation_id"],
    message: "{value} is no whole number",
    check: Check::Cell(CellFault::NoNumber),
    passing: &[Example::Cells(&[("alert_duration", "30")])],
    failing: &[
        Example::Cells(&[("alert_duration", "12.5")]),
        Example::Cells(&[("alert_duration", "12 days")]),
    ],
    ..Rule::ALERT
};
