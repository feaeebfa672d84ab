//! `negative_value`: a cell says that there is no alert

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A cell says that there is no alert.
pub static RULE: Rule = Rule {
    id: "PAC226",
    slug: "negative_value",
    severity: Severity::Info,
    docs: "A cell says that there is no alert. No, None, N/A or Not disclosed in the place of an alert states none. It is skipped and counted, unless the crosswalk has a word of its own on it.",
    fix: "nothing; or list the word under null_values, or in the crosswalk with the status ignore",
    reads: &["person_alert_code_id"],
    message: "{value} says that there is no alert; it is skipped",
    effect: Effect::Skipped,
    check: Check::Cell(CellFault::Negative),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("person_alert_code_id", "no known code")]),
        Example::Cells(&[("source_type_id", "None")]),
    ],
    failing: &[
        Example::Cells(&[("person_alert_code_id", "None")]),
        Example::Cells(&[("person_alert_code_id", "N/A")]),
    ],
    ..Rule::ALERT
};
