//! `text_mojibake`: a text was read in the wrong encoding before it came here

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A text was read in the wrong encoding before it came here.
pub static RULE: Rule = Rule {
    id: "PAC027",
    slug: "text_mojibake",
    severity: Severity::Warning,
    docs: "A text was read in the wrong encoding before it came here, as \u{e2}\u{20ac}\u{2122} in the place of an apostrophe, or holds the mark of characters that are lost. It is kept as it is. Where the whole text can be read back without loss, repair = [\"mojibake\"] in the profile does so.",
    fix: "open the export as UTF-8 wherever it is opened on its way; or let the profile repair it",
    reads: &["alert_description", "source_details"],
    message: "the text was read in the wrong encoding on its way",
    check: Check::Cell(CellFault::Mojibake),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("source_details", "Caf\u{e9} Ren\u{e9}\u{2019}s, \u{a3}5")]),
    ],
    failing: &[
        Example::Cells(&[("source_details", "it\u{e2}\u{20ac}\u{2122}s")]),
        Example::Cells(&[("alert_description", "caf\u{c3}\u{a9}")]),
        Example::Cells(&[("alert_description", "it\u{fffd}s")]),
    ],
    ..Rule::ALERT
};
