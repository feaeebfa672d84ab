//! `quote_unbalanced`: a quote opens a cell and nothing closes it

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::chunk::RecordFault;
use crate::finding::Severity;

/// A quote opens a cell and nothing closes it.
pub static RULE: Rule = Rule {
    id: "PAC002",
    slug: "quote_unbalanced",
    severity: Severity::Error,
    docs: "A quote opens a cell and nothing closes it. What follows cannot be told from the cell, so the physical line is set aside and reading goes on with the next one.",
    fix: "close the quote, or double it where it belongs to the text",
    message: "a quote opens a cell and is never closed",
    effect: Effect::Rejected,
    check: Check::Record(|fault| fault == RecordFault::UnbalancedQuote),
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,\"MED1.01\",2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,\"MED1.01,2024-01-01\n2,MED1.01,2024-01-01\n",
    )],
    ..Rule::ALERT
};
