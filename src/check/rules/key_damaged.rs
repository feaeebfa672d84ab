//! `key_damaged`: a key was spoilt by a spreadsheet, or holds the keys of several people

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A key was spoilt by a spreadsheet, or holds the keys of several people.
pub static RULE: Rule = Rule {
    id: "PAC103",
    slug: "key_damaged",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A key was spoilt by a spreadsheet, or holds the keys of several people. A key such as 1.00023E+11 has lost digits, and keys of several people become one. An alert without a person is rejected; an alert's own key is generated instead.",
    fix: "export again with the column as text, and with one key in a cell",
    reads: &["person_id", "person_alert_id"],
    message: "{value} is no single, whole key",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::DamagedKey),
    passing: &[Example::Cells(&[])],
    failing: &[
        Example::Cells(&[("person_id", "1.00023E+11")]),
        Example::Cells(&[("person_id", "123.0")]),
    ],
};
