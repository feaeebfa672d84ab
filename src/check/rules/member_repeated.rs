//! `member_repeated`: a member stands twice in one JSON object

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// A member stands twice in one JSON object.
pub static RULE: Rule = Rule {
    id: "PAC005",
    slug: "member_repeated",
    severity: Severity::Error,
    docs: "A member stands twice in one JSON object. Readers differ on which of the two counts, so neither is believed.",
    fix: "remove one of the two members",
    message: "a member stands twice in the record",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::RepeatedMember),
    passing: &[Example::Text(
        "{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}\n",
    )],
    failing: &[Example::Text(
        "{\"person_id\":1,\"person_id\":2,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}\n",
    )],
    ..Rule::ALERT
};
