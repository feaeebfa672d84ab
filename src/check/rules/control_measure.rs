//! `control_measure`: a label says how to visit a person, and not why

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A label says how to visit a person, and not why.
pub static RULE: Rule = Rule {
    id: "PAC223",
    slug: "control_measure",
    severity: Severity::Error,
    docs: "A label says how to visit a person, and not why. Two person visit is an answer to aggression, to a dog, to an allegation or to a hoist: the standard has codes for the causes and none for the measure, and a wrong cause follows the person for years.",
    fix: "find out the cause, and map that; or give the row of the crosswalk the status confirmed where the landlord has one cause for it",
    reads: &["person_alert_code_id"],
    message: "{value} is a control measure, and its cause is not stated; a person must decide",
    effect: Effect::Review,
    check: Check::Cell(CellFault::ControlMeasure),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Two person visit - dog,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Pairs,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Two person visit,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,No lone visits,2024-01-01\n",
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
values = { "Two person visit" = "RISK2.04", "Two person visit - dog" = "RISK3.03", "Pairs" = { target = "RISK2.04", status = "confirmed" } }
"#;
