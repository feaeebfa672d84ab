//! `input_blank`: an input holds nothing at all

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// An input holds nothing at all.
pub static RULE: Rule = Rule {
    id: "PAC010",
    slug: "input_blank",
    severity: Severity::Error,
    docs: "An input holds nothing but white space, not even a header. The export, or what was to hand it over, has failed, and its alerts are missing.",
    fix: "run the export again",
    message: "the input holds nothing at all",
    check: Check::Input(InputFault::Blank),
    passing: &[Example::Text("person_id,person_alert_code_id,start_date\n")],
    failing: &[
        Example::Text(""),
        Example::Text("\n\n"),
        Example::Text("  \n \t\n"),
    ],
    ..Rule::ALERT
};
