//! `status_conflict`: an alert is active and closed at once

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Needs, Rule, mask};
use crate::finding::Severity;

/// An alert is active and closed at once.
pub static RULE: Rule = Rule {
    id: "PAC407",
    slug: "status_conflict",
    severity: Severity::Warning,
    docs: "An alert is active and closed at once. Two fields say the same thing differently. The status is the more deliberate of the two, so it wins.",
    fix: "put is_active or alert_status right",
    reads: &["is_active", "alert_status"],
    needs: Needs::OneOfEach(&[&["is_active"], &["alert_status"]]),
    message: "{value} contradicts alert_status, which wins",
    effect: Effect::Corrected,
    check: Check::Mend(check, mend),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("is_active", "false"), ("alert_status", "Closed")]),
        Example::Cells(&[("is_active", "false"), ("alert_status", "")]),
    ],
    failing: &[
        Example::Cells(&[("alert_status", "Closed")]),
        Example::Cells(&[("is_active", "false")]),
    ],
    ..Rule::ALERT
};

/// Whether the status of a row says that the alert holds; `None` where it leaves that open.
fn holds(batch: &Candidates, context: &Context<'_>) -> impl Fn(usize) -> Option<bool> {
    let words = ["Open", "Closed", "Archived"];
    let [open, closed, archived] = words.map(|word| context.term("alert_status", word));
    let status = batch.terms("alert_status");
    move |row| {
        let status = status?.get(row).copied();
        match status.is_some() {
            true if status == closed || status == archived => Some(false),
            true if status == open => Some(true),
            _ => None,
        }
    }
}

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let active = batch.bools("is_active");
    let holds = holds(batch, context);
    mask(batch, |row| {
        let active = active.and_then(|column| column.get(row));
        match (active, holds(row)) {
            (Some(active), Some(holds)) => *active != holds,
            _ => false,
        }
    })
}

fn mend(batch: &mut Candidates, context: &Context<'_>, rows: &[usize]) {
    let held: Vec<(usize, bool)> = {
        let holds = holds(batch, context);
        let held = rows.iter().map(|row| Some((*row, holds(*row)?)));
        held.flatten().collect()
    };
    if let Some(active) = batch.bools_mut("is_active") {
        for (row, holds) in held {
            active.set(row, holds);
        }
    }
}
