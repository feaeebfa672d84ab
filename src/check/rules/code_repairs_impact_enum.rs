//! `code_repairs_impact_enum`: the impact on repairs is none of High, Medium, Low and None

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// The impact on repairs is none of High, Medium, Low and None.
pub static RULE: Rule = Rule {
    id: "PAC865",
    slug: "code_repairs_impact_enum",
    severity: Severity::Error,
    docs: "The impact on repairs is none of High, Medium, Low and None. Repairs are planned by it; a word of another list is a gap in every plan.",
    fix: "write High, Medium, Low or None",
    table: "person_alert_codes",
    reads: &["repairs_impact"],
    message: "the impact is none of High, Medium, Low and None",
    check: Check::List(check),
    passing: &[
        Example::List("person_alert_codes", &[]),
        Example::List(
            "person_alert_codes",
            &[("true,true,High", "true,true,None")],
        ),
    ],
    failing: &[Example::List(
        "person_alert_codes",
        &[("Asthma,true,true,High", "Asthma,true,true,Severe")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let column = RULE.reads[0];
    let field = lists
        .released
        .table(RULE.table)
        .and_then(|table| table.field(column));
    let allowed = field.map_or(&[][..], |field| &field.allowed);
    let codes = lists.rows(RULE.table).filter_map(|row| {
        let (impact, code) = (row.cell(column), row.cell("alert_subcode"));
        let known = impact.is_empty() || allowed.iter().any(|own| own == impact);
        let words = || {
            format!(
                "{code} has {impact}, which is none of {}",
                allowed.join(", ")
            )
        };
        (!known).then(|| row.fault(column, words()))
    });
    codes.collect()
}
