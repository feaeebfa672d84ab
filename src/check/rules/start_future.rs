//! `start_future`: an alert starts after the day of the run

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert starts after the day of the run.
pub static RULE: Rule = Rule {
    id: "PAC403",
    slug: "start_future",
    severity: Severity::Warning,
    docs: "An alert starts after the day of the run. Mostly a slip of the keyboard, or day and month swapped.",
    fix: "check the date and the order of day and month",
    reads: &["start_date"],
    message: "{value} is after the day of the run",
    check: Check::Batch(check),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("start_date", "2027-01-01")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let start = batch.dates("start_date");
    mask(batch, |row| {
        let day = start.and_then(|column| column.get(row));
        // The placeholder of the far future has a rule of its own.
        day.is_some_and(|day| *day > context.as_of && *day != FAR_FUTURE)
    })
}

const FAR_FUTURE: i32 = 2_932_896;
