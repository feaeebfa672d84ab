//! A JSON Schema of the user's own, as extra checks over the alerts that are to be written.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::alert_record::alert_shape;
use super::compiled::CompiledSchema;
use super::field_of;
use super::judge::CodeListKeys;
use super::marks::Marks;
use super::plausible::problems;
use super::record::{Shape, Source};
use crate::candidate::Candidates;
use crate::finding::Severity;
use crate::standard::Standard;

/// A compiled schema of the user's own.
#[derive(Debug)]
pub struct ExtraSchema {
    name: String,
    document: Value,
    shape: Shape,
    schema: CompiledSchema,
}

/// A breach of a schema of the user's own by one alert.
#[derive(Debug)]
pub struct ExtraViolation {
    /// Place of the column that the breach is about, where it is about one.
    pub field: Option<usize>,
    /// How grave the schema says that it is.
    pub severity: Severity,
    /// What is wrong, and where the schema says so.
    pub words: String,
}

impl ExtraSchema {
    /// Compiles the text of a schema; `name` is what findings call it.
    ///
    /// # Errors
    /// All that is wrong with the schema, each with its place as a JSON Pointer.
    pub fn new(name: &str, text: &str, standard: &Standard) -> Result<ExtraSchema, Vec<String>> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document: Value = serde_json::from_str(text).map_err(|error| {
            let why = error.to_string();
            vec![format!("no JSON: {why}")]
        })?;
        let shape = alert_shape(standard);
        let found = problems(&document, &shape);
        if !found.is_empty() {
            return Err(found);
        }
        let keys = CodeListKeys::new(standard);
        let schema = CompiledSchema::new(&document, shape.clone(), &keys)
            .map_err(|error| vec![uncompiled(&error)])?;
        Ok(ExtraSchema {
            name: name.to_owned(),
            document,
            shape,
            schema,
        })
    }

    /// The breaches of a landlord's accepted alerts, by row; their words quote cells only where values
    /// are to be shown.
    pub fn violations(
        &self,
        batch: &Candidates,
        landlord: &str,
        show_values: bool,
    ) -> Vec<(usize, ExtraViolation)> {
        let mut found = Vec::new();
        self.schema.judge(batch, landlord, |row, error| {
            found.push((row, self.violation(&error, show_values)));
        });
        found
    }

    fn violation(&self, error: &ValidationError<'_>, show_values: bool) -> ExtraViolation {
        let place = error.schema_path().as_str();
        let marks = Marks::at(&self.document, place);
        let member = field_of(error).and_then(|name| self.shape.position(&name));
        let source = member.map(|at| &self.shape.members[at].source);
        let field = match source {
            Some(Source::Column { at, .. } | Source::Listed { at, .. }) => Some(*at),
            _ => None,
        };
        let words = match marks.message {
            Some(own) => own.to_owned(),
            None => own_words(error, show_values),
        };
        // A column is named by the field that it holds, whatever a code list says of that.
        let listed = match (source, member) {
            (Some(Source::Listed { .. } | Source::Landlord), Some(at)) => {
                format!("{}: ", self.shape.members[at].name)
            }
            _ => String::new(),
        };
        ExtraViolation {
            field,
            severity: marks.severity,
            words: format!("{listed}{words} ({}#{place})", self.name),
        }
    }
}

fn own_words(error: &ValidationError<'_>, show_values: bool) -> String {
    let about_cell = !error.instance_path().as_str().is_empty();
    match error.kind() {
        ValidationErrorKind::Required { .. } if !about_cell => {
            "there is no value where the schema requires one".to_owned()
        }
        _ if about_cell && show_values => error.to_string(),
        _ if about_cell => error.masked_with("the value").to_string(),
        // A whole record is more than a message needs.
        _ => error.masked_with("the alert").to_string(),
    }
}

fn uncompiled(error: &ValidationError<'_>) -> String {
    let place = match error.instance_path().as_str() {
        "" => error.schema_path().as_str(),
        place => place,
    };
    match error.kind() {
        ValidationErrorKind::Referencing(_) => format!(
            "#{place}: {error}; a reference must lead to a place of this file, such as \
             #/$defs/name: no other file is read, and nothing is fetched"
        ),
        ValidationErrorKind::Format { format } if format == "regex" => {
            format!("#{place}: {error}; a pattern is a regular expression of ECMA 262")
        }
        _ => format!("#{place}: {error}"),
    }
}
