//! `comma_stray`: commas are missing between the elements of a JSON array, or too many

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Commas are missing between the elements of a JSON array, or too many.
pub static RULE: Rule = Rule {
    id: "PAC024",
    slug: "comma_stray",
    severity: Severity::Warning,
    docs: "Commas are missing between the elements of a JSON array, or too many. All its records are read; but a file that was cut apart or put together by hand may have lost some.",
    fix: "compare the number of records with that of the source",
    message: "commas are missing between records, or too many",
    check: Check::Input(InputFault::StrayCommas),
    passing: &[Example::Text(
        "[{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}]",
    )],
    failing: &[Example::Text(
        "[{\"person_id\":1,\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"},]",
    )],
    ..Rule::ALERT
};
