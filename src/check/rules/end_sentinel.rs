//! `end_sentinel`: an end date is a placeholder of the far future

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An end date is a placeholder of the far future.
pub static RULE: Rule = Rule {
    id: "PAC405",
    slug: "end_sentinel",
    severity: Severity::Info,
    docs: "An end date is a placeholder of the far future. Dates of 2099 and 9999 mean that the end is open, so the date is emptied.",
    fix: "nothing; or leave such dates empty in the source",
    reads: &["end_date"],
    message: "{value} means an open end, and is emptied",
    effect: Effect::Corrected,
    check: Check::Mend(check, mend),
    passing: &[Example::Cells(&[("end_date", "2030-01-01")])],
    failing: &[
        Example::Cells(&[("end_date", "2099-12-31")]),
        Example::Cells(&[("end_date", "9999-12-31")]),
    ],
    ..Rule::ALERT
};

/// 2099-01-01 as days since 1970-01-01: nobody plans an alert beyond it.
pub(super) const OPEN_END: i32 = 47_117;

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    let end = batch.dates("end_date");
    mask(batch, |row| {
        let day = end.and_then(|column| column.get(row));
        day.is_some_and(|day| *day >= OPEN_END)
    })
}

fn mend(batch: &mut Candidates, _: &Context<'_>, rows: &[usize]) {
    if let Some(end) = batch.dates_mut("end_date") {
        rows.iter().for_each(|row| end.clear(*row));
    }
}
