//! `key_damaged`: a key was spoilt by a spreadsheet, or is no key at all

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A key was spoilt by a spreadsheet, or is no key at all.
pub static RULE: Rule = Rule {
    id: "PAC103",
    slug: "key_damaged",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A key was spoilt by a spreadsheet, or is no key at all. A key such as 1.00023E+11 has lost digits, and the rest of one such as \"12;\" is not there. An alert without a person is rejected; an alert's own key is generated instead.",
    fix: "export again with the column as text",
    reads: &["person_id", "person_alert_id"],
    message: "{value} is no whole key",
    effect: Effect::Rejected,
    check: Check::Cells(&[
        (CellFault::DamagedKey, "{value} is no whole key"),
        (
            CellFault::RoundedKey,
            "{value} is a number in scientific notation, whose digits a spreadsheet has rounded away",
        ),
    ]),
    passing: &[Example::Cells(&[])],
    failing: &[
        Example::Cells(&[("person_id", "1.00023E+11")]),
        Example::Cells(&[("person_id", "123.0")]),
    ],
    ..Rule::ALERT
};
