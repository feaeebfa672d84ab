//! `parent_unknown`: not all that is asked of the object around a record can be known

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// Not all that is asked of the object around a record can be known.
pub static RULE: Rule = Rule {
    id: "PAC022",
    slug: "parent_unknown",
    severity: Severity::Error,
    docs: "Not all that is asked of the object around a record can be known. The object is broken, or longer than 4 MiB, and a member that a column asks for does not stand in front of its records. It may stand behind them, so the alert is not converted without it.",
    fix: "fill the member in where the reject is wrapped and remove its pac_rejected, or export the member in front of the records",
    message: "a member of an object around the record is not in front of the records, and is looked for no further",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::UnknownParent),
    passing: &[Example::Profiled {
        profile: PROFILE,
        input: r#"{"people":[{"alerts":[{"c":"MED1.01","d":"2024-01-01"}],"id":1}]}"#,
    }],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: r#"{"people":[{"alerts":[{"c":"MED1.01","d":"2024-01-01"}"#,
    }],
    ..Rule::ALERT
};

// in what speaks, the person is cut off, so that nobody knows whether a key was to follow
const PROFILE: &str = r#"
[input]
records = "/people/*/alerts/*"
[fields]
person_id = "../id"
person_alert_code_id = "c"
start_date = "d"
"#;
