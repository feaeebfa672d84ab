//! `source_defaulted`: the crosswalk does not know a source, and the profile's default stands in

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// The crosswalk does not know a source, and the profile's default stands in.
pub static RULE: Rule = Rule {
    id: "PAC302",
    slug: "source_defaulted",
    severity: Severity::Warning,
    docs: "The crosswalk does not know a source, and the profile's default stands in. The original word is lost unless source_details keeps it.",
    fix: "add the value to the crosswalk of sources",
    reads: &["source_type_id"],
    message: "the crosswalk does not know {value}; the default of the profile stands in",
    effect: Effect::Defaulted,
    check: Check::Cell(CellFault::UnmappedDefaulted),
    ..Rule::ALERT
};
