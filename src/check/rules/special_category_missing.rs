//! `special_category_missing`: an alert does not say which special category of data it is

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, blank};
use crate::finding::Severity;
use crate::standard::Code;

/// An alert does not say which special category of data it is.
pub static RULE: Rule = Rule {
    id: "PAC603",
    slug: "special_category_missing",
    severity: Severity::Info,
    docs: "An alert does not say which special category of data it is. The category that belongs to its code is filled in.",
    fix: "fill in the category",
    reads: &["special_category_data_id", "person_alert_code_id"],
    needs: Needs::Nothing,
    message: "the alert has no special category; that of its code is filled in",
    effect: Effect::Defaulted,
    check: Check::Mend(check, mend),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("special_category_data_id", "")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "special_category_data_id")
}

fn mend(batch: &mut Candidates, context: &Context<'_>, rows: &[usize]) {
    let table = "special_category_data_types";
    let category = |code: &Code| context.standard.id_of(table, &code.special_category);
    let categories = context.by_code(category).of_rows(batch, rows);
    if let Some(ids) = batch.int32s_mut("special_category_data_id") {
        for (row, id) in categories {
            ids.set(row, id);
        }
    }
}
