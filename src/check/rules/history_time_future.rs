//! `history_time_future`: a change was made after the day of the run

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;
use crate::standard::PERSON_ALERT_HISTORY;

/// A change was made after the day of the run.
pub static RULE: Rule = Rule {
    id: "PAC739",
    slug: "history_time_future",
    severity: Severity::Warning,
    docs: "A change was made after the day of the run. The clock of the source, the order of day and month, or the time zone is wrong. The change is kept.",
    fix: "check the time and how it is written",
    table: PERSON_ALERT_HISTORY,
    reads: &["change_timestamp"],
    message: "{value} is after the day of the run",
    check: Check::Batch(check),
    passing: &[Example::Changes(&[&[]])],
    failing: &[Example::Changes(&[&[(
        "change_timestamp",
        "2026-11-24T10:00:00Z",
    )]])],
    ..Rule::ALERT
};

const DAY: i64 = 86_400_000_000;

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let times = batch.timestamps("change_timestamp");
    mask(batch, |row| {
        let time = times.and_then(|column| column.get(row));
        time.is_some_and(|time| time.div_euclid(DAY) > i64::from(context.as_of))
    })
}
