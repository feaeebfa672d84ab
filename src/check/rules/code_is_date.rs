//! `code_is_date`: a spreadsheet has made a date of a code

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A spreadsheet has made a date of a code.
pub static RULE: Rule = Rule {
    id: "PAC213",
    slug: "code_is_date",
    severity: Severity::Error,
    docs: "A spreadsheet has made a date of a code: 20-10 becomes 20-Oct. The crosswalk does not know the date, and knows one code that can have become it; unmapped_values.csv names that code. repair = [\"code_dates\"] in the profile takes it.",
    fix: "export again with the column as text, or let the profile repair it",
    reads: &["person_alert_code_id"],
    message: "{value} is a date that a spreadsheet made of a code, perhaps {proposal}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::CodeIsDate),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,1-5,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,02-May,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,20-Oct,2024-01-01,\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,01-May,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,2026-05-01,2024-01-01,\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "s"
source_details = { column = "d", optional = true }
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "20-10" = "MED1.01", "10-20" = "MED1.02", "1-5" = "MED1.03", "Visit – two" = "MED1.04" }
"#;
