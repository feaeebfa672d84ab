//! `category_synonym`: a category was read through a synonym of the standard

use crate::check::code_lists::{CodeLists, ListFault, corrected};
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A category was read through a synonym of the standard.
pub static RULE: Rule = Rule {
    id: "PAC870",
    slug: "category_synonym",
    severity: Severity::Info,
    docs: "A category was read through a synonym of the standard. A document published with the standard has Communication where its list has Communication Needs; the list's name is written.",
    fix: "nothing; or write Communication Needs",
    table: "alert_categories",
    reads: &["alert_category_name"],
    message: "the name is a synonym",
    effect: Effect::Corrected,
    check: Check::List(check),
    passing: &[Example::List("alert_categories", &[])],
    failing: &[Example::List(
        "alert_categories",
        &[("Communication Needs", "Communication")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    corrected(lists, RULE.table)
}
