//! `age_stale`: an age group has been active for longer than it lasts

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An age group has been active for longer than it lasts.
pub static RULE: Rule = Rule {
    id: "PAC428",
    slug: "age_stale",
    severity: Severity::Warning,
    docs: "An age group has been active for longer than it lasts. People grow out of it: an alert about a newborn that is two months old says what is no longer so. The alert is kept.",
    fix: "close the alert, and open that of the next age group where there is one",
    reads: &[
        "start_date",
        "person_alert_code_id",
        "is_active",
        "end_date",
        "alert_status",
    ],
    message: "the alert has been active longer than the age group lasts",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("person_alert_code_id", "AGE1.01"),
            ("start_date", "2026-11-01"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "AGE1.07"),
            ("start_date", "1990-01-01"),
        ]),
        Example::Cells(&[("person_alert_code_id", "AGE1.05")]),
        Example::Cells(&[
            ("person_alert_code_id", "AGE1.01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[
        Example::Cells(&[("person_alert_code_id", "AGE1.01")]),
        Example::Cells(&[
            ("person_alert_code_id", "AGE1.03"),
            ("start_date", "2024-11-01"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "AGE1.06"),
            ("start_date", "2021-11-01"),
        ]),
    ],
    ..Rule::ALERT
};

/// How many days the age groups last, leap days included: up to 29 days, 1, 3, 6, 13 and 18 years.
const LASTING: [(&str, i32); 6] = [
    ("AGE1.01", 29),
    ("AGE1.02", 366 - 29),
    ("AGE1.03", 2 * 365 + 1),
    ("AGE1.04", 3 * 365 + 1),
    ("AGE1.05", 7 * 365 + 2),
    ("AGE1.06", 5 * 365 + 2),
];

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let lasting = |subcode: &str| LASTING.iter().find(|(own, _)| *own == subcode);
    let lasts = context.by_code(|code| lasting(&code.subcode).map(|(_, days)| *days));
    let lasts = lasts.in_batch(batch);
    let (start, life) = (batch.dates("start_date"), Life::of(batch, context));
    mask(batch, |row| {
        let Some(most) = lasts(row) else {
            return false;
        };
        let start = start.and_then(|column| column.get(row));
        let since = start.map(|start| context.as_of.saturating_sub(*start));
        since.is_some_and(|days| days > *most) && life.holds(row)
    })
}
