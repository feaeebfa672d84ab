//! `date_order_proven`: ambiguous dates of a column are read in the order that its other cells prove

use crate::check::rule::{Check, InputFault, Rule};
use crate::finding::Severity;

/// Ambiguous dates of a column are read in the order that its other cells prove.
pub static RULE: Rule = Rule {
    id: "PAC419",
    slug: "date_order_proven",
    severity: Severity::Info,
    docs: "Ambiguous dates of a column are read in the order that its other cells prove. The profile gives formats of both orders of day and month, and some cells are dates in one of them alone; the counts say how much rests on how few.",
    fix: "nothing; or give formats of that order alone, if it is known to be the right one",
    message: "the column proves the order of day and month",
    check: Check::Input(InputFault::ProvenDateOrder),
    ..Rule::ALERT
};
