//! `code_date_ambiguous`: a spreadsheet has made a date of one of several codes

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A spreadsheet has made a date of one of several codes.
pub static RULE: Rule = Rule {
    id: "PAC214",
    slug: "code_date_ambiguous",
    severity: Severity::Error,
    docs: "A spreadsheet has made a date of one of several codes: both 20-10 and 10-20 become 20-Oct. Nothing tells which it was, so a person must decide.",
    fix: "export again with the column as text",
    reads: &["person_alert_code_id"],
    message: "{value} is a date that a spreadsheet made of one of several codes",
    effect: Effect::Review,
    check: Check::Cell(CellFault::CodeDateAmbiguous),
    passing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n1,01-May,2024-01-01,\n",
    }],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s,d\n1,20-Oct,2024-01-01,\n",
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
