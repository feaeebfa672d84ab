//! `review_missing`: an active alert about a risk or safeguarding has no date of review

use crate::candidate::{Candidates, State};
use crate::check::context::Context;
use crate::check::life::Life;
use crate::check::rule::{Check, Example, Mask, Needs, Rule, mask};
use crate::finding::Severity;

/// An active alert about a risk or safeguarding has no date of review.
pub static RULE: Rule = Rule {
    id: "PAC421",
    slug: "review_missing",
    severity: Severity::Warning,
    docs: "An active alert about a risk or safeguarding has no date of review. Markers about people who may do harm, about safeguarding, suicide or psychosis must be reviewed: requests under freedom of information have found entries kept for more than ten years. Codes of RISK2, RISK3 and SAF, MH1.06 and MH1.07 need a date. The alert is kept.",
    fix: "put down when the alert is to be reviewed: within a year for RISK2 and RISK3, within three months for SAF",
    reads: &[
        "review_date",
        "person_alert_code_id",
        "is_active",
        "end_date",
        "alert_status",
    ],
    needs: Needs::Nothing,
    message: "an alert with this code needs a date of review",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("person_alert_code_id", "RISK2.01"),
            ("special_category_data_id", "NONE"),
            ("review_date", "2027-01-01"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "SAF2.01"),
            ("special_category_data_id", "NONE"),
            ("is_active", "false"),
            ("alert_status", "Closed"),
        ]),
    ],
    failing: &[
        Example::Cells(&[
            ("person_alert_code_id", "RISK2.01"),
            ("special_category_data_id", "NONE"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "SAF2.01"),
            ("special_category_data_id", "NONE"),
        ]),
        Example::Cells(&[("person_alert_code_id", "MH1.06")]),
    ],
    ..Rule::ALERT
};

/// Groups and codes that need a date of review.
const REVIEWED: [&str; 5] = ["RISK2.", "RISK3.", "SAF", "MH1.06", "MH1.07"];

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let needed = |start: &&str, subcode: &str| subcode.starts_with(*start);
    let reviewed = context.by_code(|code| {
        let needs = REVIEWED.iter().any(|start| needed(start, &code.subcode));
        needs.then_some(())
    });
    let reviewed = reviewed.in_batch(batch);
    let (states, life) = (batch.states("review_date"), Life::of(batch, context));
    mask(batch, |row| {
        states.get(row) == Some(&State::Blank) && reviewed(row).is_some() && life.holds(row)
    })
}
