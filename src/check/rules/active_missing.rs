//! `active_missing`: an alert does not say whether it is active

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, blank};
use crate::finding::Severity;

/// An alert does not say whether it is active.
pub static RULE: Rule = Rule {
    id: "PAC408",
    slug: "active_missing",
    severity: Severity::Info,
    docs: "An alert does not say whether it is active. The status and the end date decide where they are stated; otherwise the alert counts as active, because an alert that is missed does more harm than one too many.",
    fix: "fill in whether the alert is active",
    reads: &["is_active", "alert_status", "end_date"],
    needs: Needs::Nothing,
    message: "the alert does not say whether it is active",
    effect: Effect::Defaulted,
    check: Check::Mend(check, mend),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("is_active", "")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "is_active")
}

fn mend(batch: &mut Candidates, context: &Context<'_>, rows: &[usize]) {
    let closed = ["Closed", "Archived"].map(|word| context.term("alert_status", word));
    let (status, end) = (batch.terms("alert_status"), batch.dates("end_date"));
    let holds = |row: usize| {
        let status = status.and_then(|column| column.get(row)).copied();
        let end = end.and_then(|column| column.get(row));
        let ended = end.is_some_and(|end| *end < context.as_of);
        !(ended || status.is_some() && closed.contains(&status))
    };
    let held: Vec<(usize, bool)> = rows.iter().map(|row| (*row, holds(*row))).collect();
    if let Some(active) = batch.bools_mut("is_active") {
        for (row, holds) in held {
            active.set(row, holds);
        }
    }
}
