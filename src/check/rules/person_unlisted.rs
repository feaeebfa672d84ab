//! `person_unlisted`: the reference file of persons does not list a key

use crate::cell::CellFault;
use crate::check::rule::{Check, Rule};
use crate::finding::Severity;

/// The reference file of persons does not list a key.
pub static RULE: Rule = Rule {
    id: "PAC802",
    slug: "person_unlisted",
    severity: Severity::Warning,
    docs: "The reference file of persons does not list a key. The person may have left, or the key may be wrong. The alert is kept, because losing it is worse.",
    fix: "add the person to the reference file, or mend the key",
    reads: &["person_id"],
    message: "{value} is not in the reference file of persons",
    check: Check::Cell(CellFault::UnlistedPerson),
    ..Rule::ALERT
};
