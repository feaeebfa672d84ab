//! `code_date_repaired`: a date has become the code again that it was

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A date has become the code again that it was.
pub static RULE: Rule = Rule {
    id: "PAC215",
    slug: "code_date_repaired",
    severity: Severity::Warning,
    docs: "A date has become the code again that it was before a spreadsheet took it for a date, as the profile asks. The crosswalk knows no other code that could have become this date.",
    fix: "export again with the column as text",
    reads: &["person_alert_code_id"],
    message: "{value} is a date that a spreadsheet made of a code, and is read as {proposal}",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::CodeDateRepaired),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,1-5,2024-01-01,\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,20-Oct,2024-01-01,\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n1,01-May,2024-01-01,\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
repair = ["code_dates"]
[fields]
person_id = "p"
start_date = "s"
source_details = { column = "d", optional = true }
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "20-10" = "MED1.01", "10-20" = "MED1.02", "1-5" = "MED1.03", "Visit – two" = "MED1.04" }
"#;
