//! `person_key_shared`: two different person keys have become the same integer

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;

/// Two different person keys have become the same integer.
pub static RULE: Rule = Rule {
    id: "PAC104",
    slug: "person_key_shared",
    severity: Severity::Error,
    docs: "Two different person keys have become the same integer. One person would get the alerts of another. Keys that are no numbers are hashed to 62 bits, so this all but never happens; if it does, it is found.",
    fix: "give one of the two persons another key in the export",
    reads: &["person_id"],
    message: "{value} and another key become the same integer",
    effect: Effect::Rejected,
    check: Check::Gate(GateFault::SharedPersonKey),
    firm: "two persons would have one key",
    passing: &[Example::Records(&[
        &[("person_alert_id", "1"), ("person_id", "123")],
        &[("person_alert_id", "2"), ("person_id", "000123")],
    ])],
    ..Rule::ALERT
};
