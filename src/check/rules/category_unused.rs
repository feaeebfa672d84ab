//! `category_unused`: a category has no code

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A category has no code.
pub static RULE: Rule = Rule {
    id: "PAC871",
    slug: "category_unused",
    severity: Severity::Info,
    docs: "A category has no code. Other and Unknown have none in the release either, and are not told. Another one without codes may have lost them.",
    fix: "nothing; or give the codes that belong there the category's key",
    table: "alert_categories",
    reads: &["alert_category_name"],
    message: "the category has no code",
    check: Check::List(check),
    passing: &[Example::List("alert_categories", &[])],
    failing: &[Example::List(
        "alert_categories",
        &[("9,Unknown", "9,Unknown\n10,Medical too")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let categories = lists.rows(RULE.table).filter_map(|row| {
        let (key, name) = (
            row.cell("alert_category_id"),
            row.cell("alert_category_name"),
        );
        let mut codes = lists.rows("person_alert_codes");
        let used = codes.any(|code| code.cell("alert_category_id") == key);
        let words = || format!("{name} has no code");
        let told = !used && !matches!(name, "Other" | "Unknown");
        told.then(|| row.fault("alert_category_name", words()))
    });
    categories.collect()
}
