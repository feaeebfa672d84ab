//! `no_date_meant`: a cell stands for no date, as the profile says

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Rule};
use crate::finding::Severity;

/// A cell stands for no date, as the profile says.
pub static RULE: Rule = Rule {
    id: "PAC416",
    slug: "no_date_meant",
    severity: Severity::Info,
    docs: "A cell stands for no date, as the profile says. Systems that cannot leave a date empty write 1900-01-01 or 31/12/2099 instead; input.no_dates names such days, and they are read as an empty cell.",
    fix: "nothing; or leave such dates empty in the source",
    reads: &["start_date", "end_date", "review_date", "last_updated"],
    message: "{value} stands for no date, as the profile says, and is emptied",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::NoDateMeant),
    ..Rule::ALERT
};
