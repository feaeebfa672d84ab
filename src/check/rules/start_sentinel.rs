//! `start_sentinel`: a start date is a placeholder such as 1900-01-01

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// A start date is a placeholder such as 1900-01-01.
pub static RULE: Rule = Rule {
    id: "PAC402",
    slug: "start_sentinel",
    severity: Severity::Error,
    docs: "A start date is a placeholder such as 1900-01-01. It says that nobody knew the date, and would make the alert a century old.",
    fix: "fill in the real date",
    reads: &["start_date"],
    message: "{value} is a placeholder, no date",
    effect: Effect::Rejected,
    check: Check::Batch(check),
    passing: &[Example::Cells(&[])],
    failing: &[
        Example::Cells(&[("start_date", "1900-01-01")]),
        Example::Cells(&[("start_date", "9999-12-31")]),
    ],
    ..Rule::ALERT
};

/// 1900-01-01, 1753-01-01, 1899-12-30, 0001-01-01, 9999-12-31 as days since 1970-01-01.
pub(super) const SENTINELS: [i32; 5] = [-25_567, -79_257, -25_569, -719_162, 2_932_896];

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    let start = batch.dates("start_date");
    mask(batch, |row| {
        let day = start.and_then(|column| column.get(row));
        day.is_some_and(|day| SENTINELS.contains(day))
    })
}
