//! What is compared of an alert, field by field, and how values of two snapshots are brought together.

use std::collections::HashMap;

use crate::snapshot::cells::Value;
use crate::standard::{FieldType, Standard};

/// When the source record was changed, by the source itself.
pub(super) const LAST_UPDATED: &str = "last_updated";
/// Who changed it.
pub(super) const UPDATED_BY: &str = "updated_by_user_id";
/// Who put it down.
pub(super) const CREATED_BY: &str = "created_by_user_id";

/// What a field is to a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It tells which alert the row is, or where the row comes from.
    Place,
    /// It says when the row was changed, or by whom: every change moves it.
    Stamp,
    /// It holds text that somebody has written.
    FreeText,
    /// All else.
    Plain,
}

/// A field of `person_alert`.
#[derive(Debug)]
pub(super) struct ComparedField {
    pub name: String,
    pub role: Role,
    /// The keys of the older snapshot's code list, with those of the newer one for the same codes; `None`
    /// where the lists agree.
    pub renumbered: Option<HashMap<i64, i64>>,
    /// The codes behind the keys of the older snapshot, and behind those of the newer one.
    pub codes: Option<[HashMap<i64, String>; 2]>,
}

/// The fields of `person_alert`, in the order of the standard.
#[derive(Debug)]
pub(super) struct Fields(pub Vec<ComparedField>);

impl Fields {
    pub(super) fn of(standard: &Standard) -> Fields {
        let table = standard.person_alert();
        let fields = table.fields.iter().map(|field| ComparedField {
            name: field.name.clone(),
            role: match field.name.as_str() {
                name if table.primary_key.iter().any(|key| key == name) => Role::Place,
                _ if field.provenance => Role::Place,
                LAST_UPDATED | UPDATED_BY => Role::Stamp,
                _ if field.field_type == FieldType::Text && field.allowed.is_empty() => {
                    Role::FreeText
                }
                _ => Role::Plain,
            },
            renumbered: None,
            codes: None,
        });
        Fields(fields.collect())
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.0.iter().map(|field| field.name.as_str()).collect()
    }

    /// The names of those that tell a change: the key of the alert and all that is compared. In the places
    /// of the others stand names that no column has.
    pub(super) fn telling(&self) -> Vec<&str> {
        let fields = self.0.iter().enumerate();
        let names = fields.map(|(at, field)| match field.role {
            Role::Place if at > 0 => "",
            _ => field.name.as_str(),
        });
        names.collect()
    }

    /// The fields whose values make two rows differ.
    pub(super) fn compared(&self) -> impl Iterator<Item = &ComparedField> {
        let fields = self.0.iter();
        fields.filter(|field| field.role != Role::Place)
    }

    pub(super) fn position(&self, name: &str) -> usize {
        let found = self.0.iter().position(|field| field.name == name);
        found.unwrap_or_default()
    }
}

impl ComparedField {
    /// A value of the older snapshot as the newer one would have it. A key whose code the newer list lacks
    /// stays apart from all of its keys.
    pub(super) fn renumber<'v>(&self, value: Value<'v>) -> Value<'v> {
        match (&self.renumbered, value) {
            (Some(known), Value::Number(id)) => {
                Value::Number(known.get(&id).copied().unwrap_or(-id))
            }
            _ => value,
        }
    }
}
