//! `informed_unknown`: an alert does not say whether the person was told of it

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, blank};
use crate::finding::Severity;

/// An alert does not say whether the person was told of it.
pub static RULE: Rule = Rule {
    id: "PAC507",
    slug: "informed_unknown",
    severity: Severity::Info,
    docs: "An alert does not say whether the person was told of it. Not known counts as not told: saying otherwise would claim something that nobody knows.",
    fix: "fill in whether the person was told",
    reads: &["informed_resident"],
    needs: Needs::Nothing,
    message: "the alert does not say whether the person was told; false is filled in",
    effect: Effect::Defaulted,
    check: Check::Mend(check, mend),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("informed_resident", "")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "informed_resident")
}

fn mend(batch: &mut Candidates, _: &Context<'_>, rows: &[usize]) {
    if let Some(informed) = batch.bools_mut("informed_resident") {
        rows.iter().for_each(|row| informed.set(*row, false));
    }
}
