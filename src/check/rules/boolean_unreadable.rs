//! `boolean_unreadable`: a cell is no word for yes or no

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Example, Rule};
use crate::finding::Severity;

/// A cell is no word for yes or no.
pub static RULE: Rule = Rule {
    id: "PAC503",
    slug: "boolean_unreadable",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A cell is no word for yes or no. Refused, unknown and not asked are no words for no. In a required field the alert is rejected.",
    fix: "write yes or no, or add the word to the profile",
    reads: &["is_active", "informed_resident"],
    message: "{value} is no word for yes or no",
    check: Check::Cell(CellFault::NoBoolean),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("informed_resident", "N")]),
    ],
    failing: &[
        Example::Cells(&[("is_active", "maybe")]),
        Example::Cells(&[("informed_resident", "refused")]),
    ],
    ..Rule::ALERT
};
