//! `safeguarding_in_contractor_view`: a code list lets contractors see why there is an alert

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::standard::contractor_view::Leak;

/// A code list lets contractors see why there is an alert.
pub static RULE: Rule = Rule {
    id: "PAC876",
    slug: "safeguarding_in_contractor_view",
    severity: Severity::Error,
    docs: "A code list lets contractors see why there is an alert. Of alerts about safeguarding they must see nothing, not even that there is one; of others what to do, without a code, a name, a diagnosis or an offence in it. Whatever the list says, the contractor's view leaves out what this rule speaks of: the whole alert about safeguarding, or what is to be done.",
    fix: "set contractor_may_see to none for safeguarding; reword support_required so that it tells what to do and not why",
    table: "person_alert_codes",
    reads: &["support_required", "alert_code", "alert_category_id"],
    message: "the list lets contractors see why there is an alert",
    effect: Effect::Kept,
    check: Check::List(check),
    firm: "a leak is worse than a lost row",
    passing: &[Example::List("person_alert_codes", &[])],
    failing: &[
        Example::List(
            "person_alert_codes",
            &[(
                "No naked flames, smoking or hot works. Ask",
                "Home Oxygen Use. Ask",
            )],
        ),
        Example::List(
            "person_alert_code_defaults",
            &[(
                "SAF2.01,NONE,yes,possible,Confidential,none",
                "SAF2.01,NONE,yes,possible,Confidential,action_only",
            )],
        ),
    ],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let faults = lists.rows(RULE.table).filter_map(|row| {
        let subcode = row.cell("alert_subcode");
        let code = lists.standard.codes.by_subcode(subcode)?;
        let words = match lists.standard.leak(code)? {
            Leak::Safeguarding => "is about safeguarding, and contractors may see it",
            Leak::Reason => "tells contractors why, and not only what to do",
        };
        Some(row.fault("support_required", format!("{subcode} {words}")))
    });
    faults.collect()
}
