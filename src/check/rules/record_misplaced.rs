//! `record_misplaced`: something else stands where a record, or an array of records, is expected

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// Something else stands where a record, or an array of records, is expected.
pub static RULE: Rule = Rule {
    id: "PAC020",
    slug: "record_misplaced",
    severity: Severity::Error,
    docs: "Something else stands where a record, or an array of records, is expected. A record is a JSON object; null, a text or a number in its place may stand for one that the export has lost. An object in the place of an array may be a single record or hold one under each of its members: nothing in it says which.",
    fix: "put an object, or an array of objects, in its place, or have input.records lead to where the records are",
    message: "this is no record; records are objects, and lie in arrays where input.records names them",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::Misplaced),
    passing: &[Example::Text(
        "[{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}]",
    )],
    failing: &[Example::Text(
        "[{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"},null]",
    )],
    ..Rule::ALERT
};
