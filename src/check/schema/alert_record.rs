//! The alert as a schema of the user's own sees it.

use std::collections::HashMap;

use serde_json::Value;

use super::record::{Empty, Kind, Member, Shape, Source};
use crate::standard::{FieldType, Standard};

/// Members that say in words what a key stands for: field of the key, code list, columns of the list.
pub const WORDS: &[(&str, &str, &[&str])] = &[
    (
        "person_alert_code_id",
        "person_alert_codes",
        &[
            "alert_code",
            "alert_subcode",
            "alert_name",
            "alert_subname",
            "alert_category_name",
            "is_critical",
            "is_awaab_relevant",
            "repairs_impact",
        ],
    ),
    (
        "source_type_id",
        "source_types",
        &["source_code", "source_name"],
    ),
    (
        "special_category_data_id",
        "special_category_data_types",
        &["category_code", "category_name"],
    ),
];

/// Fields that are filled in after the check.
const FILLED_LATER: [&str; 2] = ["source_file", "source_record"];

/// The fields of `person_alert` with the words of their keys; an empty field is left out.
pub(super) fn alert_shape(standard: &Standard) -> Shape {
    let fields = &standard.person_alert().fields;
    let mut members = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        if FILLED_LATER.contains(&field.name.as_str()) {
            continue;
        }
        let source = match field.name.as_str() {
            "landlord" => Source::Landlord,
            _ => Source::Column {
                at,
                kind: Kind::of(field),
                stand_in: None,
            },
        };
        members.push(Member {
            name: field.name.clone(),
            source,
        });
        let words = WORDS.iter().filter(|(key, ..)| *key == field.name);
        for (_, table, columns) in words {
            members.extend(columns.iter().map(|column| Member {
                name: (*column).to_owned(),
                source: Source::Listed {
                    at,
                    words: words_of(standard, table, column),
                },
            }));
        }
    }
    Shape {
        members,
        empty: Empty::LeftOut,
    }
}

/// What a column of a code list says, by key; a column that leads to the category of a code gives its
/// name.
fn words_of(standard: &Standard, table: &str, column: &str) -> HashMap<i32, Value> {
    const CATEGORIES: (&str, &str) = ("alert_category_name", "alert_category_id");
    if column == CATEGORIES.0 && table != "alert_categories" {
        let names = words_of(standard, "alert_categories", column);
        let ids = words_of(standard, table, CATEGORIES.1).into_iter();
        let named = ids.filter_map(|(key, id)| {
            let id = i32::try_from(id.as_i64()?).ok()?;
            Some((key, names.get(&id)?.clone()))
        });
        return named.collect();
    }
    let (Some(described), Some(list)) = (standard.table(table), standard.lookup(table)) else {
        return HashMap::new();
    };
    let Some((at, field)) = described.position(column).zip(described.field(column)) else {
        return HashMap::new();
    };
    let word = |row: &Vec<Option<String>>| {
        let key = row.first()?.as_deref()?.parse().ok()?;
        let text = row.get(at)?.as_deref()?;
        let value = match field.field_type {
            FieldType::Bool => Value::Bool(text == "true"),
            FieldType::Int32 | FieldType::Int64 => text.parse::<i64>().ok()?.into(),
            _ => text.into(),
        };
        Some((key, value))
    };
    list.rows.iter().filter_map(word).collect()
}
