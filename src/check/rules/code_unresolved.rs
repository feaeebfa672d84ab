//! `code_unresolved`: a value is no code of the standard's list

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A value is no code of the standard's list.
pub static RULE: Rule = Rule {
    id: "PAC205",
    slug: "code_unresolved",
    severity: Severity::Error,
    docs: "A value is no code of the standard's list. A code that the list does not have means nothing to anybody who reads the output.",
    fix: "check the spelling with pac codes search, or give the field a crosswalk",
    reads: &["person_alert_code_id"],
    message: "{value} is no code of the standard",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::NotACode),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("person_alert_code_id", "med1.02")]),
    ],
    failing: &[
        Example::Cells(&[("person_alert_code_id", "RISK9.04")]),
        Example::Cells(&[("source_type_id", "NEPHEW")]),
    ],
    ..Rule::ALERT
};
