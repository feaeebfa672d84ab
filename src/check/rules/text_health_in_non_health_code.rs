//! `text_health_in_non_health_code`: a free text tells of a diagnosis or a medication although the alert is not guarded as health data

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::text_scan::{Found, Kind};

/// A free text tells of a diagnosis or a medication although the alert is not guarded as health data.
pub static RULE: Rule = Rule {
    id: "PAC611",
    slug: "text_health_in_non_health_code",
    severity: Severity::Warning,
    docs: "A free text tells of a diagnosis or a medication although the alert is not guarded as health data. Its code is of another special category or none, or it is marked Public, so that people read it who must not. An alert that the source itself marks as HEALTH is guarded.",
    fix: "add an alert with the right code, and take the words out of this text",
    reads: &[
        "alert_description",
        "source_details",
        "person_alert_code_id",
        "confidentiality_level",
        "special_category_data_id",
    ],
    message: "the text tells of a diagnosis or a medication, and the alert is not guarded as health data",
    check: Check::Text(&[Kind::Health], speaks),
    passing: &[
        Example::Cells(&[("alert_description", "insulin in the fridge")]),
        Example::Cells(&[
            ("person_alert_code_id", "RISK2.01"),
            ("special_category_data_id", "NONE"),
            ("alert_description", "lithium battery in the hall"),
        ]),
    ],
    failing: &[Example::Cells(&[
        ("person_alert_code_id", "RISK2.01"),
        ("special_category_data_id", "NONE"),
        ("alert_description", "insulin in the fridge"),
    ])],
    ..Rule::ALERT
};

fn speaks(batch: &Candidates, context: &Context<'_>, found: &Found, _: &str) -> bool {
    let row = found.row as usize;
    let level = batch
        .terms("confidentiality_level")
        .and_then(|column| column.get(row));
    let public = context.term("confidentiality_level", "Public");
    let category = batch
        .int32s("special_category_data_id")
        .and_then(|column| column.get(row));
    let marked = category.is_some_and(|own| {
        context
            .standard
            .id_of("special_category_data_types", "HEALTH")
            == Some(*own)
    });
    let code = context.code(batch, row);
    let guarded = marked || code.is_none_or(|code| code.special_category == "HEALTH");
    !guarded || level.is_some() && level.copied() == public
}
