//! A JSON Schema over records held as columns: filter and judge.

use arrow_buffer::BooleanBuffer;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::filter::Filter;
use super::judge::{CodeListKeys, judge};
use super::record::Shape;
use crate::candidate::{Candidates, Outcome};

/// A JSON Schema of 2020-12, compiled for records of one shape.
#[derive(Debug)]
pub struct CompiledSchema {
    shape: Shape,
    filter: Filter,
    judge: Validator,
}

impl CompiledSchema {
    /// Compiles a schema.
    ///
    /// # Errors
    /// What about the schema the judge does not accept.
    pub fn new(
        schema: &Value,
        shape: Shape,
        keys: &CodeListKeys,
    ) -> Result<CompiledSchema, ValidationError<'static>> {
        Ok(CompiledSchema {
            judge: judge(schema, keys)?,
            filter: Filter::new(schema, &shape, keys),
            shape,
        })
    }

    /// The rows that the judge must look at: all that break the schema, and maybe others.
    pub fn suspects(&self, batch: &Candidates, landlord: &str) -> BooleanBuffer {
        self.filter.suspects(&self.shape, batch, landlord)
    }

    /// Hands over what the judge has to say about a landlord's accepted candidates, by row.
    pub fn judge(
        &self,
        batch: &Candidates,
        landlord: &str,
        mut tell: impl FnMut(usize, ValidationError<'_>),
    ) {
        for row in self.suspects(batch, landlord).set_indices() {
            if batch.outcomes[row] != Outcome::Accepted {
                continue;
            }
            let record = self.shape.record(batch, row, landlord);
            for error in self.judge.iter_errors(&record) {
                tell(row, error);
            }
        }
    }
}
