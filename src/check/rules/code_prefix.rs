//! `code_prefix`: a code is not its group and a number of two digits

use crate::check::code_lists::{CodeLists, ListFault};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::is_local;

/// A code is not its group and a number of two digits.
pub static RULE: Rule = Rule {
    id: "PAC862",
    slug: "code_prefix",
    severity: Severity::Error,
    docs: "A code is not its group and a number of two digits. All codes of the release are letters and a digit, a full stop and two digits, such as MED1.01 of the group MED1. Programmes that sort or group by the code rely on it. Local codes are exempt.",
    fix: "rename the code or its group; a code of the landlord's own is LOCAL- and up to nine characters",
    table: "person_alert_codes",
    reads: &["alert_subcode", "alert_code"],
    message: "the code is not its group, a full stop and two digits",
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
    failing: &[
        Example::List("person_alert_codes", &[("MED1,MED1.02", "MED1,MED1.2")]),
        Example::List("person_alert_codes", &[("MED1,MED1.02", "MED2,MED1.02")]),
    ],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    let codes = lists.rows(RULE.table).filter_map(|row| {
        let (group, code) = (row.cell("alert_code"), row.cell("alert_subcode"));
        let fits = is_local(group, code) || is_group(group) && is_numbered(group, code);
        let words = || format!("{code} is not {group}, a full stop and two digits");
        (!fits).then(|| row.fault("alert_subcode", words()))
    });
    codes.collect()
}

/// Letters and one digit.
fn is_group(group: &str) -> bool {
    let letters = group.trim_end_matches(|c: char| c.is_ascii_digit());
    let in_capitals = letters.bytes().all(|byte| byte.is_ascii_uppercase());
    !letters.is_empty() && in_capitals && group.len() == letters.len() + 1
}

fn is_numbered(group: &str, code: &str) -> bool {
    let number = code.strip_prefix(group);
    let number = number.and_then(|rest| rest.strip_prefix('.'));
    number.is_some_and(|number| number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()))
}
