//! `key_placeholder`: a key is a placeholder such as 0, Not found or the all-zero GUID

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A key is a placeholder such as 0, Not found or the all-zero GUID.
pub static RULE: Rule = Rule {
    id: "PAC102",
    slug: "key_placeholder",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A key is a placeholder such as 0, Not found or the all-zero GUID. It stands for nobody, and would make one person of many. An alert without a person is rejected; an alert's own key is generated instead, and keys of organisations and users, which are 1 or more, are emptied.",
    fix: "fill in the real key",
    reads: &[
        "person_id",
        "person_alert_id",
        "organisation_id",
        "created_by_user_id",
        "updated_by_user_id",
    ],
    message: "{value} stands for nobody",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::PlaceholderKey),
    passing: &[Example::Cells(&[])],
    failing: &[
        Example::Cells(&[("person_id", "0")]),
        Example::Cells(&[("person_id", "Not found")]),
        Example::Cells(&[("person_id", "00000000-0000-0000-0000-000000000000")]),
        Example::Cells(&[("person_alert_id", "n/a")]),
        Example::Cells(&[("organisation_id", "0")]),
        Example::Cells(&[("created_by_user_id", "-3")]),
    ],
    ..Rule::ALERT
};
