//! `source_missing`: an alert does not say who reported it

use crate::check::rule::{Check, Example, Needs, Rule};
use crate::finding::Severity;

/// An alert does not say who reported it.
pub static RULE: Rule = Rule {
    id: "PAC301",
    slug: "source_missing",
    severity: Severity::Info,
    docs: "An alert does not say who reported it. Its weight is hard to judge later. The standard allows it; the profile may fill in UNK.",
    fix: "fill in the source, or give source_type_id the default UNK",
    reads: &["source_type_id"],
    needs: Needs::Nothing,
    message: "the alert does not say who reported it",
    check: Check::Blank,
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("source_type_id", "")])],
    ..Rule::ALERT
};
