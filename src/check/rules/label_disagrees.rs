//! `label_disagrees`: a label says one thing, and stands for a code of another

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A label says one thing, and stands for a code of another.
pub static RULE: Rule = Rule {
    id: "PAC224",
    slug: "label_disagrees",
    severity: Severity::Warning,
    docs: "A label says one thing, and stands for a code of another. A slip in a crosswalk gives every alert with the label a wrong code. Only words are looked at that leave little doubt, such as epilepsy, dementia or braille; a label of several matters may stand for any of them.",
    fix: "correct the row of the crosswalk; or give it the status confirmed",
    reads: &["person_alert_code_id"],
    message: "{value} stands for {code}, to which its words do not belong",
    check: Check::Cell(CellFault::LabelDisagrees),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Dementia,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Epilepsy,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Asthma and diabetes,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Braille,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DV perpetrator,2024-01-01\n",
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
values = { "Braille" = "MED6.05", "DV perpetrator" = "SAF1.01", "Dementia" = "MH2.02", "Epilepsy" = { target = "RISK2.01", status = "confirmed" }, "Asthma and diabetes" = "MED5.02" }
"#;
