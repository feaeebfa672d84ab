//! `spreadsheet_error`: a cell holds the error of a formula, and no value

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Example, Rule};
use crate::finding::Severity;

/// A cell holds the error of a formula, and no value.
pub static RULE: Rule = Rule {
    id: "PAC025",
    slug: "spreadsheet_error",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A cell holds the error of a formula, such as #REF!, or the ##### of a column that was too narrow, and no value. The value is lost, and the error must not be taken for text. In a required field the alert is rejected, elsewhere the cell is emptied.",
    fix: "put the formula right or widen the column, and export again",
    reads: &["person_alert_code_id"],
    message: "the cell holds the error of a formula, or a value that did not fit its column",
    check: Check::Cell(CellFault::SpreadsheetError),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("source_details", "#12 High Street")]),
    ],
    failing: &[
        Example::Cells(&[("person_id", "#REF!")]),
        Example::Cells(&[("person_id", "########")]),
        Example::Cells(&[("person_alert_code_id", "#N/A")]),
        Example::Cells(&[("source_type_id", "#NAME?")]),
        Example::Cells(&[("end_date", "#VALUE!")]),
        Example::Cells(&[("alert_description", "#DIV/0!")]),
    ],
    ..Rule::ALERT
};
