//! `active_repeated`: a person has the same active alert twice

use crate::check::context::Context;
use crate::check::dataset::ActiveAlert;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A person has the same active alert twice.
pub static RULE: Rule = Rule {
    id: "PAC702",
    slug: "active_repeated",
    severity: Severity::Warning,
    docs: "A person has the same active alert twice. One of the two will be closed one day and the other forgotten. Both are kept, because losing an alert is worse.",
    fix: "close one of the two, and carry its notes over",
    reads: &["person_alert_code_id", "person_id"],
    message: "the person has an earlier active alert with the same code",
    check: Check::Dataset(check),
    passing: &[
        Example::Records(&[
            &[("person_alert_id", "1")],
            &[
                ("person_alert_id", "2"),
                ("person_alert_code_id", "MED1.02"),
            ],
        ]),
        Example::Records(&[
            &[("person_alert_id", "1")],
            &[
                ("person_alert_id", "2"),
                ("is_active", "false"),
                ("alert_status", "Closed"),
            ],
        ]),
    ],
    failing: &[Example::Records(&[
        &[("person_alert_id", "1")],
        &[("person_alert_id", "2"), ("start_date", "2023-05-05")],
    ])],
    ..Rule::ALERT
};

fn check(alerts: &[ActiveAlert], _: &Context<'_>) -> Vec<usize> {
    let same =
        |a: &ActiveAlert, b: &ActiveAlert| a.person_id == b.person_id && a.code_id == b.code_id;
    let pairs = alerts.windows(2).enumerate();
    pairs
        .filter(|(_, pair)| same(&pair[0], &pair[1]))
        .map(|(at, _)| at + 1)
        .collect()
}
