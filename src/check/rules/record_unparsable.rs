//! `record_unparsable`: a record is broken JSON

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// A record is broken JSON.
pub static RULE: Rule = Rule {
    id: "PAC004",
    slug: "record_unparsable",
    severity: Severity::Error,
    docs: "A record is broken JSON. A broken object may have lost members, so nothing of it is believed.",
    fix: "mend the JSON of the record",
    message: "the record is no complete JSON object",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::Unparsable),
    passing: &[Example::Text(
        "{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}\n",
    )],
    failing: &[Example::Text(
        "{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}\n{\"person_id\":\n",
    )],
    ..Rule::ALERT
};
