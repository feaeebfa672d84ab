//! `date_order_proven`: ambiguous dates of a column are read in the order that its other cells prove

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Ambiguous dates of a column are read in the order that its other cells prove.
pub static RULE: Rule = Rule {
    id: "PAC419",
    slug: "date_order_proven",
    severity: Severity::Info,
    docs: "Ambiguous dates of a column are read in the order that its other cells prove. The profile gives formats of both orders of day and month, and some cells are dates in one of them alone; the counts say how much rests on how few.",
    fix: "nothing; or give formats of that order alone, if it is known to be the right one",
    message: "the column proves the order of day and month",
    check: Check::Input(InputFault::ProvenDateOrder),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,03/04/2024\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,05/05/2024\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,04/25/2024\n3,MED1.01,03/04/2024\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,03/04/2024\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,04/25/2024\n2,MED1.01,03/04/2024\n",
        },
    ],
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
