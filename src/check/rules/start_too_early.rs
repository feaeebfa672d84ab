//! `start_too_early`: an alert starts more than a lifetime ago

use super::start_sentinel::SENTINELS;
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, Threshold, mask};
use crate::finding::Severity;

/// An alert starts more than a lifetime ago.
pub static RULE: Rule = Rule {
    id: "PAC430",
    slug: "start_too_early",
    severity: Severity::Warning,
    docs: "An alert starts more than a lifetime ago. A digit of the year is wrong, or it has two digits only. The date is kept, because nobody but the landlord knows the right one.",
    fix: "put the year right",
    reads: &["start_date"],
    message: "{value} is more than a lifetime ago",
    check: Check::Batch(check),
    thresholds: &[Threshold {
        name: "years",
        usual: 120,
        least: 1,
        docs: "years that a start may lie back",
    }],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("start_date", "1950-01-01")]),
        Example::Cells(&[("start_date", "1900-01-01")]),
    ],
    failing: &[
        Example::Cells(&[("start_date", "0202-01-01")]),
        Example::Cells(&[("start_date", "1899-05-05")]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let most = context.threshold(&RULE, "years").saturating_mul(366);
    let start = batch.dates("start_date");
    mask(batch, |row| {
        let day = start.and_then(|column| column.get(row));
        // Placeholders have a rule of their own.
        day.is_some_and(|day| {
            i64::from(context.as_of) - i64::from(*day) > most && !SENTINELS.contains(day)
        })
    })
}
