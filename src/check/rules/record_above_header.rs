//! `record_above_header`: a line above the header has the shape of a record

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// A line above the header has the shape of a record.
pub static RULE: Rule = Rule {
    id: "PAC019",
    slug: "record_above_header",
    severity: Severity::Error,
    docs: "A line above the header has as many cells as the header, and more than half of them are filled. Sorting in a spreadsheet moves the header among the records, so this may be an alert; it goes to the rejects, whose header stands on top.",
    fix: "convert the rejects; if the line is a title and no record, say header_row under [input]",
    message: "the line stands above the header and is filled as a record is",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::AboveHeader),
    passing: &[Example::Text(
        "Alerts,,\nperson_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "1,MED1.01,2024-01-01\nperson_id,person_alert_code_id,start_date\n2,MED1.01,2024-01-01\n",
    )],
    ..Rule::ALERT
};
