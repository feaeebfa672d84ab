//! `date_format_undecided`: nothing says in which format a date is written

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// Nothing says in which format a date is written.
pub static RULE: Rule = Rule {
    id: "PAC418",
    slug: "date_format_undecided",
    severity: Severity::Error,
    docs: "Nothing says in which format a date is written. The profile chooses its format by another column, which holds none of the words in the profile here, and the formats read the date differently; a person must decide.",
    fix: "give formats for the word in the profile, or mend the column that holds it",
    reads: &["start_date", "end_date", "review_date", "last_updated"],
    message: "{value} has no format, because the column that chooses it holds no word that the profile knows (it has {expected})",
    effect: Effect::Review,
    check: Check::Cell(CellFault::UndecidedFormat),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,03/04/2024,A\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,03/04/2024,b\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,05/05/2024,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,2024-04-03,C\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,03/04/2024,C\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,25/04/2024,C\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,y\n1,MED1.01,03/04/2024,\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
date_formats_by = "y"
date_formats = { A = ["dd/mm/yyyy"], B = ["mm/dd/yyyy"] }
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
"#;
