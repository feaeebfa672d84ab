//! `history_fields_wrapped`: the values that a change has changed are a text and no JSON object

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// The values that a change has changed are a text and no JSON object.
pub static RULE: Rule = Rule {
    id: "PAC736",
    slug: "history_fields_wrapped",
    severity: Severity::Info,
    docs: "The values that a change has changed are a text and no JSON object. The standard wants an object. The text is kept whole, as the member text of one.",
    fix: "nothing needs to be done",
    table: PERSON_ALERT_HISTORY,
    reads: &["old_value", "new_value"],
    message: "{value} is no JSON object, and becomes the member text of one",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::FieldsWrapped),
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("new_value", "status set to Open")]])],
    ..Rule::ALERT
};
