//! `record_ragged`: a record has more or fewer cells than the header

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// A record has more or fewer cells than the header.
pub static RULE: Rule = Rule {
    id: "PAC001",
    slug: "record_ragged",
    severity: Severity::Error,
    docs: "A record has more or fewer cells than the header. Its cells may stand under the wrong columns, so nothing of it is believed.",
    fix: "put the missing or surplus separator right, or put quotes around a cell that holds one",
    message: "the record has not as many cells as the header",
    effect: Effect::Rejected,
    check: Check::Record(|fault| matches!(fault, RecordFault::Ragged { .. })),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[
        Example::Text("person_id,person_alert_code_id,start_date\n1,MED1.01\n"),
        Example::Text("person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01,x\n"),
    ],
    ..Rule::ALERT
};
