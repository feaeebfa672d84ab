//! `special_category_public`: an alert that is stated to be a special category of data is Public

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert that is stated to be a special category of data is Public.
pub static RULE: Rule = Rule {
    id: "PAC632",
    slug: "special_category_public",
    severity: Severity::Warning,
    docs: "An alert that is stated to be a special category of data is Public. Its code needs no protection, and the landlord says that this alert does: Public lets everybody read it.",
    fix: "make the alert Private or stricter, or correct its special category",
    reads: &[
        "confidentiality_level",
        "special_category_data_id",
        "person_alert_code_id",
    ],
    message: "the alert is Public, and is stated to be a special category of data",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[
            ("person_alert_code_id", "RISK2.05"),
            ("special_category_data_id", "NONE"),
            ("confidentiality_level", "Public"),
        ]),
        Example::Cells(&[("confidentiality_level", "Public")]),
    ],
    failing: &[Example::Cells(&[
        ("person_alert_code_id", "RISK2.05"),
        ("special_category_data_id", "HEALTH"),
        ("confidentiality_level", "Public"),
    ])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let none = context
        .standard
        .id_of("special_category_data_types", "NONE");
    let columns = (
        batch.terms("confidentiality_level"),
        batch.int32s("special_category_data_id"),
        context.term("confidentiality_level", "Public"),
    );
    let (Some(levels), Some(stated), Some(public)) = columns else {
        return mask(batch, |_| false);
    };
    // of codes that are never Public another rule speaks
    let is_open = |row: usize| {
        let code = context.code(batch, row);
        code.is_some_and(|code| !code.needs_privacy())
    };
    mask(batch, |row| {
        let is_public = levels.get(row) == Some(&public);
        is_public && stated.get(row).copied().is_some_and(|id| Some(id) != none) && is_open(row)
    })
}
