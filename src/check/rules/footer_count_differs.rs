//! `footer_count_differs`: a footer states another number of rows than were read

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// A footer states another number of rows than were read.
pub static RULE: Rule = Rule {
    id: "PAC014",
    slug: "footer_count_differs",
    severity: Severity::Warning,
    docs: "A footer states another number of rows than were read. The export or its transfer was cut off, or lines of it were lost or doubled.",
    fix: "export or transfer the file again, and compare the numbers",
    message: "rows that the footer states: {count}; rows that were read: {read}",
    check: Check::Input(InputFault::OtherCount),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n(1 rows affected)\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n(2 rows affected)\n",
    )],
    ..Rule::ALERT
};
