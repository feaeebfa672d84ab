//! `input_truncated`: an input ends before its JSON array does

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// An input ends before its JSON array does.
pub static RULE: Rule = Rule {
    id: "PAC009",
    slug: "input_truncated",
    severity: Severity::Warning,
    docs: "An input ends before its JSON array does. The export or its transfer was cut off, so records may be missing.",
    fix: "export or transfer the file again",
    message: "the input ends before its array does",
    check: Check::Input(InputFault::Truncated),
    passing: &[Example::Text(
        "[{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}]",
    )],
    failing: &[Example::Text(
        "[{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"},",
    )],
    ..Rule::ALERT
};
