//! `value_for_review`: a value is left to a person's decision

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// A value is left to a person's decision.
pub static RULE: Rule = Rule {
    id: "PAC203",
    slug: "value_for_review",
    severity: Severity::Error,
    docs: "A value is left to a person's decision. Control measures, unstated directions and values with several plausible codes must not be guessed: a wrong code endangers someone.",
    fix: "decide what the record means, and write a value that the crosswalk maps, or a code in place of a flag that has the status review",
    reads: &["person_alert_code_id"],
    message: "{value} needs a person's decision",
    effect: Effect::Review,
    check: Check::Cell(CellFault::Review),
    ..Rule::ALERT
};
