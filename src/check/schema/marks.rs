//! What a schema of the user's own says of its findings: how grave they are, and their words.

use serde_json::{Map, Value};

use crate::finding::Severity;

/// The keyword that says how grave a finding is.
pub(super) const SEVERITY: &str = "x-severity";
/// The keyword that gives a finding its words.
pub(super) const MESSAGE: &str = "x-message";

/// What is said of the findings of one place.
pub(super) struct Marks<'s> {
    /// How grave they are.
    pub severity: Severity,
    /// Their words, where the schema has any.
    pub message: Option<&'s str>,
}

impl Marks<'_> {
    /// What a schema says of the keyword at a JSON Pointer: the innermost word counts.
    pub(super) fn at<'s>(schema: &'s Value, place: &str) -> Marks<'s> {
        let mut marks = Marks {
            severity: Severity::Error,
            message: None,
        };
        let mut here = Some(schema);
        let mut tokens = place.split('/').skip(1);
        while let Some(value) = here {
            if let Value::Object(keywords) = value {
                marks.take(keywords);
            }
            let Some(token) = tokens.next() else {
                break;
            };
            let token = token.replace("~1", "/").replace("~0", "~");
            here = match value {
                Value::Object(keywords) => keywords.get(&token),
                Value::Array(schemas) => token.parse().ok().and_then(|at: usize| schemas.get(at)),
                _ => None,
            };
        }
        marks
    }
}

impl<'s> Marks<'s> {
    fn take(&mut self, keywords: &'s Map<String, Value>) {
        if let Some(severity) = keywords.get(SEVERITY).and_then(severity) {
            self.severity = severity;
        }
        if let Some(message) = keywords.get(MESSAGE).and_then(Value::as_str) {
            self.message = Some(message);
        }
    }
}

/// The severity that a word stands for.
pub(super) fn severity(word: &Value) -> Option<Severity> {
    let all = [Severity::Info, Severity::Warning, Severity::Error];
    all.into_iter().find(|one| word == one.as_str())
}
