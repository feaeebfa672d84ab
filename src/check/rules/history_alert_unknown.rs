//! `history_alert_unknown`: a change is about an alert that is not in the output

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change is about an alert that is not in the output.
pub static RULE: Rule = Rule {
    id: "PAC741",
    slug: "history_alert_unknown",
    severity: Severity::Error,
    firm: "a change must be about an alert of the output",
    docs: "A change is about an alert that is not in the output. The alert is in none of the inputs, or was rejected. The change is set aside with the rejects, so that it goes through once its alert does.",
    fix: "add the export that holds the alert, or mend the rejected alert",
    table: PERSON_ALERT_HISTORY,
    reads: &["person_alert_id"],
    message: "{value} is the key of no alert that goes through",
    effect: Effect::Rejected,
    check: Check::Gate(GateFault::UnknownAlert),
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[("person_alert_id", "78")]])],
    ..Rule::ALERT
};
