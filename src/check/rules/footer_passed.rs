//! `footer_passed`: lines that are footers

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Lines that are footers.
pub static RULE: Rule = Rule {
    id: "PAC013",
    slug: "footer_passed",
    severity: Severity::Info,
    docs: "Lines that are footers. They say something about the table, such as how many rows it has, and are passed over: those that footer under [input] names, and at the end of the input those that read like one.",
    fix: "nothing, if they are footers",
    message: "footers, passed over: {count}",
    check: Check::Input(InputFault::Footer),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n2,total,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n-- 1 rows exported --\n",
    )],
    ..Rule::ALERT
};
