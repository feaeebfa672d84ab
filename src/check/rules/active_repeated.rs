//! `active_repeated`: a person has the same active alert twice

use crate::check::context::Context;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A person has the same active alert twice.
pub static RULE: Rule = Rule {
    id: "PAC702",
    slug: "active_repeated",
    severity: Severity::Warning,
    docs: "A person has the same active alert twice, and their periods share a day; an open end is endless. One of the two will be closed one day and the other forgotten. Both are kept, because losing an alert is worse. The later record is blamed, once.",
    fix: "close one of the two, and carry its notes over",
    reads: &[
        "person_alert_code_id",
        "person_id",
        "is_active",
        "start_date",
        "end_date",
    ],
    message: "the person has another active alert with the same code in {other}",
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
        Example::Records(&[
            &[("person_alert_id", "1"), ("end_date", "2026-12-01")],
            &[("person_alert_id", "2"), ("start_date", "2026-12-02")],
        ]),
    ],
    failing: &[Example::Records(&[
        &[("person_alert_id", "1")],
        &[("person_alert_id", "2"), ("start_date", "2023-05-05")],
    ])],
    ..Rule::ALERT
};

fn check(person: Person<'_>, _: &Context<'_>) -> Vec<Blame> {
    person.repeated()
}
