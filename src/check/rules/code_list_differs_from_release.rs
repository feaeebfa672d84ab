//! `code_list_differs_from_release`: a code of the list differs from the release, or is missing

use crate::check::code_lists::{CodeLists, ListFault, ListRow};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A code of the list differs from the release, or is missing.
pub static RULE: Rule = Rule {
    id: "PAC868",
    slug: "code_list_differs_from_release",
    severity: Severity::Warning,
    docs: "A code of the list differs from the release, or is missing. A flag that differs changes who is counted: an alert leaves or enters the critical ones or those of Awaab's Law without a word in the landlord's data. Keys and categories decide what the output refers to. What visitors are told may be worded freely, and is not compared.",
    fix: "take the code from the release; or keep the difference, and say so beside every count",
    table: "person_alert_codes",
    reads: &[
        "alert_subcode",
        "is_critical",
        "is_awaab_relevant",
        "repairs_impact",
        "alert_category_id",
        "person_alert_code_id",
        "alert_name",
        "alert_subname",
    ],
    message: "the code differs from the release",
    check: Check::List(check),
    passing: &[
        Example::List("person_alert_codes", &[]),
        Example::List(
            "person_alert_codes",
            &[("Repair damp and mould first", "See to damp and mould")],
        ),
    ],
    failing: &[
        Example::List(
            "person_alert_codes",
            &[("Asthma,true,true,High", "Asthma,true,false,High")],
        ),
        Example::List(
            "person_alert_codes",
            &[("Asthma,true", "Asthma and so on,true")],
        ),
        Example::List(
            "person_alert_codes",
            &[("1,MED1,MED1.01", "901,MED1,MED1.01")],
        ),
        Example::List("person_alert_codes", &[("MED1,MED1.02", "LOCAL,LOCAL-2")]),
    ],
    ..Rule::ALERT
};

/// What follows from a difference in a column.
fn consequence(column: &str, own: &str) -> &'static str {
    match (column, own) {
        ("is_awaab_relevant", "true") => ": its alerts enter the count of Awaab's Law",
        ("is_awaab_relevant", _) => ": its alerts leave the count of Awaab's Law",
        ("is_critical", "true") => ": its alerts become critical",
        ("is_critical", _) => ": its alerts are no longer critical",
        ("repairs_impact", _) => ": repairs are planned differently for its alerts",
        ("person_alert_code_id", _) => ": its key means another code elsewhere",
        _ => "",
    }
}

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let mut faults = Vec::new();
    for released in lists.released_rows(RULE.table) {
        let code = released.cell("alert_subcode");
        let same = |row: &ListRow<'_>| row.cell("alert_subcode").eq_ignore_ascii_case(code);
        let Some(row) = lists.rows(RULE.table).find(same) else {
            faults.push(ListFault {
                row: None,
                column: "alert_subcode".to_owned(),
                words: format!("{code} of the release is missing: values for it cannot be mapped"),
            });
            continue;
        };
        for column in &RULE.reads[1..] {
            let (own, usual) = (row.cell(column), released.cell(column));
            if own != usual {
                let follows = consequence(column, own);
                let words = format!("{code} has {own}, and the release has {usual}{follows}");
                faults.push(row.fault(column, words));
            }
        }
    }
    faults
}
