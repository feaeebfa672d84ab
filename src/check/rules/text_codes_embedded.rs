//! `text_codes_embedded`: a free text holds codes of the landlord's own alerts

use crate::check::rule::{Check, Example, Rule, anywhere};
use crate::finding::Severity;
use crate::text_scan::Kind;

/// A free text holds codes of the landlord's own alerts.
pub static RULE: Rule = Rule {
    id: "PAC612",
    slug: "text_codes_embedded",
    severity: Severity::Warning,
    docs: "A free text holds codes of the landlord's own alerts. Forms build texts such as \"CV; VA leak in kitchen\", and nobody who looks for the code finds the alert. Codes count that the profile's crosswalk knows, in capitals, in front of a text with a mark behind them or beside one another. They stay whatever privacy.text says short of \"drop\", as they are alerts that nobody has taken out.",
    fix: "map the column as codes too, with split and code_ends_at, then take the codes out of the text",
    reads: &["alert_description", "source_details"],
    message: "the text holds codes of alerts",
    check: Check::Text(&[Kind::OwnCode], anywhere),
    passing: &[Example::Cells(&[])],
    failing: &[Example::Cells(&[(
        "alert_description",
        "MED1.01; RISK2.01 leak in kitchen",
    )])],
    ..Rule::ALERT
};
