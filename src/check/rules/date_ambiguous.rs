//! `date_ambiguous`: a date that two formats of the profile read differently

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A date that two formats of the profile read differently.
pub static RULE: Rule = Rule {
    id: "PAC414",
    slug: "date_ambiguous",
    severity: Severity::Error,
    docs: "A date is read differently by two formats of the profile. Where a profile gives both orders of day and month, 03/04/2024 may be either day. The other cells of the column decide if they prove one order and not the other; where they do not, a person must.",
    fix: "find out the order in which the record was written, and write the date as yyyy-mm-dd",
    reads: &["start_date", "end_date", "review_date", "last_updated"],
    message: "{value} is another day in another format of the profile (it has {expected}), and the column does not prove which is meant",
    effect: Effect::Review,
    check: Check::Cell(CellFault::AmbiguousDate),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,05/05/2024\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,03/04/2024\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,03/04/2024\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d\n1,MED1.01,25/04/2024\n2,MED1.01,04/25/2024\n3,MED1.01,03/04/2024\n",
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
