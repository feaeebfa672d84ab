//! `active_but_ended`: an alert is active although it ended before the day of the run

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Escalation, Example, Mask, Needs, Rule, mask};
use crate::finding::Severity;

/// An alert is active although it ended before the day of the run.
pub static RULE: Rule = Rule {
    id: "PAC409",
    slug: "active_but_ended",
    severity: Severity::Warning,
    escalates: Escalation::WithoutAutoclose,
    docs: "An alert is active although it ended before the day of the run. Visitors would act on a need or a risk that is over. The alert is made inactive, and Closed where its status is Open. A status of Pending or In Review stays: it says that somebody is still to decide, which no date does. With policy.autoclose = false it is rejected instead.",
    fix: "set the alert inactive in the source, or put its end date right",
    reads: &["is_active", "end_date", "alert_status"],
    needs: Needs::OneOfEach(&[&["end_date"], &["is_active", "alert_status"]]),
    message: "the alert is active, but ended before the day of the run",
    effect: Effect::Corrected,
    check: Check::Mend(check, mend),
    passing: &[
        Example::Cells(&[
            ("end_date", "2024-06-01"),
            ("is_active", ""),
            ("alert_status", ""),
        ]),
        Example::Cells(&[("end_date", "2030-01-01")]),
        Example::Cells(&[
            ("end_date", "2024-06-01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[Example::Cells(&[("end_date", "2024-06-01")])],
    ..Rule::ALERT
};

/// Only what the source says counts: where it leaves open whether the alert is active, an end date
/// in the past answers that, and contradicts nothing.
fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (active, end) = (batch.bools("is_active"), batch.dates("end_date"));
    let status = batch.terms("alert_status");
    let closed = [
        context.term("alert_status", "Closed"),
        context.term("alert_status", "Archived"),
    ];
    let open = context.term("alert_status", "Open");
    mask(batch, |row| {
        let ended = end
            .and_then(|column| column.get(row))
            .is_some_and(|end| *end < context.as_of);
        let status = status.and_then(|column| column.get(row)).copied();
        let says_closed = status.is_some() && closed.contains(&status);
        let says_open = status.is_some() && status == open;
        let says_active = active.and_then(|column| column.get(row)) == Some(&true);
        ended && !says_closed && (says_open || says_active)
    })
}

fn mend(batch: &mut Candidates, context: &Context<'_>, rows: &[usize]) {
    if let Some(active) = batch.bools_mut("is_active") {
        rows.iter().for_each(|row| active.set(*row, false));
    }
    let [open, closed] = ["Open", "Closed"].map(|word| context.term("alert_status", word));
    if let (Some(open), Some(closed)) = (open, closed)
        && let Some(status) = batch.terms_mut("alert_status")
    {
        for row in rows {
            if status.get(*row) == Some(&open) {
                status.set(*row, closed);
            }
        }
    }
}
