//! `other_kinds`: records are of other kinds than the profile asks for

use crate::check::rule::{Check, InputFault, Rule};
use crate::finding::Severity;

/// Records are of other kinds than the profile asks for.
pub static RULE: Rule = Rule {
    id: "PAC023",
    slug: "other_kinds",
    severity: Severity::Info,
    docs: "Records are of other kinds than the profile asks for. They are passed over and counted. It is a warning where that befalls all records of an input, because a kind may be misspelt.",
    fix: "nothing, if the kinds under input.only are the right ones",
    message: "records are of other kinds than input.only asks for, and are passed over",
    check: Check::Input(InputFault::OtherKinds),
    ..Rule::ALERT
};
