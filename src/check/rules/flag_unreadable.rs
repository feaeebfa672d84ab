//! `flag_unreadable`: a flag holds no known word

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A flag holds no known word.
pub static RULE: Rule = Rule {
    id: "PAC511",
    slug: "flag_unreadable",
    severity: Severity::Error,
    docs: "A flag holds no known word. A cell in a column of flags holds no word for yes, no, refused, unknown or not asked. Whether the alert holds cannot be told, and a guess in either direction endangers someone.",
    fix: "add the word to yes, no, refused, unknown or not_asked of the flag, or to null_values",
    reads: &["person_alert_code_id"],
    message: "{value} is no known word of the flag",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::UnknownFlag),
    passing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,Y\n",
    }],
    failing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\n[flags]\noxygen = \"RISK5.01\"\n",
        input: "p,s,oxygen\n1,2024-01-01,maybe\n",
    }],
    ..Rule::ALERT
};
