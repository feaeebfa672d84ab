//! `text_offence_data`: a free text tells of an offence or the suspicion of one

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::text_scan::{Found, Kind};

/// A free text tells of an offence or the suspicion of one.
pub static RULE: Rule = Rule {
    id: "PAC610",
    slug: "text_offence_data",
    severity: Severity::Warning,
    docs: "A free text tells of an offence or the suspicion of one. Such data falls under Article 10 of the UK GDPR, allegations too, and needs a condition of Schedule 1 of the Data Protection Act 2018. The words stay whatever privacy.text says short of \"drop\", because visitors may need the warning. In source_details a body such as a probation service is a role, and does not count.",
    fix: "confirm the condition under which it is held, and restrict who reads it; or take it out",
    reads: &["alert_description", "source_details"],
    message: "the text tells of an offence or the suspicion of one",
    check: Check::Text(&[Kind::Offence, Kind::JusticeBody], speaks),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "cardiac arrest in 2019")]),
        Example::Cells(&[("alert_description", "charge the chair at night")]),
        Example::Cells(&[("source_details", "Probation")]),
    ],
    failing: &[
        Example::Cells(&[("alert_description", "arrested for theft")]),
        Example::Cells(&[("alert_description", "on probation until May")]),
        Example::Cells(&[("source_details", "victim of assault")]),
    ],
    ..Rule::ALERT
};
/// What the source is called says who told of the alert, and not what the alert is about.
fn speaks(_: &Candidates, _: &Context<'_>, found: &Found, field: &str) -> bool {
    found.kind != Kind::JusticeBody || field != "source_details"
}
