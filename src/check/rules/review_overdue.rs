//! `review_overdue`: an active alert was to be reviewed before the day of the run

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An active alert was to be reviewed before the day of the run.
pub static RULE: Rule = Rule {
    id: "PAC420",
    slug: "review_overdue",
    severity: Severity::Warning,
    docs: "An active alert was to be reviewed before the day of the run. A marker that nobody looks at again may be wrong by now, and must not be held for ever. The alert is kept.",
    fix: "review the alert, and put down the date of the next review",
    reads: &["review_date", "is_active", "end_date", "alert_status"],
    message: "the alert is active, and {value} is before the day of the run",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("review_date", "2026-11-22")]),
        Example::Cells(&[
            ("review_date", "2025-06-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[
        Example::Cells(&[("review_date", "2025-06-01")]),
        Example::Cells(&[("review_date", "2026-11-21")]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (start, review) = (batch.dates("start_date"), batch.dates("review_date"));
    let life = Life::of(batch, context);
    mask(batch, |row| {
        let Some(day) = review.and_then(|column| column.get(row)) else {
            return false;
        };
        // A review before the start has a rule of its own.
        let start = start.and_then(|column| column.get(row));
        *day < context.as_of && start.is_none_or(|start| day >= start) && life.holds(row)
    })
}
