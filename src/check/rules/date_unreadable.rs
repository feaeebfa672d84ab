//! `date_unreadable`: a cell is no date in any format of the profile

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Example, Rule};
use crate::finding::Severity;

/// A cell is no date in any format of the profile.
pub static RULE: Rule = Rule {
    id: "PAC411",
    slug: "date_unreadable",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A cell is no date in any format of the profile. A date that does not exist or is written otherwise must not be guessed. In a required field the alert is rejected, elsewhere the cell is emptied.",
    fix: "put the date right, or add its format to the profile",
    reads: &["start_date", "end_date", "review_date"],
    message: "{value} is no date (the profile expects {expected})",
    check: Check::Cell(CellFault::NoDate),
    passing: &[Example::Cells(&[])],
    failing: &[
        Example::Cells(&[("start_date", "31/02/2024")]),
        Example::Cells(&[("end_date", "soon")]),
    ],
    ..Rule::ALERT
};
