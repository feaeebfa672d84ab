//! `changed_before_start`: an alert was last changed before it started

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, Threshold, mask};
use crate::finding::Severity;

/// An alert was last changed before it started.
pub static RULE: Rule = Rule {
    id: "PAC424",
    slug: "changed_before_start",
    severity: Severity::Warning,
    docs: "An alert was last changed before it started. An alert can be entered a day ahead, but hardly earlier. The clock of the source or the order of day and month may be wrong. Both are kept.",
    fix: "check the two dates, and the order of day and month",
    reads: &["last_updated", "start_date"],
    message: "{value} is before start_date",
    check: Check::Batch(check),
    thresholds: &[Threshold {
        name: "days",
        usual: 1,
        least: 0,
        docs: "days that an alert may be changed ahead of its start",
    }],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("last_updated", "2023-12-31T10:00:00Z")]),
    ],
    failing: &[Example::Cells(&[("last_updated", "2023-12-29T10:00:00Z")])],
    ..Rule::ALERT
};

const DAY: i64 = 86_400_000_000;

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (start, changed) = (batch.dates("start_date"), batch.timestamps("last_updated"));
    let ahead = context.threshold(&RULE, "days");
    mask(batch, |row| {
        let start = start.and_then(|column| column.get(row));
        let changed = changed.and_then(|column| column.get(row));
        let (Some(start), Some(changed)) = (start, changed) else {
            return false;
        };
        // What has not started yet has a rule of its own.
        *start <= context.as_of && changed.div_euclid(DAY) + ahead < i64::from(*start)
    })
}
