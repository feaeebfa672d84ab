//! `zeros_restored`: a key has got back the zeros that it had lost

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A key has got back the zeros that it had lost.
pub static RULE: Rule = Rule {
    id: "PAC107",
    slug: "zeros_restored",
    severity: Severity::Info,
    docs: "A key has got back the zeros that it had lost. The profile gives the number of digits that keys have, and asks for this repair.",
    fix: "export again with the column as text",
    reads: &["person_id", "person_alert_id"],
    message: "{value} has lost its leading zeros, and gets them back",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::ZerosRestored),
    passing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n00001234,1-5,2024-01-01,\n",
    }],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n1234,1-5,2024-01-01,\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
repair = ["leading_zeros"]
[fields]
person_id = { column = "p", width = 8 }
start_date = "s"
source_details = { column = "d", optional = true }
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "20-10" = "MED1.01", "10-20" = "MED1.02", "1-5" = "MED1.03", "Visit – two" = "MED1.04" }
"#;
