//! `special_category_contradicts_code`: an alert is stated to be no special category of data, and its code says otherwise

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert is stated to be no special category of data, and its code says otherwise.
pub static RULE: Rule = Rule {
    id: "PAC631",
    slug: "special_category_contradicts_code",
    severity: Severity::Warning,
    docs: "An alert is stated to be no special category of data, and its code says otherwise. With NONE the record loses the protection of Article 9 of the UK GDPR, although its code tells of health, of sex life or of ethnicity.",
    fix: "confirm the category, or leave it empty so that it is filled by the code",
    reads: &["special_category_data_id", "person_alert_code_id"],
    message: "the category is stated as none, and the code belongs to a special category of data",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("special_category_data_id", "")]),
        Example::Cells(&[
            ("person_alert_code_id", "RISK2.05"),
            ("special_category_data_id", "NONE"),
        ]),
    ],
    failing: &[Example::Cells(&[("special_category_data_id", "NONE")])],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let none = context
        .standard
        .id_of("special_category_data_types", "NONE");
    let (Some(none), Some(stated)) = (none, batch.int32s("special_category_data_id")) else {
        return mask(batch, |_| false);
    };
    let is_special = |row: usize| {
        let code = context.code(batch, row);
        code.is_some_and(|code| code.special_category != "NONE")
    };
    mask(batch, |row| {
        stated.get(row) == Some(&none) && is_special(row)
    })
}
