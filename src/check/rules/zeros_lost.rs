//! `zeros_lost`: some keys of a column are shorter than those with leading zeros

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Some keys of a column are shorter than those with leading zeros.
pub static RULE: Rule = Rule {
    id: "PAC108",
    slug: "zeros_lost",
    severity: Severity::Warning,
    docs: "Some keys of a column are shorter than those with leading zeros, which have one length. A spreadsheet has likely taken the zeros off, and one person would become two. The keys are kept as they are; width on the key in the profile tells each such key by itself.",
    fix: "give the key its width in the profile, and export again with the column as text",
    reads: &["person_id", "person_alert_id"],
    message: "in {count} the key is shorter than those with leading zeros",
    check: Check::Input(InputFault::ZerosLost),
    passing: &[
        Example::Records(&[&[("person_id", "00123")], &[("person_id", "40123")]]),
        Example::Records(&[&[("person_id", "123")], &[("person_id", "40123")]]),
    ],
    failing: &[Example::Records(&[
        &[("person_id", "00123")],
        &[("person_id", "124")],
    ])],
    ..Rule::ALERT
};
