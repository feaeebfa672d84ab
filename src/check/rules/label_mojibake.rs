//! `label_mojibake`: a value is known to the crosswalk, but was read in the wrong encoding

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A value is known to the crosswalk, but was read in the wrong encoding.
pub static RULE: Rule = Rule {
    id: "PAC216",
    slug: "label_mojibake",
    severity: Severity::Error,
    docs: "A value is known to the crosswalk, but was read in the wrong encoding before it came here. Read back it is a value of the crosswalk; unmapped_values.csv names that value. repair = [\"mojibake\"] in the profile takes it.",
    fix: "open the export as UTF-8 wherever it is opened on its way; or let the profile repair it",
    reads: &["person_alert_code_id"],
    message: "{value} was read in the wrong encoding on its way, and may be {proposal}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::LabelMojibake),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,Visit – two,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,Visit â€“ three,2024-01-01,\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n1,Visit â€“ two,2024-01-01,\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "s"
source_details = { column = "d", optional = true }
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "20-10" = "MED1.01", "10-20" = "MED1.02", "1-5" = "MED1.03", "Visit – two" = "MED1.04" }
"#;
