//! `cell_defaulted`: an empty cell was filled with the default of the profile

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// An empty cell was filled with the default of the profile.
pub static RULE: Rule = Rule {
    id: "PAC506",
    slug: "cell_defaulted",
    severity: Severity::Info,
    docs: "An empty cell was filled with the default of the profile. It should be known how much of a column rests on a default.",
    fix: "fill in the cell in the source",
    reads: &["source_type_id"],
    message: "the cell is empty; the default of the profile stands in",
    effect: Effect::Defaulted,
    check: Check::Cell(CellFault::Defaulted),
    ..Rule::ALERT
};
