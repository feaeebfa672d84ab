//! `text_contact_details`: a free text holds a telephone number, an e-mail address or a postcode

use crate::check::rule::{Check, Example, Rule, anywhere};
use crate::finding::Severity;
use crate::text_scan::Kind;

/// A free text holds a telephone number, an e-mail address or a postcode.
pub static RULE: Rule = Rule {
    id: "PAC606",
    slug: "text_contact_details",
    severity: Severity::Warning,
    docs: "A free text holds a telephone number, an e-mail address or a postcode. Such details get old here without anybody noticing, and go where nobody expects them. Numbers of services, such as 0800, are nobody's and do not count.",
    fix: "move them to where contact details are kept",
    reads: &["alert_description", "source_details"],
    message: "the text holds a telephone number, an e-mail address or a postcode",
    check: Check::Text(&[Kind::Phone, Kind::Email, Kind::Postcode], anywhere),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "Flat B2 1st floor")]),
        Example::Cells(&[("alert_description", "call 0800 111 999 at night")]),
    ],
    failing: &[
        Example::Cells(&[("alert_description", "mum 07700 900456")]),
        Example::Cells(&[("alert_description", "write to jo@example.org")]),
        Example::Cells(&[("source_details", "office at SW1A 1AA")]),
    ],
    ..Rule::ALERT
};
