//! `value_unmapped`: the crosswalk does not know a value

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// The crosswalk does not know a value.
pub static RULE: Rule = Rule {
    id: "PAC202",
    slug: "value_unmapped",
    severity: Severity::Error,
    docs: "The crosswalk does not know a value. The alert is set aside until somebody has decided what the value means; unmapped_values.csv lists each such value once.",
    fix: "add the value to the crosswalk with a target, or with the status gap, review or ignore",
    reads: &["person_alert_code_id"],
    message: "the crosswalk does not know {value}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::Unmapped),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,Asthma,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,twoup,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,deaf,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,RISK1.04,2024-01-01\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,d\n1,other,2024-01-01\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "d"
person_alert_code_id = { column = "c", crosswalk = "alerts" }
[crosswalks.alerts.values]
asthma = "MED1.01"
twoup = { status = "review" }
deaf = { status = "gap" }
"#;
