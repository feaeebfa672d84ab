//! `preamble_passed`: lines stand above the header

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Lines stand above the header.
pub static RULE: Rule = Rule {
    id: "PAC011",
    slug: "preamble_passed",
    severity: Severity::Info,
    docs: "Lines stand above the header. They are no part of the table, and are passed over; a rejects file repeats them.",
    fix: "nothing, if the header was found; header_row under [input] says where it is",
    message: "lines above the header, passed over: {count}",
    check: Check::Input(InputFault::Preamble),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "Alerts by person\n\nperson_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    ..Rule::ALERT
};
