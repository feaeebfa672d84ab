//! `several_keys`: a cell names several people, or holds several keys

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A cell names several people, or holds several keys.
pub static RULE: Rule = Rule {
    id: "PAC110",
    slug: "several_keys",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A cell names several people, or holds several keys. Read as one key, \"12; 13\" would be a person who does not exist, and the alert would warn of neither. Separators within a key are no sign of two: 12-34, E12/3, E12 3 and 12/13 are one key each, while 123/124, P00123/P00124 and P00123 P00124 are two keys written alike. A key that the reference file of persons lists is one key. An alert without a person is rejected; an alert's own key is generated instead.",
    fix: "write one record for each person",
    reads: &["person_id", "person_alert_id"],
    message: "{value} is more than one key",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::SeveralKeys),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("person_id", "E12/3")]),
        Example::Cells(&[("person_id", "12-34")]),
        Example::Cells(&[("person_id", "E12 3")]),
        Example::Cells(&[("person_alert_id", "123/124")]),
    ],
    failing: &[
        Example::Cells(&[("person_id", "12; 13")]),
        Example::Cells(&[("person_id", "A Smith & B Jones")]),
        Example::Cells(&[("person_id", "Mr and Mrs Smith")]),
        Example::Cells(&[("person_id", "123/124")]),
        Example::Cells(&[("person_id", "123/124/125")]),
        Example::Cells(&[("person_id", "P00123 P00124")]),
        Example::Cells(&[("person_id", "P00123+P00124")]),
        Example::Cells(&[("person_alert_id", "A1; A2")]),
    ],
    ..Rule::ALERT
};
