//! `review_too_late`: an alert is to be reviewed when those who know of it are gone

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, Threshold, mask};
use crate::finding::Severity;

/// An alert is to be reviewed when those who know of it are gone.
pub static RULE: Rule = Rule {
    id: "PAC431",
    slug: "review_too_late",
    severity: Severity::Warning,
    docs: "An alert is to be reviewed when those who know of it are gone. A date more than ten years ahead is mostly a slip or a placeholder such as 2099-12-31, and nobody will look at the alert before. The date is kept.",
    fix: "put the year right",
    reads: &["review_date"],
    message: "{value} is too far ahead to be a date of review",
    check: Check::Batch(check),
    thresholds: &[Threshold {
        name: "years",
        usual: 10,
        least: 1,
        docs: "years that a review may lie ahead",
    }],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("review_date", "2031-01-01")]),
    ],
    failing: &[
        Example::Cells(&[("review_date", "2099-12-31")]),
        Example::Cells(&[("review_date", "2206-01-01")]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let most = context.threshold(&RULE, "years").saturating_mul(366);
    let review = batch.dates("review_date");
    mask(batch, |row| {
        let day = review.and_then(|column| column.get(row));
        day.is_some_and(|day| i64::from(*day) - i64::from(context.as_of) > most)
    })
}
