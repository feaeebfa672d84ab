//! `person_key_shared`: two different person keys have become the same integer

use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;

/// Two different person keys have become the same integer.
pub static RULE: Rule = Rule {
    id: "PAC104",
    slug: "person_key_shared",
    severity: Severity::Error,
    escalates: Escalation::Never,
    docs: "Two different person keys have become the same integer. One person would get the alerts of another. It happens where a system writes a number with and without leading zeros, and almost never otherwise.",
    fix: "write the keys of the column in one way",
    reads: &["person_id"],
    message: "{value} and another key become the same integer",
    effect: Effect::Rejected,
    check: Check::Gate(GateFault::SharedPersonKey),
    passing: &[Example::Records(&[
        &[("person_alert_id", "1")],
        &[("person_alert_id", "2")],
    ])],
    failing: &[Example::Records(&[
        &[("person_alert_id", "1"), ("person_id", "123")],
        &[("person_alert_id", "2"), ("person_id", "000123")],
    ])],
};
