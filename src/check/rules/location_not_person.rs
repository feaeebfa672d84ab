//! `location_not_person`: a label is about a property, and stands for a code

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A label is about a property, and stands for a code.
pub static RULE: Rule = Rule {
    id: "PAC227",
    slug: "location_not_person",
    severity: Severity::Warning,
    docs: "A label is about a property, and stands for a code. Void, asbestos, disrepair or adapted hold for whoever lives there, and stay when the person moves out. As an alert about a person they follow the wrong one.",
    fix: "send such markers to the file of properties, and give the row of the crosswalk the status ignore; or confirmed where the code is meant",
    reads: &["person_alert_code_id"],
    message: "{value} is about a property and not about a person",
    check: Check::Cell(CellFault::LabelOfProperty),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Adaptation needed,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Asbestosis,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Disrepair,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Void,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Asbestos present,2024-01-01\n",
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
values = { "Void" = "RISK3.01", "Asbestos present" = "RISK3.01", "Adaptation needed" = "RISK5.07", "Asbestosis" = "MED1.05", "Disrepair" = { status = "ignore" } }
"#;
