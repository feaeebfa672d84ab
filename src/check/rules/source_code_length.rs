//! `source_code_length`: the code of a source is longer than ten characters

use crate::check::code_lists::{CodeLists, ListFault, too_long};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// The code of a source is longer than ten characters.
pub static RULE: Rule = Rule {
    id: "PAC872",
    slug: "source_code_length",
    severity: Severity::Error,
    docs: "The code of a source is longer than ten characters. The column of the standard has ten, and a database refuses the list or cuts the code.",
    fix: "shorten the code",
    table: "source_types",
    reads: &["source_code"],
    message: "the code is longer than ten characters",
    check: Check::List(check),
    passing: &[
        Example::List("source_types", &[]),
        Example::List("source_types", &[("1,GP,", "1,TENCHARACT,")]),
    ],
    failing: &[Example::List(
        "source_types",
        &[("1,GP,", "1,ELEVENCHARS,")],
    )],
    ..Rule::ALERT
};

fn check(lists: &CodeLists<'_>) -> Vec<ListFault> {
    too_long(lists, RULE.table, RULE.reads)
}
