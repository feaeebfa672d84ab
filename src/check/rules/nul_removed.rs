//! `nul_removed`: cells hold NUL bytes

use crate::check::rule::{Check, Effect, Example, InputFault, Rule};
use crate::finding::Severity;

/// Cells hold NUL bytes.
pub static RULE: Rule = Rule {
    id: "PAC016",
    slug: "nul_removed",
    severity: Severity::Warning,
    docs: "Cells hold NUL bytes. Some systems fill cells up with them; they are no text, and are taken out.",
    fix: "nothing, if the cells were filled up; otherwise export the file again",
    message: "records whose NUL bytes were taken out: {count}",
    effect: Effect::Corrected,
    check: Check::Input(InputFault::Nul),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01\0\0,2024-01-01\n",
    )],
    ..Rule::ALERT
};
