//! `duration_type_differs`: an alert is long term and over soon, or temporary without an end

use crate::candidate::{Candidates, State};
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Rule, Threshold, mask};
use crate::finding::Severity;

/// An alert is long term and over soon, or temporary without an end.
pub static RULE: Rule = Rule {
    id: "PAC423",
    slug: "duration_type_differs",
    severity: Severity::Warning,
    docs: "An alert is long term and over soon, or temporary without an end. The kind of duration and the dates contradict each other: a long-term alert that lasts no more than three months, or an active temporary one that has neither an end nor a date of review. The alert is kept.",
    fix: "change the kind of duration, or give a temporary alert an end or a date of review",
    reads: &[
        "alert_duration_type",
        "start_date",
        "end_date",
        "review_date",
        "alert_duration",
    ],
    message: "{value} contradicts the dates of the alert",
    check: Check::Batch(check),
    thresholds: &[Threshold {
        name: "days",
        usual: 90,
        least: 1,
        docs: "days that a long-term alert lasts no shorter than",
    }],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("alert_duration_type", "Temporary"),
            ("review_date", "2027-01-01"),
        ]),
        Example::Cells(&[
            ("alert_duration_type", "Temporary"),
            ("alert_duration", "900"),
        ]),
        Example::Cells(&[
            ("end_date", "2024-06-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[
            ("alert_duration_type", "Temporary"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[
        Example::Cells(&[
            ("end_date", "2024-02-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[("alert_duration_type", "Temporary")]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let kinds = batch.terms("alert_duration_type");
    let term = |word| context.term("alert_duration_type", word);
    let (long, temporary) = (term("Long Term"), term("Temporary"));
    let (start, end) = (batch.dates("start_date"), batch.dates("end_date"));
    let blank = |field: &str, row: usize| batch.states(field).get(row) == Some(&State::Blank);
    let least = context.threshold(&RULE, "days");
    let life = Life::of(batch, context);
    mask(batch, |row| {
        let kind = kinds.and_then(|column| column.get(row)).copied();
        if kind.is_none() {
            return false;
        }
        if kind == temporary {
            let endless = ["end_date", "review_date", "alert_duration"];
            return endless.iter().all(|field| blank(field, row)) && life.holds(row);
        }
        let start = start.and_then(|column| column.get(row));
        let end = end.and_then(|column| column.get(row));
        let (Some(start), Some(end)) = (start, end) else {
            return false;
        };
        kind == long && end >= start && i64::from(*end) - i64::from(*start) <= least
    })
}
