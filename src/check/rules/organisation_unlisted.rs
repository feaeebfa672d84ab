//! `organisation_unlisted`: the reference file of organisations does not list a key

use crate::cell::CellFault;
use crate::check::rule::{Check, Rule};
use crate::finding::Severity;

/// The reference file of organisations does not list a key.
pub static RULE: Rule = Rule {
    id: "PAC805",
    slug: "organisation_unlisted",
    severity: Severity::Warning,
    docs: "The reference file of organisations does not list a key. The number joins with no organisation. It is kept as the source states it.",
    fix: "add the organisation to the reference file, or mend the key",
    reads: &["organisation_id"],
    message: "{value} is not in the reference file of organisations",
    check: Check::Cell(CellFault::UnlistedOrganisation),
    ..Rule::ALERT
};
