//! `text_access_code`: a free text holds a code to a key safe, a door, a gate or an alarm

use crate::check::rule::{Check, Effect, Example, Rule, anywhere};
use crate::finding::Severity;
use crate::text_scan::Kind;

/// A free text holds a code to a key safe, a door, a gate or an alarm.
pub static RULE: Rule = Rule {
    id: "PAC608",
    slug: "text_access_code",
    severity: Severity::Error,
    docs: "A free text holds a code to a key safe, a door, a gate or an alarm. Whoever reads the text can enter the home. With privacy.text = \"redact\" a marker takes its place, with \"drop\" the text is emptied; the alert is then kept, with a warning.",
    fix: "move the code to where access is recorded, and have it changed; or set privacy.text = \"redact\" in the profile",
    reads: &["alert_description", "source_details"],
    message: "the text holds a code to a key safe, a door or an alarm",
    effect: Effect::Rejected,
    check: Check::Text(&[Kind::AccessCode], anywhere),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "door number 214")]),
        Example::Cells(&[("alert_description", "key safe fitted 2019")]),
        Example::Cells(&[("alert_description", "key safe code with the office")]),
    ],
    failing: &[
        Example::Cells(&[("alert_description", "key safe code 4471")]),
        Example::Cells(&[("alert_description", "gate code is 1357#")]),
        Example::Cells(&[("source_details", "keysafe 4471")]),
    ],
    ..Rule::ALERT
};
