//! `code_pair_unique`: a code stands twice in the list

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A code stands twice in the list.
pub static RULE: Rule = Rule {
    id: "PAC861",
    slug: "code_pair_unique",
    severity: Severity::Error,
    docs: "A code stands twice in the list. The key, or the code itself: a value would be mapped to either of two rows. Such a list stops the run before anything is read.",
    fix: "remove one of the two lines, or correct its code",
    table: "person_alert_codes",
    reads: &["alert_subcode", "alert_code", "person_alert_code_id"],
    message: "the code stands twice",
    effect: Effect::Rejected,
    firm: "a list in which a code stands twice cannot be used",
    check: Check::ListKey,
    passing: &[Example::List("person_alert_codes", &[])],
    failing: &[
        Example::List("person_alert_codes", &[("MED1.02", "MED1.01")]),
        Example::List("person_alert_codes", &[("MED1.02", "med1.01")]),
        Example::List(
            "person_alert_codes",
            &[(
                "
2,MED1", "\n1,MED1",
            )],
        ),
    ],
    ..Rule::ALERT
};
