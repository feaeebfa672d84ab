//! `exact_duplicate`: an alert equals an earlier one in every mapped field

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;

/// An alert equals an earlier one in every mapped field.
pub static RULE: Rule = Rule {
    id: "PAC701",
    slug: "exact_duplicate",
    severity: Severity::Warning,
    docs: "An alert equals an earlier one in every mapped field. Exports overlap and are sent twice. The alert is merged into the first; policy.duplicates = \"keep\" keeps both.",
    fix: "remove one of the two records",
    message: "every mapped field equals that of an earlier alert; the two are merged",
    effect: Effect::Merged,
    check: Check::Gate(GateFault::ExactDuplicate),
    passing: &[Example::Records(&[
        &[("person_alert_id", "1")],
        &[("person_alert_id", "2")],
    ])],
    failing: &[
        Example::Records(&[&[("person_alert_id", "1")], &[("person_alert_id", "1")]]),
        Example::Records(&[&[("person_alert_id", "")], &[("person_alert_id", "")]]),
    ],
    ..Rule::ALERT
};
