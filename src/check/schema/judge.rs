//! The judge: the `jsonschema` crate as it is set up here, and the keyword `x-references`.

use std::collections::HashMap;
use std::sync::Arc;

use jsonschema::paths::Location;
use jsonschema::{Draft, Keyword, ValidationError, Validator};
use rustc_hash::FxHashSet;
use serde_json::{Map, Value, json};

use crate::standard::Standard;

/// The keyword that holds a value against the keys of a code list.
pub(super) const REFERENCES: &str = "x-references";

/// The keys of the standard's code lists, by table.
#[derive(Debug, Clone, Default)]
pub struct CodeListKeys {
    tables: Arc<HashMap<String, Arc<FxHashSet<i64>>>>,
}

impl CodeListKeys {
    /// The keys of all code lists of a standard.
    pub fn new(standard: &Standard) -> CodeListKeys {
        let lists = standard.tables().iter().filter_map(|table| {
            let rows = &standard.lookup(&table.name)?.rows;
            let keys = rows.iter().filter_map(|row| row.first()?.as_deref());
            let keys = keys.filter_map(|key| key.parse().ok()).collect();
            Some((table.name.clone(), Arc::new(keys)))
        });
        CodeListKeys {
            tables: Arc::new(lists.collect()),
        }
    }

    /// The keys that `x-references` allows; `None` where it names no code list, and so allows all.
    pub(super) fn allowed(&self, references: &Value) -> Option<&Arc<FxHashSet<i64>>> {
        self.tables.get(references.get("table")?.as_str()?)
    }
}

/// Compiles a schema of 2020-12, in which formats are asserted. Nothing but the schema is read: a
/// reference that leads out of it is an error.
pub(super) fn judge(
    schema: &Value,
    keys: &CodeListKeys,
) -> Result<Validator, ValidationError<'static>> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .offline()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_keyword(REFERENCES, references(keys.clone()))
        .build(schema)
}

type Made<'a> = Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>>;

fn references(
    keys: CodeListKeys,
) -> impl for<'a> Fn(&'a Map<String, Value>, &'a Value, Location) -> Made<'a> + Send + Sync + 'static
{
    move |_, references, _| {
        let table = references.get("table").and_then(Value::as_str);
        Ok(Box::new(References {
            table: table.unwrap_or_default().to_owned(),
            keys: keys.allowed(references).cloned(),
        }))
    }
}

/// A judge of one keyword by itself.
pub(super) fn keyword_judge(keyword: &str, value: &Value) -> Option<Validator> {
    judge(&json!({ keyword: value }), &CodeListKeys::default()).ok()
}

/// `x-references`: a number must be a key of the code list.
struct References {
    table: String,
    keys: Option<Arc<FxHashSet<i64>>>,
}

impl<'i> Keyword<'i> for References {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        match self.is_valid(instance) {
            true => Ok(()),
            false => {
                let why = format!("the value is no key of {}", self.table);
                Err(ValidationError::custom(why))
            }
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        let (Some(keys), Value::Number(number)) = (&self.keys, instance) else {
            return true;
        };
        number.as_i64().is_some_and(|key| keys.contains(&key))
    }
}
