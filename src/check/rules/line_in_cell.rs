//! `line_in_cell`: a quoted cell holds a line that has the shape of a record

use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A quoted cell holds a line that has the shape of a record.
pub static RULE: Rule = Rule {
    id: "PAC035",
    slug: "line_in_cell",
    severity: Severity::Warning,
    docs: "A quoted cell holds a line with as many delimiters as the header. Two quotes that belong to the texts of two records, and are not doubled, make one cell of all that stands between them: then these records are lost in it.",
    fix: "look at the record; if the lines in its cell are records, double the quotes or take them out, and convert again",
    message: "a quoted cell of the record holds a line that is shaped as a record",
    check: Check::HeldLine,
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date,source_details\n1,MED1.01,2024-01-01,\"one dog,\ntwo cats\"\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date,source_details\n1,MED1.01,2024-01-01,\"one dog\n2,MED1.01,2024-01-02,two dogs\"\n",
    )],
    ..Rule::ALERT
};
