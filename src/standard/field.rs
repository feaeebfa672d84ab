//! One field of one table, as its JSON Schema describes it.

use serde_json::{Map, Value};

/// How a field's values are held and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// 32-bit signed integer.
    Int32,
    /// 64-bit signed integer.
    Int64,
    /// UTF-8 text.
    Text,
    /// Calendar date, days since 1970-01-01.
    Date,
    /// Point in time, microseconds since 1970-01-01T00:00:00Z.
    Timestamp,
    /// True or false.
    Bool,
}

/// A field that holds the key of another table's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The table referred to.
    pub table: String,
    /// Its key field.
    pub field: String,
}

/// One field of a table.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name, such as `start_date`.
    pub name: String,
    /// Meaning in a sentence.
    pub description: String,
    /// Type of its values.
    pub field_type: FieldType,
    /// Whether it may be empty.
    pub nullable: bool,
    /// The values that it may take, in the order of the standard; empty where any value goes.
    pub allowed: Vec<String>,
    /// Other words for allowed values, as (word, allowed value).
    pub synonyms: Vec<(String, String)>,
    /// Names that other editions give the field.
    pub aliases: Vec<String>,
    /// The table that its values point into.
    pub references: Option<Reference>,
    /// How much a value tells about a person: `none`, `identifier`, `personal`, `special-category`.
    pub sensitivity: String,
    /// Whether pac adds the field, so that no profile maps it except the source's own alert key.
    pub provenance: bool,
    /// Longest text in characters, where the standard sets one.
    pub max_length: Option<u64>,
    /// The subschema, as the judge reads it.
    pub schema: Value,
}

/// Annotations that a field of a schema may carry beside JSON Schema's own keywords.
const ANNOTATIONS: &[&str] = &[
    "x-type",
    "x-references",
    "x-sensitivity",
    "x-provenance",
    "x-aliases",
    "x-synonyms",
];

impl Field {
    /// Reads a field from its subschema.
    ///
    /// # Errors
    /// A sentence that names the field and what about its subschema cannot be understood.
    pub(super) fn parse(name: &str, schema: &Value) -> Result<Field, String> {
        let object = schema
            .as_object()
            .ok_or_else(|| format!("{name}: the field's schema is no object"))?;
        for key in object.keys().filter(|key| key.starts_with("x-")) {
            if !ANNOTATIONS.contains(&key.as_str()) {
                return Err(format!("{name}: unknown annotation {key}"));
            }
        }
        let (json_type, nullable) = json_type(name, object)?;
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let field_type = match (json_type, text("x-type"), text("format")) {
            ("integer", Some("int32"), _) => FieldType::Int32,
            ("integer", Some("int64") | None, _) => FieldType::Int64,
            ("string", None, Some("date")) => FieldType::Date,
            ("string", None, Some("date-time")) => FieldType::Timestamp,
            ("string", None, _) => FieldType::Text,
            ("boolean", None, _) => FieldType::Bool,
            _ => {
                return Err(format!(
                    "{name}: no such combination of type, x-type and format"
                ));
            }
        };
        Ok(Field {
            name: name.to_owned(),
            description: text("description").unwrap_or_default().to_owned(),
            field_type,
            nullable,
            allowed: strings(object.get("enum")),
            synonyms: synonyms(object),
            aliases: strings(object.get("x-aliases")),
            references: reference(name, object)?,
            sensitivity: text("x-sensitivity").unwrap_or("none").to_owned(),
            provenance: object.get("x-provenance") == Some(&Value::Bool(true)),
            max_length: object.get("maxLength").and_then(Value::as_u64),
            schema: schema.clone(),
        })
    }
}

fn json_type<'a>(name: &str, object: &'a Map<String, Value>) -> Result<(&'a str, bool), String> {
    match object.get("type") {
        Some(Value::String(one)) => Ok((one, false)),
        Some(Value::Array(several)) => {
            let named: Vec<&str> = several.iter().filter_map(Value::as_str).collect();
            match named.as_slice() {
                [one, "null"] | ["null", one] => Ok((one, true)),
                _ => Err(format!(
                    "{name}: type must be one type, or one type and null"
                )),
            }
        }
        _ => Err(format!("{name}: type is missing")),
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn synonyms(object: &Map<String, Value>) -> Vec<(String, String)> {
    let pairs = object.get("x-synonyms").and_then(Value::as_object);
    pairs
        .into_iter()
        .flatten()
        .filter_map(|(word, target)| Some((word.clone(), target.as_str()?.to_owned())))
        .collect()
}

fn reference(name: &str, object: &Map<String, Value>) -> Result<Option<Reference>, String> {
    let Some(value) = object.get("x-references") else {
        return Ok(None);
    };
    let part = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| format!("{name}: x-references needs table and field"))
    };
    Ok(Some(Reference {
        table: part("table")?,
        field: part("field")?,
    }))
}
