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
    docs: "The values that a change has changed are cut off or spoilt. They begin as a JSON object and are none, or name a field twice. What is missing is not known, and half a change would be read as the whole; of a field that stands twice nobody knows which of the two counts.",
    fix: "export the log again; look for a limit of length on the column",
    table: PERSON_ALERT_HISTORY,
    reads: &["old_value", "new_value"],
    message: BROKEN,
    effect: Effect::Rejected,
    check: Check::Cells(&[
        (CellFault::BrokenFields, BROKEN),
        (CellFault::RepeatedFields, "{value} names a field twice"),
    ]),
    passing: &[Example::Changes(&[&[]])],
    failing: &[
        Example::Changes(&[&[("new_value", "{\"alert_status\": \"Op")]]),
        Example::Changes(&[&[(
            "new_value",
            "{\"alert_status\": \"Open\", \"alert_status\": \"Closed\"}",
        )]]),
    ],
    ..Rule::ALERT
};

const BROKEN: &str = "{value} begins as a JSON object and is none";
