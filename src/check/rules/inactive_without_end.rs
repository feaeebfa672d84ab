//! `inactive_without_end`: an alert is over, and nobody knows since when

use super::end_sentinel::OPEN_END;
use crate::candidate::{Candidates, State};
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Needs, Rule, mask};
use crate::finding::Severity;

/// An alert is over, and nobody knows since when.
pub static RULE: Rule = Rule {
    id: "PAC426",
    slug: "inactive_without_end",
    severity: Severity::Warning,
    docs: "An alert is over, and nobody knows since when. Without an end it cannot be told how long the alert is still to be kept. A date of the far future, such as 2099-12-31, is no end. The alert is kept.",
    fix: "fill in when the alert ended; the date of the last change may tell",
    reads: &["end_date", "is_active", "alert_status"],
    needs: Needs::OneOfEach(&[&["is_active", "alert_status"]]),
    message: "the alert is over, but has no end",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("end_date", "2024-06-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
        Example::Cells(&[("is_active", "false"), ("alert_status", "Pending")]),
    ],
    failing: &[
        Example::Cells(&[("is_active", "false"), ("alert_status", "Closed")]),
        Example::Cells(&[("is_active", "false"), ("alert_status", "")]),
        Example::Cells(&[("is_active", "false"), ("alert_status", "Archived")]),
        Example::Cells(&[
            ("end_date", "2099-12-31"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (end, states) = (batch.dates("end_date"), batch.states("end_date"));
    let status = batch.terms("alert_status");
    let waiting = ["Pending", "In Review"].map(|word| context.term("alert_status", word));
    let life = Life::of(batch, context);
    mask(batch, |row| {
        // What has not begun to hold is not over.
        let status = status.and_then(|column| column.get(row)).copied();
        let is_waiting = status.is_some() && waiting.contains(&status);
        let end = end.and_then(|column| column.get(row));
        let is_open =
            states.get(row) == Some(&State::Blank) || end.is_some_and(|end| *end >= OPEN_END);
        is_open && !is_waiting && life.is_closed(row)
    })
}
