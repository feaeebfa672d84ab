//! `category_name_known`: a category is none of the nine of the standard

use crate::check::code_lists::{CodeLists, ListFault, unknown};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A category is none of the nine of the standard.
pub static RULE: Rule = Rule {
    id: "PAC869",
    slug: "category_name_known",
    severity: Severity::Error,
    docs: "A category is none of the nine of the standard. Themes are counted by name across landlords; one that nobody else has is left out of every count.",
    fix: "take the name from the release",
    table: "alert_categories",
    reads: &["alert_category_name"],
    message: "the category is none of the standard's",
    check: Check::List(check),
    passing: &[
        Example::List("alert_categories", &[]),
        Example::List(
            "alert_categories",
            &[("Communication Needs", "Communication")],
        ),
    ],
    failing: &[Example::List("alert_categories", &[("Medical", "Health")])],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    unknown(lists, RULE.table, RULE.reads[0])
}
