//! `confidentiality_missing`: an alert has no confidentiality level

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, blank};
use crate::finding::Severity;
use crate::standard::Code;

/// An alert has no confidentiality level.
pub static RULE: Rule = Rule {
    id: "PAC601",
    slug: "confidentiality_missing",
    severity: Severity::Info,
    docs: "An alert has no confidentiality level. The level that belongs to its code is filled in.",
    fix: "fill in the level",
    reads: &["confidentiality_level", "person_alert_code_id"],
    needs: Needs::Nothing,
    message: "the alert has no level; that of its code is filled in",
    effect: Effect::Defaulted,
    check: Check::Mend(check, mend),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("confidentiality_level", "")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "confidentiality_level")
}

fn mend(batch: &mut Candidates, context: &Context<'_>, rows: &[usize]) {
    let level = |code: &Code| context.term("confidentiality_level", &code.confidentiality);
    let places = context.by_code(level).of_rows(batch, rows);
    if let Some(levels) = batch.terms_mut("confidentiality_level") {
        for (row, place) in places {
            levels.set(row, place);
        }
    }
}
