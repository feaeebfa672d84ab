//! `special_category_synonym`: a special category was read through a synonym of the standard

use crate::check::code_lists::{CodeLists, ListFault, corrected};
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A special category was read through a synonym of the standard.
pub static RULE: Rule = Rule {
    id: "PAC875",
    slug: "special_category_synonym",
    severity: Severity::Info,
    docs: "A special category was read through a synonym of the standard. Examples published with the standard have MED, which its list has as HEALTH; the list's code is written.",
    fix: "nothing; or write HEALTH",
    table: "special_category_data_types",
    reads: &["category_code"],
    message: "the code is a synonym",
    effect: Effect::Corrected,
    check: Check::List(check),
    passing: &[Example::List("special_category_data_types", &[])],
    failing: &[Example::List(
        "special_category_data_types",
        &[("7,HEALTH", "7,MED")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    corrected(lists, RULE.table)
}
