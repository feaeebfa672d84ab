//! `list_key_repeated`: a key or code stands twice in a list

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A key or code stands twice in a list.
pub static RULE: Rule = Rule {
    id: "PAC873",
    slug: "list_key_repeated",
    severity: Severity::Error,
    docs: "A key or code stands twice in a list. Codes of sources, categories and special categories are compared in any case: a value would be mapped to either of two rows. Such a list stops the run before anything is read.",
    fix: "remove one of the two lines, or correct its code",
    table: "source_types",
    reads: &["source_code", "source_type_id"],
    message: "the code stands twice",
    effect: Effect::Rejected,
    firm: "a list in which a code stands twice cannot be used",
    check: Check::ListKey,
    passing: &[Example::List("source_types", &[])],
    failing: &[
        Example::List("source_types", &[("8,UNK", "8,gp")]),
        Example::List("source_types", &[("8,UNK", "7,UNK")]),
    ],
    ..Rule::ALERT
};
