//! `code_missing_slot`: a group of codes does not have that number

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A group of codes does not have that number.
pub static RULE: Rule = Rule {
    id: "PAC221",
    slug: "code_missing_slot",
    severity: Severity::Error,
    docs: "A group of codes does not have that number. The list has RISK1.01 to RISK1.03, RISK1.05 and RISK1.06, and no RISK1.04. Somebody counted on, or uses another edition; what was meant is one of the others, and nobody knows which. In a column with a crosswalk that does not know the value it is the same.",
    fix: "choose a code that the group has; for RISK1.04 that is one of RISK1.01, .02, .03, .05 and .06",
    reads: &["person_alert_code_id"],
    message: "{value} is no code of the standard, whose group has no such number; {remedy}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::MissingSlot),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("person_alert_code_id", "RISK1.05")]),
        Example::Cells(&[("person_alert_code_id", "RISK9.01")]),
        Example::Cells(&[("person_alert_code_id", "RISK1")]),
    ],
    failing: &[
        Example::Cells(&[("person_alert_code_id", "RISK1.04")]),
        Example::Cells(&[("person_alert_code_id", "med7.11")]),
        Example::Profiled {
            profile: CROSSWALKED,
            input: "p,c,d\n1,RISK1.04,2024-01-01\n",
        },
    ],
    ..Rule::ALERT
};

const CROSSWALKED: &str = r#"
[fields]
person_id = "p"
start_date = "d"
person_alert_code_id = { column = "c", crosswalk = "alerts" }
[crosswalks.alerts.values]
asthma = "MED1.01"
old = "RISK1.05"
"#;
