//! `records_not_found`: the path of the records leads to no array

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// The path of the records leads to no array.
pub static RULE: Rule = Rule {
    id: "PAC021",
    slug: "records_not_found",
    severity: Severity::Error,
    docs: "The path of the records leads to no array. The input may hold alerts, but none where input.records says that they lie, so none was read.",
    fix: "correct input.records; names in it are compared exactly, and each * stands for the elements of an array",
    message: "there is no array where input.records says that the records lie",
    check: Check::Input(InputFault::NoRecords),
    passing: &[Example::Profiled {
        profile: PROFILE,
        input: r#"{"people":[{"alerts":[{"c":"MED1.01","d":"2024-01-01"}],"id":1}]}"#,
    }],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: r#"{"persons":[]}"#,
        },
        Example::Profiled {
            profile: PROFILE,
            input: r#"[]"#,
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
records = "/people/*/alerts/*"
[fields]
person_id = "../id"
person_alert_code_id = "c"
start_date = "d"
"#;
