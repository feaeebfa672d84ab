//! One table of the standard, read from its JSON Schema: the one description that the Arrow schema,
//! the SQL, the data dictionary and the checker derive from.

use serde_json::Value;

use super::field::Field;

/// One table of the standard.
#[derive(Debug, Clone)]
pub struct Table {
    /// Name, such as `person_alert`.
    pub name: String,
    /// What one row is, in a sentence.
    pub description: String,
    /// Whether its rows are fixed by the standard (a code list) rather than fed by landlords.
    pub is_lookup: bool,
    /// Names of the key fields.
    pub primary_key: Vec<String>,
    /// Further sets of fields whose values occur once together.
    pub unique: Vec<Vec<String>>,
    /// Its fields, in the order of the standard.
    pub fields: Vec<Field>,
    /// The JSON Schema of one row.
    pub schema: Value,
}

/// Annotations that a table's schema may carry beside JSON Schema's own keywords.
const ANNOTATIONS: &[&str] = &["x-kind", "x-primary-key", "x-unique"];

impl Table {
    /// Reads a table from the text of its JSON Schema.
    ///
    /// # Errors
    /// A sentence that says what in the schema cannot be understood.
    pub(super) fn parse(text: &str) -> Result<Table, String> {
        let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let object = schema.as_object().ok_or("the schema is no JSON object")?;
        for key in object.keys().filter(|key| key.starts_with("x-")) {
            if !ANNOTATIONS.contains(&key.as_str()) {
                return Err(format!("unknown annotation {key}"));
            }
        }
        let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
        let properties = object
            .get("properties")
            .and_then(Value::as_object)
            .ok_or("properties are missing")?;
        let fields = properties
            .iter()
            .map(|(name, field)| Field::parse(name, field))
            .collect::<Result<Vec<_>, _>>()?;
        let names = |value: &Value| -> Vec<String> {
            let items = value.as_array().into_iter().flatten();
            items.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let table = Table {
            name: text("title").to_owned(),
            description: text("description").to_owned(),
            is_lookup: text("x-kind") == "lookup",
            primary_key: object.get("x-primary-key").map(names).unwrap_or_default(),
            unique: object
                .get("x-unique")
                .and_then(Value::as_array)
                .map(|sets| sets.iter().map(names).collect())
                .unwrap_or_default(),
            fields,
            schema,
        };
        for key in table
            .primary_key
            .iter()
            .chain(table.unique.iter().flatten())
        {
            if table.position(key).is_none() {
                return Err(format!("key {key} is no field of the table"));
            }
        }
        Ok(table)
    }

    /// Where a field of that name stands in the table.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
