//! `code_local_extension`: a code is none of the release

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::is_local;

/// A code is none of the release.
pub static RULE: Rule = Rule {
    id: "PAC867",
    slug: "code_local_extension",
    severity: Severity::Warning,
    docs: "A code is none of the release. Codes of a landlord's own begin with LOCAL-, with up to nine characters behind, in the group LOCAL, and are to be left out of aggregates of the sector: nobody else knows what they mean. A code that looks like one of the release and is not may become another when the standard grows.",
    fix: "leave local codes out of aggregates; name others LOCAL- and up to nine characters, in the group LOCAL",
    table: "person_alert_codes",
    reads: &["alert_subcode", "alert_code"],
    message: "the code is none of the release",
    check: Check::List(check),
    passing: &[Example::List("person_alert_codes", &[])],
    failing: &[
        Example::List(
            "person_alert_codes",
            &[(
                "
2,MED1,",
                "\n900,LOCAL,LOCAL-KEYSAFE,8,Local,Key safe,false,false,Low,Ask the office.\n2,MED1,",
            )],
        ),
        Example::List(
            "person_alert_codes",
            &[(
                "
2,MED1,",
                "\n900,MED1,MED1.06,1,Respiratory Condition,Lung Transplant,true,true,High,Ask the office.\n2,MED1,",
            )],
        ),
    ],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let codes = lists.rows(RULE.table).filter_map(|row| {
        let (group, code) = (row.cell("alert_code"), row.cell("alert_subcode"));
        let words = match is_local(group, code) {
            true => "is a local code; leave it out of aggregates of the sector",
            false => "is no code of the release, and no local one: LOCAL- and up to nine characters, in the group LOCAL",
        };
        let known = lists.released.codes.by_subcode(code).is_some();
        (!known).then(|| row.fault("alert_subcode", format!("{code} {words}")))
    });
    codes.collect()
}
