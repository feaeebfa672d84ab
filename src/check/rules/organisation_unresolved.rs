//! `organisation_unresolved`: the reference file of organisations does not list a name or code that it is to resolve

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Rule};
use crate::finding::Severity;

/// The reference file of organisations does not list a name or code that it is to resolve.
pub static RULE: Rule = Rule {
    id: "PAC804",
    slug: "organisation_unresolved",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "The reference file of organisations does not list a name or code that it is to resolve. There is no number for the organisation, so the field is emptied; the alert is kept.",
    fix: "add the organisation to the reference file, or mend its name",
    reads: &["organisation_id"],
    message: "{value} is not in the reference file of organisations",
    check: Check::Cell(CellFault::UnresolvedOrganisation),
    ..Rule::ALERT
};
