//! `history_fields_broken`: the values that a change has changed are cut off or spoilt

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// The values that a change has changed are cut off or spoilt.
pub static RULE: Rule = Rule {
    id: "PAC735",
    slug: "history_fields_broken",
    severity: Severity::Error,
    docs: "The values that a change has changed are cut off or spoilt. They begin as a JSON object and are none. What is missing is not known, and half a change would be read as the whole.",
    fix: "export the log again; look for a limit of length on the column",
    table: PERSON_ALERT_HISTORY,
    reads: &["old_value", "new_value"],
    message: "{value} begins as a JSON object and is none",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::BrokenFields),
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[(
        "new_value",
        "{\"alert_status\": \"Op",
    )]])],
    ..Rule::ALERT
};
