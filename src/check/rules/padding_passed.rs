//! `padding_passed`: lines hold nothing but padding

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Lines hold nothing but padding.
pub static RULE: Rule = Rule {
    id: "PAC018",
    slug: "padding_passed",
    severity: Severity::Info,
    docs: "Lines hold nothing but padding: NUL bytes that fill a file up, or the mark that old systems put at its end (Ctrl-Z). They are passed over.",
    fix: "nothing",
    message: "lines of padding, passed over: {count}",
    check: Check::Input(InputFault::Padding),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n\u{1a}",
    )],
    ..Rule::ALERT
};
