//! `special_category_code_known`: a special category is none of the ten of the standard

use crate::check::code_lists::{CodeLists, ListFault, unknown};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A special category is none of the ten of the standard.
pub static RULE: Rule = Rule {
    id: "PAC874",
    slug: "special_category_code_known",
    severity: Severity::Error,
    docs: "A special category is none of the ten of the standard. Article 9 of the UK GDPR lists them, and safeguarding is none: that an alert is about it, its code says.",
    fix: "take the code from the release; leave SAFE out",
    table: "special_category_data_types",
    reads: &["category_code"],
    message: "the category is none of the standard's",
    check: Check::List(check),
    passing: &[
        Example::List("special_category_data_types", &[]),
        Example::List("special_category_data_types", &[("7,HEALTH", "7,MED")]),
    ],
    failing: &[Example::List(
        "special_category_data_types",
        &[("3,RELIGION", "3,SAFE")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    unknown(lists, RULE.table, RULE.reads[0])
}
