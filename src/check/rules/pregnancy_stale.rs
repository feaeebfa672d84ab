//! `pregnancy_stale`: a pregnancy has been active for longer than one lasts

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Rule, Threshold, mask};
use crate::finding::Severity;

/// A pregnancy has been active for longer than one lasts.
pub static RULE: Rule = Rule {
    id: "PAC427",
    slug: "pregnancy_stale",
    severity: Severity::Warning,
    docs: "A pregnancy has been active for longer than one lasts. Visitors would act on a pregnancy that is over, or miss a newborn. The limit is 300 days from the start, 540 for the risk of depression after birth (PREG1.06); a history of miscarriages (PREG1.14) does not end. The alert is kept.",
    fix: "close the alert, and look whether there is a newborn in the household",
    reads: &[
        "start_date",
        "person_alert_code_id",
        "is_active",
        "end_date",
        "alert_status",
    ],
    message: "the alert has been active longer than a pregnancy lasts",
    check: Check::Batch(check),
    thresholds: &[
        Threshold {
            name: "days",
            usual: 300,
            least: 1,
            docs: "days from the start that a pregnancy lasts",
        },
        Threshold {
            name: "days_after_birth",
            usual: 540,
            least: 1,
            docs: "days from the start for PREG1.06",
        },
    ],
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("person_alert_code_id", "PREG1.01"),
            ("start_date", "2026-06-01"),
        ]),
        Example::Cells(&[("person_alert_code_id", "PREG1.14")]),
        Example::Cells(&[
            ("person_alert_code_id", "PREG1.06"),
            ("start_date", "2025-11-01"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "PREG1.01"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[
        Example::Cells(&[("person_alert_code_id", "PREG1.01")]),
        Example::Cells(&[
            ("person_alert_code_id", "PREG1.06"),
            ("start_date", "2025-05-01"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "PREG1.02"),
            ("start_date", "2026-01-25"),
        ]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let (birth, after) = (
        context.threshold(&RULE, "days"),
        context.threshold(&RULE, "days_after_birth"),
    );
    let lasts = context.by_code(|code| match code.subcode.as_str() {
        "PREG1.14" => None,
        "PREG1.06" => Some(after),
        other => other.starts_with("PREG1.").then_some(birth),
    });
    let lasts = lasts.in_batch(batch);
    let (start, life) = (batch.dates("start_date"), Life::of(batch, context));
    mask(batch, |row| {
        let Some(most) = lasts(row) else {
            return false;
        };
        let start = start.and_then(|column| column.get(row));
        let since = start.map(|start| i64::from(context.as_of) - i64::from(*start));
        since.is_some_and(|days| days > *most) && life.holds(row)
    })
}
