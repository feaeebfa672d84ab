//! `age_progress`: an age group is said to get better or worse

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An age group is said to get better or worse.
pub static RULE: Rule = Rule {
    id: "PAC429",
    slug: "age_progress",
    severity: Severity::Info,
    docs: "An age group is said to get better or worse. An age neither improves nor deteriorates; the progress belongs to another alert of the person. It is kept.",
    fix: "empty the progress, or move it to the alert that it is about",
    reads: &["alert_progress", "person_alert_code_id"],
    message: "{value} means nothing for an age group",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("person_alert_code_id", "AGE1.07"), ("alert_progress", "")]),
        Example::Cells(&[
            ("person_alert_code_id", "AGE1.07"),
            ("alert_progress", "Unknown"),
        ]),
    ],
    failing: &[Example::Cells(&[("person_alert_code_id", "AGE1.07")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let ages = context.by_code(|code| code.subcode.starts_with("AGE1.").then_some(()));
    let ages = ages.in_batch(batch);
    let (progress, unknown) = (
        batch.terms("alert_progress"),
        context.term("alert_progress", "Unknown"),
    );
    mask(batch, |row| {
        let stated = progress.and_then(|column| column.get(row)).copied();
        stated.is_some() && stated != unknown && ages(row).is_some()
    })
}
