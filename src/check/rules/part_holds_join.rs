//! `part_holds_join`: a part of a composed key holds the text that joins the parts

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Rule};
use crate::finding::Severity;

/// A part of a composed key holds the text that joins the parts.
pub static RULE: Rule = Rule {
    id: "PAC111",
    slug: "part_holds_join",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A part of a composed key holds the text that joins the parts. E/12 and 3 would become the same key as E and 12/3, and two persons one. An alert without a person is rejected; an alert's own key is generated instead.",
    fix: "choose a join that no part holds, such as join = \"|\"",
    reads: &["person_id", "person_alert_id"],
    message: "a part of {value} holds the text that joins the parts",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::JoinInPart),
    ..Rule::ALERT
};
