//! `retention_exceeded`: an alert ended longer ago than such records are to be kept

use chrono::Datelike;

use crate::candidate::Candidates;
use crate::cell::date::{date_of, days};
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Rule, Threshold, mask};
use crate::finding::Severity;

/// An alert ended longer ago than such records are to be kept.
pub static RULE: Rule = Rule {
    id: "PAC425",
    slug: "retention_exceeded",
    severity: Severity::Warning,
    docs: "An alert ended longer ago than such records are to be kept. Data about people is to be kept no longer than it is needed, mostly six years after the end, when claims lapse. The alert is kept, because leaving it out is a decision.",
    fix: "leave the alert out of the export, or put down why it must be held",
    reads: &["end_date", "is_active", "alert_status"],
    message: "the alert ended on {value}, longer ago than it is to be kept",
    check: Check::Batch(check),
    thresholds: &[Threshold {
        name: "years",
        usual: 6,
        least: 0,
        docs: "calendar years from end_date for which an alert is kept",
    }],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("end_date", "2024-06-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[
            ("start_date", "2010-01-01"),
            ("end_date", "2020-11-22"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[Example::Cells(&[
        ("start_date", "2010-01-01"),
        ("end_date", "2020-11-21"),
        ("is_active", "false"),
        ("alert_status", "Closed"),
    ])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let kept_from = years_before(context.as_of, context.threshold(&RULE, "years"));
    let end = batch.dates("end_date");
    let life = Life::of(batch, context);
    mask(batch, |row| {
        let day = end.and_then(|column| column.get(row));
        day.is_some_and(|day| kept_from.is_some_and(|from| *day < from)) && !life.holds(row)
    })
}

/// The day so many calendar years before another; the 28th where there is no 29th of February.
fn years_before(day: i32, years: i64) -> Option<i32> {
    let day = date_of(day)?;
    let year = day.year() - i32::try_from(years).ok()?;
    days(year, day.month(), day.day()).or_else(|| days(year, day.month(), 28))
}
