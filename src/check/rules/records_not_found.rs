//! `records_not_found`: the path of the records leads to no array

use crate::check::rule::{Check, InputFault, Rule};
use crate::finding::Severity;

/// The path of the records leads to no array.
pub static RULE: Rule = Rule {
    id: "PAC021",
    slug: "records_not_found",
    severity: Severity::Error,
    docs: "The path of the records leads to no array. The input may hold alerts, but none where input.records says that they lie, so none was read.",
    fix: "correct input.records; names in it are compared exactly, and each * stands for the elements of an array",
    message: "there is no array where input.records says that the records lie",
    check: Check::Input(InputFault::NoRecords),
    ..Rule::ALERT
};
