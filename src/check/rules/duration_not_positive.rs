//! `duration_not_positive`: a duration is less than one day

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// A duration is less than one day.
pub static RULE: Rule = Rule {
    id: "PAC501",
    slug: "duration_not_positive",
    severity: Severity::Error,
    docs: "A duration is less than one day. Nothing lasts so short; the number means something else.",
    fix: "put the number of days right, or empty the cell",
    reads: &["alert_duration"],
    message: "{value} is less than one day",
    effect: Effect::Rejected,
    check: Check::Batch(check),
    firm: "the standard holds no duration below 1",
    passing: &[Example::Cells(&[("alert_duration", "30")])],
    failing: &[
        Example::Cells(&[("alert_duration", "0")]),
        Example::Cells(&[("alert_duration", "-3")]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    let duration = batch.int32s("alert_duration");
    mask(batch, |row| {
        let days = duration.and_then(|column| column.get(row));
        days.is_some_and(|days| *days < 1)
    })
}
