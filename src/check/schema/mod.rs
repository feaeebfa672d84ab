//! JSON Schemas over alerts, each as a filter with a judge: that of `person_alert`, and those of the
//! user's own.
//!
//! Column kernels derived from a schema look at typed columns and may flag too much, never too
//! little. Each flagged row becomes a JSON record and goes to the `jsonschema` crate, whose verdict
//! and wording stand. A keyword without a kernel flags every row, so a schema of the user's own may
//! say anything that JSON Schema can say.

mod alert_record;
mod compiled;
mod extra;
mod filter;
mod judge;
mod kernel;
mod keyword;
mod marks;
mod plausible;
mod record;
mod suspects;
mod vocabulary;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::candidate::Candidates;
use crate::error::{Error, Result};
use crate::standard::{Field, Standard, Table};

pub use alert_record::WORDS;
pub use compiled::CompiledSchema;
pub use extra::{ExtraSchema, ExtraViolation};
pub use judge::CodeListKeys;
pub use record::{Empty, Kind, Member, Shape, Source};

/// A breach of the schema by one record.
#[derive(Debug)]
pub struct Violation {
    /// The field, where the breach is about one.
    pub field: Option<String>,
    /// The judge's wording, without the value.
    pub words: String,
}

/// The compiled check of a table.
#[derive(Debug)]
pub struct SchemaCheck {
    schema: CompiledSchema,
}

impl SchemaCheck {
    /// Compiles the schema of `person_alert`.
    ///
    /// # Errors
    /// What about the schema the judge does not accept.
    pub fn new(standard: &Standard) -> Result<SchemaCheck> {
        SchemaCheck::of(standard.person_alert(), standard)
    }

    /// Compiles the schema of a table of the standard.
    ///
    /// # Errors
    /// What about the schema the judge does not accept.
    pub fn of(table: &Table, standard: &Standard) -> Result<SchemaCheck> {
        let members = table.fields.iter().enumerate();
        let members = members.map(|(at, field)| member(at, field, &table.primary_key));
        let shape = Shape {
            members: members.collect(),
            empty: Empty::Null,
        };
        let keys = CodeListKeys::new(standard);
        let schema = CompiledSchema::new(&table.schema, shape, &keys)
            .map_err(|error| Error::Standard(format!("{}: {error}", table.name)))?;
        Ok(SchemaCheck { schema })
    }

    /// The breaches of a landlord's accepted candidates, by row.
    pub fn violations(&self, batch: &Candidates, landlord: &str) -> Vec<(usize, Violation)> {
        let mut found = Vec::new();
        self.schema.judge(batch, landlord, |row, error| {
            let violation = Violation {
                field: field_of(&error),
                words: error.masked_with("the value").to_string(),
            };
            found.push((row, violation));
        });
        found
    }
}

/// A field of the table's record. Those that are filled in later, on writing, hold what cannot break
/// the schema: a name for the input, 1 for a key that is yet to be generated.
fn member(at: usize, field: &Field, primary_key: &[String]) -> Member {
    let column = |stand_in: Option<Value>| Source::Column {
        at,
        kind: Kind::of(field),
        stand_in,
    };
    let source = match field.name.as_str() {
        "landlord" => Source::Landlord,
        "source_file" => Source::Fixed("input".into()),
        "source_record" => Source::Fixed(1.into()),
        _ if primary_key.contains(&field.name) => column(Some(1.into())),
        _ => column(None),
    };
    Member {
        name: field.name.clone(),
        source,
    }
}

/// The member of a record that an error is about.
fn field_of(error: &ValidationError<'_>) -> Option<String> {
    if let ValidationErrorKind::Required { property } = error.kind()
        && error.instance_path().as_str().is_empty()
    {
        return property.as_str().map(str::to_owned);
    }
    let path = error.instance_path().as_str();
    let field = path.trim_start_matches('/').split('/').next();
    field.filter(|field| !field.is_empty()).map(str::to_owned)
}
