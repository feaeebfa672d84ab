//! `day_chosen`: a date has month and year alone

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A date has month and year alone.
pub static RULE: Rule = Rule {
    id: "PAC415",
    slug: "day_chosen",
    severity: Severity::Info,
    docs: "A date has month and year alone. The standard needs a day: a start or a review takes the first of the month, so that the alert is not missed, and an end the last, because the month is part of it.",
    fix: "fill in the day, where somebody knows it",
    reads: &["start_date", "end_date", "review_date"],
    message: "{value} has no day; the first of the month is taken, of an end the last",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::DayChosen),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,e\n1,MED1.01,01/03/2022,30/12/2022\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,e\n1,MED1.01,01/03/2022,\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,e\n1,MED1.01,Mar-22,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,e\n1,MED1.01,01/03/2022,Dec-22\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
date_formats = ["dd/mm/yyyy", "mmm-yy"]
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
end_date = "e"
"#;
