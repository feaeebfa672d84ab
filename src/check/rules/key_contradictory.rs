//! `key_contradictory`: a reference file lists a key for two persons or organisations

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Rule};
use crate::finding::Severity;

/// A reference file lists a key for two persons or organisations.
pub static RULE: Rule = Rule {
    id: "PAC803",
    slug: "key_contradictory",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A reference file lists a key for two persons or organisations. Nothing says which of the two is meant, and a guess would warn of the wrong one. An alert about a person is for review; an organisation is left empty.",
    fix: "leave the key in the reference file once",
    reads: &["person_id", "organisation_id"],
    message: "{value} stands for two numbers in the reference file",
    effect: Effect::Review,
    check: Check::Cell(CellFault::ContradictoryKey),
    ..Rule::ALERT
};
