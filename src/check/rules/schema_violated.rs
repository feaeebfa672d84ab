//! `schema_violated`: a record breaks the JSON Schema of its table

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A record breaks the JSON Schema of its table.
pub static RULE: Rule = Rule {
    id: "PAC901",
    slug: "schema_violated",
    severity: Severity::Error,
    docs: "A record breaks the JSON Schema of its table. The schema is the last word on what the output may hold; a schema of your own may say more than ours.",
    fix: "put the value right",
    message: "{reason}",
    effect: Effect::Rejected,
    check: Check::Schema,
    passing: &[Example::Cells(&[]), Example::OwnSchema(PATTERN, &[])],
    failing: &[Example::OwnSchema(
        PATTERN,
        &[("source_details", "Surgery 7")],
    )],
    ..Rule::ALERT
};

const PATTERN: &[(&str, &str)] = &[(
    "\"description\": \"Role or organisation",
    "\"pattern\": \"^[a-z]+$\", \"description\": \"Role or organisation",
)];
