//! `confidentiality_too_low`: an alert about health, sex life, ethnicity or safeguarding is marked Public

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Effect, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert about health, sex life, ethnicity or safeguarding is marked Public.
pub static RULE: Rule = Rule {
    id: "PAC602",
    slug: "confidentiality_too_low",
    severity: Severity::Error,
    docs: "An alert about health, sex life, ethnicity or safeguarding is marked Public. Everybody could read it. The least that such an alert needs is Private.",
    fix: "mark it Private or higher, or leave the level empty",
    reads: &["confidentiality_level", "person_alert_code_id"],
    message: "{value} is too low for this code; the least is Private",
    effect: Effect::Rejected,
    check: Check::Batch(check),
    firm: "everybody could read an alert that needs privacy",
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("confidentiality_level", "Private")]),
        Example::Cells(&[
            ("person_alert_code_id", "COMM1.01"),
            ("confidentiality_level", "Public"),
            ("special_category_data_id", "NONE"),
        ]),
    ],
    failing: &[
        Example::Cells(&[("confidentiality_level", "Public")]),
        Example::Cells(&[
            ("person_alert_code_id", "SAF2.01"),
            ("confidentiality_level", "Public"),
        ]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let public = context.term("confidentiality_level", "Public");
    let levels = batch.terms("confidentiality_level");
    mask(batch, |row| {
        let level = levels.and_then(|column| column.get(row)).copied();
        level.is_some()
            && level == public
            && context
                .code(batch, row)
                .is_some_and(|code| code.needs_privacy())
    })
}
