//! `code_name_too_long`: a name of a code is longer than the standard's column

use crate::check::code_lists::{CodeLists, ListFault, too_long};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A name of a code is longer than the standard's column.
pub static RULE: Rule = Rule {
    id: "PAC864",
    slug: "code_name_too_long",
    severity: Severity::Warning,
    docs: "A name of a code is longer than the standard's column. The design of the standard has 100 characters for both names, its SQL 50, which two of its own names exceed. A database may refuse the list or cut the name.",
    fix: "shorten the name",
    table: "person_alert_codes",
    reads: &["alert_name", "alert_subname"],
    message: "the name is too long",
    check: Check::List(check),
    passing: &[Example::List("person_alert_codes", &[])],
    failing: &[Example::List(
        "person_alert_codes",
        &[(
            "Asthma",
            "Asthma and so on and so on and so on and so on and so on and so on and so on and so on and so on and so on",
        )],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    too_long(lists, RULE.table, RULE.reads)
}
