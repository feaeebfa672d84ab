//! `label_known_bad_example`: a label about asthma or COPD stands for hypertension

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A label about asthma or COPD stands for hypertension.
pub static RULE: Rule = Rule {
    id: "PAC217",
    slug: "label_known_bad_example",
    severity: Severity::Warning,
    docs: "A label about asthma or COPD stands for hypertension. MED2.01 is hypertension in the code list, and an example published with the standard calls it asthma: whoever follows the example tells visitors to keep noise down instead of dust and fumes, and the alert is lost to the counts of Awaab's Law.",
    fix: "map the label to MED1.01 for asthma or MED1.02 for COPD; or give its row of the crosswalk the status confirmed",
    reads: &["person_alert_code_id"],
    message: "{value} speaks of asthma or COPD and stands for MED2.01, which is hypertension: the alert is missing where damp and mould put the person at risk",
    check: Check::Cell(CellFault::KnownBadExample),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,COPD,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,High blood pressure,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,No asthma,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Wheeze,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Asthma,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Chronic respiratory condition,2024-01-01\n",
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
values = { "Asthma" = "MED2.01", "Chronic respiratory condition" = "MED2.01", "COPD" = "MED1.02", "High blood pressure" = "MED2.01", "No asthma" = "MED1.02", "Wheeze" = { target = "MED2.01", status = "confirmed" } }
"#;
