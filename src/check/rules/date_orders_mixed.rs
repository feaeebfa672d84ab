//! `date_orders_mixed`: a column holds dates in two orders of day and month

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// A column holds dates in two orders of day and month.
pub static RULE: Rule = Rule {
    id: "PAC417",
    slug: "date_orders_mixed",
    severity: Severity::Warning,
    docs: "A column holds dates in two orders of day and month. Some of its cells are dates only with the day first and some only with the month first, so nothing says which is meant where both would do; each such cell is for review.",
    fix: "find out which system or person wrote which order, and choose the formats by the column that tells them apart",
    message: "the column holds two orders of day and month",
    check: Check::Input(InputFault::MixedDateOrders),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,03/04/2024\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,03/04/2024\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,04/25/2024\n3,MED1.01,03/04/2024\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
date_formats = ["dd/mm/yyyy", "mm/dd/yyyy"]
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
"#;
