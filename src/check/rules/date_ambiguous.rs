//! `date_ambiguous`: a date that two formats of the profile read differently

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// A date that two formats of the profile read differently.
pub static RULE: Rule = Rule {
    id: "PAC414",
    slug: "date_ambiguous",
    severity: Severity::Error,
    docs: "A date is read differently by two formats of the profile. Where a profile gives both orders of day and month, 03/04/2024 may be either day. The other cells of the column decide if they prove one order and not the other; where they do not, a person must.",
    fix: "find out the order in which the record was written, and write the date as yyyy-mm-dd",
    reads: &["start_date", "end_date", "review_date", "last_updated"],
    message: "{value} is another day in another format of the profile (it has {expected}), and the column does not prove which is meant",
    effect: Effect::Review,
    check: Check::Cell(CellFault::AmbiguousDate),
    ..Rule::ALERT
};
