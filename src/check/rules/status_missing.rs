//! `status_missing`: an alert has no status

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, blank};
use crate::finding::Severity;

/// An alert has no status.
pub static RULE: Rule = Rule {
    id: "PAC410",
    slug: "status_missing",
    severity: Severity::Info,
    docs: "An alert has no status. It follows from is_active: Open while the alert holds, Closed after.",
    fix: "fill in the status",
    reads: &["alert_status", "is_active"],
    needs: Needs::Nothing,
    message: "the alert has no status; it follows from is_active",
    effect: Effect::Defaulted,
    check: Check::Mend(check, mend),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[("alert_status", "")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, _: &Context<'_>) -> Mask {
    blank(batch, "alert_status")
}

fn mend(batch: &mut Candidates, context: &Context<'_>, rows: &[usize]) {
    let [open, closed] = ["Open", "Closed"].map(|word| context.term("alert_status", word));
    let active = batch.bools("is_active");
    let place = |row: &usize| match active.and_then(|column| column.get(*row)) {
        Some(false) => Some((*row, closed?)),
        _ => Some((*row, open?)),
    };
    let places: Vec<(usize, u8)> = rows.iter().filter_map(place).collect();
    if let Some(status) = batch.terms_mut("alert_status") {
        for (row, place) in places {
            status.set(row, place);
        }
    }
}
