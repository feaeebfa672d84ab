//! `value_for_review`: a value is left to a person's decision

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A value is left to a person's decision.
pub static RULE: Rule = Rule {
    id: "PAC203",
    slug: "value_for_review",
    severity: Severity::Error,
    docs: "A value is left to a person's decision. Control measures, unstated directions and values with several plausible codes must not be guessed: a wrong code endangers someone.",
    fix: "decide what the record means, and write a value that the crosswalk maps, or a code in place of a flag that has the status review",
    reads: &["person_alert_code_id"],
    message: "{value} needs a person's decision",
    effect: Effect::Review,
    check: Check::Cell(CellFault::Review),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,Asthma,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,deaf,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,other,2024-01-01\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,d\n1,twoup,2024-01-01\n",
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
