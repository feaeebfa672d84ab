//! `record_cut_off`: an input ends in the middle of a record

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// An input ends in the middle of a record.
pub static RULE: Rule = Rule {
    id: "PAC015",
    slug: "record_cut_off",
    severity: Severity::Warning,
    docs: "An input ends in the middle of a record. The export or its transfer was cut off, so records may be missing.",
    fix: "export or transfer the file again",
    message: "the input ends in the middle of a record",
    check: Check::Input(InputFault::CutOff),
    passing: &[
        Example::Text(
            "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n2,MED1.01,2024-01-01",
        ),
        Example::Text("person_id,person_alert_code_id,start_date\n1,MED1.01\n"),
    ],
    failing: &[
        Example::Text("person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n2,MED1"),
        Example::Text("person_id,person_alert_code_id,start_date\n1,MED1.01,\"2024"),
    ],
    ..Rule::ALERT
};
