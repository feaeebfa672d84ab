//! `person_unresolved`: the reference file of persons does not list a key that it is to resolve

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// The reference file of persons does not list a key that it is to resolve.
pub static RULE: Rule = Rule {
    id: "PAC801",
    slug: "person_unresolved",
    severity: Severity::Error,
    docs: "The reference file of persons does not list a key that it is to resolve. Or it lists the key without a number. There is no number for the person, and a made-up one would join with nobody. The alert is rejected until the file lists the key with a number.",
    fix: "add the person, or the missing number, to the reference file, or mend the key",
    reads: &["person_id"],
    message: "the reference file of persons has no number for {value}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::UnresolvedPerson),
    ..Rule::ALERT
};
