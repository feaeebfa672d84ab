//! `duration_differs`: an alert lasts longer or shorter than it says

use super::end_sentinel::OPEN_END;
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Needs, Rule, Threshold, mask};
use crate::finding::Severity;

/// An alert lasts longer or shorter than it says.
pub static RULE: Rule = Rule {
    id: "PAC422",
    slug: "duration_differs",
    severity: Severity::Warning,
    docs: "An alert lasts longer or shorter than it says. The number of days is stated, and follows from the two dates as well. What is stored twice drifts apart. All three are kept.",
    fix: "work the number of days out again, or put the wrong one of the two dates right",
    reads: &["alert_duration", "start_date", "end_date"],
    needs: Needs::OneOfEach(&[&["alert_duration"], &["end_date"]]),
    message: "{value} is not the number of days from start_date to end_date",
    check: Check::Batch(check),
    thresholds: &[Threshold {
        name: "days",
        usual: 1,
        least: 0,
        docs: "days by which the two may differ",
    }],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("alert_duration", "31"),
            ("end_date", "2024-02-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[
            ("alert_duration", "30"),
            ("end_date", "2024-02-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[("alert_duration", "90")]),
    ],
    failing: &[
        Example::Cells(&[
            ("alert_duration", "90"),
            ("end_date", "2024-02-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[
            ("alert_duration", "29"),
            ("end_date", "2024-02-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (start, end) = (batch.dates("start_date"), batch.dates("end_date"));
    let stated = batch.int32s("alert_duration");
    let tolerance = context.threshold(&RULE, "days");
    mask(batch, |row| {
        let days = stated.and_then(|column| column.get(row));
        let start = start.and_then(|column| column.get(row));
        let end = end.and_then(|column| column.get(row));
        let (Some(days), Some(start), Some(end)) = (days, start, end) else {
            return false;
        };
        // An end before the start and the ends of time have rules of their own.
        let lasts = i64::from(*end) - i64::from(*start);
        lasts >= 0 && *days >= 1 && *end < OPEN_END && (lasts - i64::from(*days)).abs() > tolerance
    })
}
