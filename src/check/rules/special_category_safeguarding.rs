//! `special_category_safeguarding`: safeguarding stands in the place of a special category of data

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// Safeguarding stands in the place of a special category of data.
pub static RULE: Rule = Rule {
    id: "PAC630",
    slug: "special_category_safeguarding",
    severity: Severity::Error,
    docs: "Safeguarding stands in the place of a special category of data. SAFE is in an example published with the standard, and neither its list nor Article 9 of the UK GDPR knows it. The code of the alert says that it is about safeguarding, and keeps it from those who need not know.",
    fix: "leave the special category empty, so that it is filled by the code; or write the category that the data has",
    reads: &["special_category_data_id"],
    message: "{value} is no special category of data; safeguarding is said by the alert's code",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::SafeguardingCategory),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("special_category_data_id", "NONE")]),
    ],
    failing: &[
        Example::Cells(&[("special_category_data_id", "SAFE")]),
        Example::Cells(&[("special_category_data_id", "Safeguarding")]),
    ],
    ..Rule::ALERT
};
