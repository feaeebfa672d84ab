//! The JSON Schema of `person_alert`, as a filter with a judge.
//!
//! Column kernels derived from the schema look at typed columns and may flag too much, never too
//! little. Each flagged row becomes a JSON record and goes to the `jsonschema` crate, whose verdict
//! and wording stand. A keyword without a kernel flags every row, so a schema of the user's own may
//! say anything that JSON Schema can say.

mod filter;
mod record;

use jsonschema::Validator;
use serde_json::Value;

use crate::candidate::{Candidates, Outcome};
use crate::error::{Error, Result};
use crate::standard::{Standard, Table};
use filter::Filter;

/// A breach of the schema by one record.
#[derive(Debug)]
pub struct Violation {
    /// The field, where the breach is about one.
    pub field: Option<String>,
    /// The judge's wording, without the value.
    pub words: String,
}

/// The compiled check of one table.
#[derive(Debug)]
pub struct SchemaCheck {
    table: Table,
    filter: Filter,
    judge: Validator,
}

impl SchemaCheck {
    /// Compiles the schema of `person_alert`.
    ///
    /// # Errors
    /// What about the schema the judge does not accept.
    pub fn new(standard: &Standard) -> Result<SchemaCheck> {
        let table = standard.person_alert().clone();
        let judge = jsonschema::options()
            .should_validate_formats(true)
            .build(&table.schema)
            .map_err(|error| Error::Standard(format!("{}: {error}", table.name)))?;
        Ok(SchemaCheck {
            filter: Filter::new(&table),
            table,
            judge,
        })
    }

    /// The breaches of a landlord's accepted candidates, by row.
    pub fn violations(&self, batch: &Candidates, landlord: &str) -> Vec<(usize, Violation)> {
        let suspects = self.filter.suspects(batch);
        let mut found = Vec::new();
        for row in suspects.set_indices() {
            if batch.outcomes[row] != Outcome::Accepted {
                continue;
            }
            let record = record::record(&self.table, batch, row, landlord);
            found.extend(
                self.judge(&record)
                    .into_iter()
                    .map(|violation| (row, violation)),
            );
        }
        found
    }

    fn judge(&self, record: &Value) -> Vec<Violation> {
        let errors = self.judge.iter_errors(record);
        let violations = errors.map(|error| {
            let path = error.instance_path().as_str().to_owned();
            let field = path
                .trim_start_matches('/')
                .split('/')
                .next()
                .unwrap_or_default();
            Violation {
                field: (!field.is_empty()).then(|| field.to_owned()),
                words: error.masked_with("the value").to_string(),
            }
        });
        violations.collect()
    }
}
