//! `extra_schema_violated`: an alert breaks a JSON Schema of the user's own

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// An alert breaks a JSON Schema of the user's own.
pub static RULE: Rule = Rule {
    id: "PAC902",
    slug: "extra_schema_violated",
    severity: Severity::Error,
    docs: "An alert breaks a JSON Schema of your own. Such a schema, given with --schema or named by the profile, holds what you ask of alerts beyond the standard; it is asked last, about the alert as it is to be written. Its x-severity makes a finding less than an error.",
    fix: "put the value right, or change the schema at the place that the finding names",
    message: "{reason}",
    effect: Effect::Rejected,
    check: Check::ExtraSchema,
    passing: &[Example::Cells(&[]), Example::ExtraSchema(PATTERN, &[])],
    failing: &[Example::ExtraSchema(
        PATTERN,
        &[("source_details", "Surgery 7")],
    )],
    ..Rule::ALERT
};

const PATTERN: &str = r#"{ "properties": { "source_details": { "pattern": "^[a-z]+$" } } }"#;
