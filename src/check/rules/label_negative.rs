//! `label_negative`: a label denies something, and stands for a code

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A label denies something, and stands for a code.
pub static RULE: Rule = Rule {
    id: "PAC225",
    slug: "label_negative",
    severity: Severity::Warning,
    docs: "A label denies something, and stands for a code. No known allergies is no allergy, and an alert that says otherwise is false. A no can be a yes to the code, as no to reads English is: its row is confirmed then.",
    fix: "give the row of the crosswalk the status ignore; or confirmed where the code is meant",
    reads: &["person_alert_code_id"],
    message: "{value} denies what it is about, and stands for a code all the same",
    check: Check::Cell(CellFault::LabelDenies),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Allergies,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,N,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,No longer able to read,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Not at all,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,No known allergies,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,No,2024-01-01\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "s"
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "No known allergies" = "MED4.04", "No" = "COMM1.01", "Allergies" = "MED4.04", "N" = { target = "COMM1.01", status = "confirmed" }, "No longer able to read" = "COMM1.01", "Not at all" = { status = "ignore" } }
"#;
