//! `household_label`: a label is about somebody of the household, and does not say about whom

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A label is about somebody of the household, and does not say about whom.
pub static RULE: Rule = Rule {
    id: "PAC228",
    slug: "household_label",
    severity: Severity::Info,
    docs: "A label is about somebody of the household, and does not say about whom. An infant or a pregnant occupant need not be the person of the record, who is mostly the tenant. The alert is kept, as it is better held by the wrong person of a household than by none.",
    fix: "record the alert with the person whom it is about",
    reads: &["person_alert_code_id"],
    message: "{value} is about somebody of the household, who need not be this person",
    check: Check::Cell(CellFault::LabelOfHousehold),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Pregnant,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Newborn,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,preg_occ,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Infant,2024-01-01\n",
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
values = { "preg_occ" = "PREG1.01", "Infant" = "AGE1.02", "Pregnant" = "PREG1.01", "Newborn" = "AGE1.01" }
"#;
