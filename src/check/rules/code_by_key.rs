//! `code_by_key`: a code was read by its number in the standard's code list

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A code was read by its number in the standard's code list.
pub static RULE: Rule = Rule {
    id: "PAC208",
    slug: "code_by_key",
    severity: Severity::Warning,
    docs: "A code was read by its number in the standard's code list. A column without a crosswalk holds the standard's codes or their numbers. Many landlords number types of their own, and their 4 would become the standard's 4, which is something else.",
    fix: "if the numbers are the landlord's own, give the field a crosswalk; if they are those of the standard, nothing",
    reads: &[
        "person_alert_code_id",
        "source_type_id",
        "special_category_data_id",
    ],
    message: "{value} is read as the number of a code in the standard's list, because the field has no crosswalk",
    check: Check::Cell(CellFault::CodeByKey),
    passing: &[Example::Cells(&[("person_alert_code_id", "MED1.01")])],
    failing: &[Example::Cells(&[("person_alert_code_id", "4")])],
    ..Rule::ALERT
};
