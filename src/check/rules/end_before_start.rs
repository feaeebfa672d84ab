//! `end_before_start`: an alert ends before it starts

use super::start_sentinel::SENTINELS;
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert ends before it starts.
pub static RULE: Rule = Rule {
    id: "PAC404",
    slug: "end_before_start",
    severity: Severity::Error,
    docs: "An alert ends before it starts. Such a period cannot be; one of the two dates is wrong, and only a person can say which.",
    fix: "put the wrong one of the two dates right",
    reads: &["end_date", "start_date"],
    message: "{value} is before start_date",
    effect: Effect::Rejected,
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[("end_date", "2030-01-01")]),
        Example::Cells(&[
            ("end_date", "2024-01-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[("end_date", "2030-01-01"), ("start_date", "9999-12-31")]),
    ],
    failing: &[Example::Cells(&[
        ("end_date", "2023-12-31"),
        ("is_active", "false"),
        ("alert_status", "Closed"),
    ])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    let (start, end) = (batch.dates("start_date"), batch.dates("end_date"));
    mask(batch, |row| {
        let start = start.and_then(|column| column.get(row));
        let end = end.and_then(|column| column.get(row));
        let (Some(start), Some(end)) = (start, end) else {
            return false;
        };
        // A start that is a placeholder has a rule of its own.
        end < start && !SENTINELS.contains(start)
    })
}
