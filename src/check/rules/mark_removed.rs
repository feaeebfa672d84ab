//! `mark_removed`: records begin with a byte order mark

use crate::check::rule::{Check, Effect, Example, InputFault, Rule};
use crate::finding::Severity;

/// Records begin with a byte order mark.
pub static RULE: Rule = Rule {
    id: "PAC017",
    slug: "mark_removed",
    severity: Severity::Info,
    docs: "Records begin with a byte order mark. It stands where files were put one behind another, is no text, and is taken out.",
    fix: "nothing, if the files belong together",
    message: "records whose byte order mark was taken out: {count}",
    effect: Effect::Corrected,
    check: Check::Input(InputFault::ByteOrderMark),
    passing: &[Example::Text(
        "\u{feff}person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n\u{feff}2,MED1.01,2024-01-01\n",
    )],
    ..Rule::ALERT
};
