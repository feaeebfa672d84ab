//! `date_ambiguous`: a date that two formats of the profile read differently

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Rule};
use crate::finding::Severity;

/// A date that two formats of the profile read differently.
pub static RULE: Rule = Rule {
    id: "PAC414",
    slug: "date_ambiguous",
    severity: Severity::Error,
    escalates: Escalation::Never,
    docs: "A date is read differently by two formats of the profile. Where a column holds both orders of day and month, 03/04/2024 may be either day, and nothing in the cell says which; a person must decide.",
    fix: "find out the order in which the record was written, and write the date as yyyy-mm-dd",
    reads: &["start_date", "end_date", "review_date", "last_updated"],
    message: "{value} is another day in another format of the profile (it has {expected})",
    effect: Effect::Review,
    check: Check::Cell(CellFault::AmbiguousDate),
    passing: &[],
    failing: &[],
};
