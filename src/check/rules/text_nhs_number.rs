//! `text_nhs_number`: a free text holds an NHS number

use crate::check::rule::{Check, Effect, Example, Rule, anywhere};
use crate::finding::Severity;
use crate::text_scan::Kind;

/// A free text holds an NHS number.
pub static RULE: Rule = Rule {
    id: "PAC604",
    slug: "text_nhs_number",
    severity: Severity::Error,
    docs: "A free text holds an NHS number. It ties health records to a person and has no use in an alert. Ten digits count where their check digit is right, those of the test range 999 among them, and where nothing says that they are the number of something else, such as a job. With privacy.text = \"redact\" a marker takes its place, with \"drop\" the text is emptied; the alert is then kept, with a warning.",
    fix: "take the number out of the text; or set privacy.text = \"redact\" in the profile",
    reads: &["alert_description", "source_details"],
    message: "the text holds an NHS number",
    effect: Effect::Rejected,
    check: Check::Text(&[Kind::NhsNumber], anywhere),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "NHS 999 000 0019")]),
        Example::Cells(&[("alert_description", "job 9990000018")]),
    ],
    failing: &[
        Example::Cells(&[("alert_description", "NHS 999 000 0018")]),
        Example::Cells(&[("source_details", "ward clerk 9990000018")]),
    ],
    ..Rule::ALERT
};
