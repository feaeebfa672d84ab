//! `text_dob`: a free text holds a date of birth

use crate::check::rule::{Check, Example, Rule, anywhere};
use crate::finding::Severity;
use crate::text_scan::Kind;

/// A free text holds a date of birth.
pub static RULE: Rule = Rule {
    id: "PAC607",
    slug: "text_dob",
    severity: Severity::Warning,
    docs: "A free text holds a date of birth. It names a person more surely than a name does, and the person's own record has it.",
    fix: "take the date out of the text",
    reads: &["alert_description", "source_details"],
    message: "the text holds a date of birth",
    check: Check::Text(&[Kind::BirthDate], anywhere),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "stubborn lock 03/04/2024")]),
    ],
    failing: &[
        Example::Cells(&[("alert_description", "DOB 03/04/1950")]),
        Example::Cells(&[("alert_description", "born on 3 April 1950")]),
    ],
    ..Rule::ALERT
};
