//! `term_synonym`: a value was read through a synonym of the standard

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A value was read through a synonym of the standard.
pub static RULE: Rule = Rule {
    id: "PAC505",
    slug: "term_synonym",
    severity: Severity::Info,
    docs: "A value was read through a synonym of the standard. Short Term is read as Temporary, Close and Resolved as Closed, MED as HEALTH: editions and drafts of the standard differ.",
    fix: "nothing; or write the value of the present edition",
    reads: &[
        "alert_duration_type",
        "alert_status",
        "special_category_data_id",
    ],
    message: "{value} is a synonym, and was read as the value it stands for",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::Synonym),
    passing: &[Example::Cells(&[("alert_duration_type", "Temporary")])],
    failing: &[
        Example::Cells(&[("alert_duration_type", "Short Term")]),
        Example::Cells(&[("special_category_data_id", "MED")]),
    ],
    ..Rule::ALERT
};
