//! `header_repeated`: records repeat the header

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Records repeat the header.
pub static RULE: Rule = Rule {
    id: "PAC012",
    slug: "header_repeated",
    severity: Severity::Info,
    docs: "Records repeat the header. They come from files that were put one behind another, and are passed over.",
    fix: "nothing, if the files belong together",
    message: "records that repeat the header, passed over: {count}",
    check: Check::Input(InputFault::RepeatedHeader),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\nperson_id,person_alert_code_id,start_date\n2,MED1.01,2024-01-01\n",
    )],
    ..Rule::ALERT
};
