//! `input_empty`: an input has no record

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// An input has no record.
pub static RULE: Rule = Rule {
    id: "PAC008",
    slug: "input_empty",
    severity: Severity::Warning,
    docs: "An input has no record. An export that fails often leaves an empty file behind.",
    fix: "check that the export ran to its end",
    message: "the input has no record",
    check: Check::Input(InputFault::Empty),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text("person_id,person_alert_code_id,start_date\n")],
    ..Rule::ALERT
};
