//! `quote_stray`: a closing quote is followed by further text

use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A closing quote is followed by further text.
pub static RULE: Rule = Rule {
    id: "PAC006",
    slug: "quote_stray",
    severity: Severity::Warning,
    docs: "A closing quote is followed by further text. The cell is read as it is usually meant, with the quote as part of the text, and it may be meant otherwise.",
    fix: "double the quotes that belong to the text",
    message: "a closing quote is followed by further text",
    check: Check::StrayQuote,
    passing: &[Example::Text(
        "person_id,person_alert_code_id,start_date\n1,\"MED1.01\",2024-01-01\n",
    )],
    failing: &[Example::Text(
        "person_id,person_alert_code_id,start_date,source_details\n1,MED1.01,2024-01-01,\"the \"big\" one\"\n",
    )],
    ..Rule::ALERT
};
