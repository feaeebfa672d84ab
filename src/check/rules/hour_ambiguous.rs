//! `hour_ambiguous`: a local time happens twice, because the clocks go back

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A local time happens twice, because the clocks go back.
pub static RULE: Rule = Rule {
    id: "PAC413",
    slug: "hour_ambiguous",
    severity: Severity::Warning,
    docs: "A local time happens twice, because the clocks go back. Nothing in the cell says which of the two is meant; the earlier one is taken.",
    fix: "export times in UTC",
    reads: &["last_updated"],
    message: "{value} happens twice on that day; the earlier one is taken",
    check: Check::Cell(CellFault::AmbiguousHour),
    passing: &[Example::Cells(&[("last_updated", "2024-10-27T03:30:00")])],
    failing: &[Example::Cells(&[("last_updated", "2024-10-27T01:30:00")])],
    ..Rule::ALERT
};
