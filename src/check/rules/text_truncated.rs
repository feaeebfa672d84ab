//! `text_truncated`: a text is as long as a cell of a spreadsheet can be

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A text is as long as a cell of a spreadsheet can be.
pub static RULE: Rule = Rule {
    id: "PAC026",
    slug: "text_truncated",
    severity: Severity::Warning,
    docs: "A text is as long as a cell of a spreadsheet can be, 32,767 characters. What was longer has been cut off there, so the rest is likely lost.",
    fix: "export the text again without a spreadsheet",
    reads: &["alert_description", "source_details"],
    message: "the text has 32,767 characters, where a spreadsheet cuts text off",
    check: Check::Cell(CellFault::TruncatedText),
    passing: &[
        Example::Long("source_details", 32_766),
        Example::Long("source_details", 32_768),
    ],
    failing: &[
        Example::Long("source_details", 32_767),
        Example::Long("alert_description", 32_767),
    ],
    ..Rule::ALERT
};
