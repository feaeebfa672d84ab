//! `code_category_prefix`: a code does not begin as those of its category do

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::is_local;

/// A code does not begin as those of its category do.
pub static RULE: Rule = Rule {
    id: "PAC863",
    slug: "code_category_prefix",
    severity: Severity::Error,
    docs: "A code does not begin as those of its category do. MED is Medical, PREG Pregnancy, MH Mental Health, AGE Age Group, RISK Risk, SAF Safeguarding and COMM Communication Needs. A code in another category is counted in the wrong theme. Local codes are exempt.",
    fix: "correct the category, or the code",
    table: "person_alert_codes",
    reads: &["alert_category_id", "alert_code"],
    message: "the category is not that of the code",
    check: Check::List(check),
    passing: &[
        Example::List("person_alert_codes", &[]),
        Example::List(
            "person_alert_codes",
            &[(
                "
2,MED1,",
                "\n900,LOCAL,LOCAL-KEYSAFE,8,Local,Key safe,false,false,Low,Ask the office.\n2,MED1,",
            )],
        ),
    ],
    failing: &[Example::List(
        "person_alert_codes",
        &[("MED1.02,1,", "MED1.02,5,")],
    )],
    ..Rule::ALERT
};

/// How the groups of each category begin.
const BEGINNINGS: [(&str, &str); 7] = [
    ("MED", "Medical"),
    ("PREG", "Pregnancy"),
    ("MH", "Mental Health"),
    ("AGE", "Age Group"),
    ("RISK", "Risk"),
    ("SAF", "Safeguarding"),
    ("COMM", "Communication Needs"),
];

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let codes = lists.rows(RULE.table).filter_map(|row| {
        let (group, code) = (row.cell("alert_code"), row.cell("alert_subcode"));
        let letters = group.trim_end_matches(|c: char| c.is_ascii_digit());
        let key = row.cell("alert_category_id");
        let mut categories = lists.rows("alert_categories");
        let category = categories.find(|category| category.cell("alert_category_id") == key);
        let name = category.map_or("", |category| category.cell("alert_category_name"));
        let expected = BEGINNINGS
            .iter()
            .find(|(beginning, _)| *beginning == letters);
        let fits = expected.is_some_and(|(_, expected)| *expected == name);
        let words = || match expected {
            Some((_, expected)) => format!("{code} is in {name}, and its letters say {expected}"),
            None => format!("{code} is in {name}, and its letters are of no category"),
        };
        (!fits && !is_local(group, code)).then(|| row.fault("alert_category_id", words()))
    });
    codes.collect()
}
