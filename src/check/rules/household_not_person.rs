//! `household_not_person`: an alert is about somebody of the household

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert is about somebody of the household.
pub static RULE: Rule = Rule {
    id: "PAC229",
    slug: "household_not_person",
    severity: Severity::Info,
    docs: "An alert is about somebody of the household. RISK2.07, a mental health crisis in the household, does not say whose crisis it is. The alert is kept with the person who has it.",
    fix: "record the alert with the person whom it is about, where that is known",
    reads: &["person_alert_code_id"],
    message: "the code is about somebody of the household, who need not be this person",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("person_alert_code_id", "RISK2.06")]),
    ],
    failing: &[Example::Cells(&[("person_alert_code_id", "RISK2.07")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let code = context.standard.codes.by_subcode("RISK2.07");
    let codes = batch.int32s("person_alert_code_id");
    match (code, codes) {
        (Some(code), Some(codes)) => mask(batch, |row| codes.values[row] == code.id),
        _ => mask(batch, |_| false),
    }
}
