//! `source_missing`: an alert does not say who reported it

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Needs, Rule, blank};
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
    check: Check::Batch(check),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("source_type_id", "")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "source_type_id")
}
