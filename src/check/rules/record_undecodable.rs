//! `record_undecodable`: the bytes of a record are no text in the encoding of the input

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// The bytes of a record are no text in the encoding of the input.
pub static RULE: Rule = Rule {
    id: "PAC003",
    slug: "record_undecodable",
    severity: Severity::Error,
    docs: "The bytes of a record are no text in the encoding of the input. Guessing at letters would change names and notes without anybody seeing it.",
    fix: "name the right encoding in the profile, or save the file anew as UTF-8",
    message: "the bytes of the record are no text in the encoding of the input",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::Undecodable),
    passing: &[Example::Bytes {
        profile: PROFILE,
        input: b"p,c,d,t\n1,MED1.01,2024-01-01,\xC3\xA9\n",
    }],
    failing: &[Example::Bytes {
        profile: PROFILE,
        input: b"p,c,d,t\n1,MED1.01,2024-01-01,\xC3\xA9\n2,MED1.01,2024-01-01,\xE9\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
encoding = "utf-8"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
source_details = "t"
"#;
