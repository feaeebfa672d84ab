//! `review_before_start`: an alert is to be reviewed before it starts

use super::start_sentinel::SENTINELS;
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert is to be reviewed before it starts.
pub static RULE: Rule = Rule {
    id: "PAC406",
    slug: "review_before_start",
    severity: Severity::Error,
    docs: "An alert is to be reviewed before it starts. One of the two dates is wrong, and only a person can say which.",
    fix: "put the wrong one of the two dates right",
    reads: &["review_date", "start_date"],
    message: "{value} is before start_date",
    effect: Effect::Rejected,
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[("review_date", "2025-01-01")]),
        Example::Cells(&[("review_date", "2025-01-01"), ("start_date", "9999-12-31")]),
    ],
    failing: &[Example::Cells(&[("review_date", "2023-12-31")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    let (start, review) = (batch.dates("start_date"), batch.dates("review_date"));
    mask(batch, |row| {
        let start = start.and_then(|column| column.get(row));
        let review = review.and_then(|column| column.get(row));
        let (Some(start), Some(review)) = (start, review) else {
            return false;
        };
        // A start that is a placeholder has a rule of its own.
        review < start && !SENTINELS.contains(start)
    })
}
