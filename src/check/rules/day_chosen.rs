//! `day_chosen`: a date has month and year alone

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// A date has month and year alone.
pub static RULE: Rule = Rule {
    id: "PAC415",
    slug: "day_chosen",
    severity: Severity::Info,
    docs: "A date has month and year alone. The standard needs a day: a start or a review takes the first of the month, so that the alert is not missed, and an end the last, because the month is part of it.",
    fix: "fill in the day, where somebody knows it",
    reads: &["start_date", "end_date", "review_date"],
    message: "{value} has no day; the first of the month is taken, of an end the last",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::DayChosen),
    ..Rule::ALERT
};
