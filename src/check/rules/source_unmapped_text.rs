//! `source_unmapped_text`: a source is one that the standard counts among other professionals

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A source is one that the standard counts among other professionals.
pub static RULE: Rule = Rule {
    id: "PAC303",
    slug: "source_unmapped_text",
    severity: Severity::Warning,
    docs: "A source is one that the standard counts among other professionals. The standard has eight sources, and NHS, hospital, fire service, contractor or councillor are none of them. Other Professional stands in; the word itself is lost unless source_details keeps it.",
    fix: "map the column to source_details too, or map the word in a crosswalk of sources",
    reads: &["source_type_id"],
    message: "{value} is no source of the standard, and is read as another professional",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::OtherSource),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("source_type_id", "OTH")]),
    ],
    failing: &[
        Example::Cells(&[("source_type_id", "NHS")]),
        Example::Cells(&[("source_type_id", "Fire Service")]),
    ],
    ..Rule::ALERT
};
