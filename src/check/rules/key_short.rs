//! `key_short`: a key has fewer digits than the profile says

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A key has fewer digits than the profile says.
pub static RULE: Rule = Rule {
    id: "PAC106",
    slug: "key_short",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A key has fewer digits than the profile says. A spreadsheet takes the zeros off the front of numbers, and a key without them is another key. An alert without a person is rejected; an alert's own key is generated instead. repair = [\"leading_zeros\"] in the profile puts the zeros back.",
    fix: "export again with the column as text, or let the profile repair it",
    reads: &["person_id", "person_alert_id"],
    message: "{value} is a key with fewer digits than the profile says; its leading zeros are lost",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::ShortKey),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n00001234,1-5,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n12345678,1-5,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\nP12,1-5,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n0,1-5,2024-01-01,\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n1234,1-5,2024-01-01,\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = { column = "p", width = 8 }
start_date = "s"
source_details = { column = "d", optional = true }
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "20-10" = "MED1.01", "10-20" = "MED1.02", "1-5" = "MED1.03", "Visit – two" = "MED1.04" }
"#;
