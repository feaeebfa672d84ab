//! `text_nino`: a free text holds a National Insurance number

use crate::check::rule::{Check, Effect, Example, Rule, anywhere};
use crate::finding::Severity;
use crate::text_scan::Kind;

/// A free text holds a National Insurance number.
pub static RULE: Rule = Rule {
    id: "PAC605",
    slug: "text_nino",
    severity: Severity::Error,
    docs: "A free text holds a National Insurance number. It opens a way to wages and benefits and has no use in an alert. Two letters that numbers begin with and six digits count with a last letter from A to D, or without one where they are written in pairs or called a National Insurance number. With privacy.text = \"redact\" a marker takes its place, with \"drop\" the text is emptied; the alert is then kept, with a warning.",
    fix: "take the number out of the text; or set privacy.text = \"redact\" in the profile",
    reads: &["alert_description", "source_details"],
    message: "the text holds a National Insurance number",
    effect: Effect::Rejected,
    check: Check::Text(&[Kind::NationalInsurance], anywhere),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "order BG123456A")]),
        Example::Cells(&[("alert_description", "job AB123456")]),
    ],
    failing: &[
        Example::Cells(&[("alert_description", "NI AB 12 34 56 C")]),
        Example::Cells(&[("source_details", "ab123456c")]),
    ],
    ..Rule::ALERT
};
