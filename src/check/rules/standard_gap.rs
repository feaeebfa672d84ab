//! `standard_gap`: the standard has no code for a known value

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// The standard has no code for a known value.
pub static RULE: Rule = Rule {
    id: "PAC204",
    slug: "standard_gap",
    severity: Severity::Error,
    docs: "The standard has no code for a known value. The need is real and the standard cannot hold it yet. Such alerts are counted apart, so that the gap can be reported.",
    fix: "keep the alert where it is held now, and report the gap to the standard's editors",
    reads: &["person_alert_code_id"],
    message: "the standard has no code for {value}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::Gap),
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
            input: "p,c,d\n1,other,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,deaf,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1, DEAF ,2024-01-01\n",
        },
    ],
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
