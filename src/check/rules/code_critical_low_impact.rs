//! `code_critical_low_impact`: a critical code bears little on repairs

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A critical code bears little on repairs.
pub static RULE: Rule = Rule {
    id: "PAC866",
    slug: "code_critical_low_impact",
    severity: Severity::Info,
    docs: "A critical code bears little on repairs. Somebody is in danger when the alert is missed, and repairs are to pay it no heed: one of the two may be a slip.",
    fix: "look at the two flags of the code again",
    table: "person_alert_codes",
    reads: &["repairs_impact", "is_critical"],
    message: "the code is critical, and its impact on repairs is low",
    check: Check::List(check),
    passing: &[Example::List("person_alert_codes", &[])],
    failing: &[Example::List(
        "person_alert_codes",
        &[("Asthma,true,true,High", "Asthma,true,true,Low")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let codes = lists.rows(RULE.table).filter_map(|row| {
        let (impact, code) = (row.cell("repairs_impact"), row.cell("alert_subcode"));
        let odd = row.cell("is_critical") == "true" && matches!(impact, "Low" | "None");
        let words = || format!("{code} is critical, and its impact on repairs is {impact}");
        odd.then(|| row.fault("repairs_impact", words()))
    });
    codes.collect()
}
