//! `text_third_party_name`: a description names somebody by title and surname

use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Needs, Rule};
use crate::finding::Severity;
use crate::text_scan::{Found, Kind};

/// A description names somebody by title and surname.
pub static RULE: Rule = Rule {
    id: "PAC609",
    slug: "text_third_party_name",
    severity: Severity::Warning,
    docs: "A description names somebody by title and surname. Whoever it is did not ask to stand in another person's alert. Titles of a profession, such as Dr or PC, name somebody in a role and do not count.",
    fix: "write the role in the place of the name, such as neighbour or daughter",
    reads: &["alert_description"],
    needs: Needs::OneOfEach(&[&["alert_description"]]),
    message: "the text names somebody by title and surname",
    check: Check::Text(&[Kind::Surname], speaks),
    passing: &[
        Example::Cells(&[]),
        Example::Cells(&[("alert_description", "Dr Khan knows")]),
        Example::Cells(&[("alert_description", "may miss Monday visits")]),
        Example::Cells(&[("source_details", "Mrs Example")]),
    ],
    failing: &[Example::Cells(&[(
        "alert_description",
        "Mrs Example next door has a key",
    )])],
    ..Rule::ALERT
};

/// The source of an alert may be a person whom everybody knows by name.
fn speaks(_: &Candidates, _: &Context<'_>, _: &Found, field: &str) -> bool {
    field == "alert_description"
}
