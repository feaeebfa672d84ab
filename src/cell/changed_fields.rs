//! The fields that a change has changed, with their values: a JSON object, or what a log has in its place.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::distinct_members::DistinctMembers;
use super::{CellFault, Reading};

/// The member that holds a text which is no JSON object.
const TEXT: &str = "text";

/// Reads a cell that is not empty. A text that is no object becomes one that holds it under `text`; an
/// object that is broken is no value, because nobody knows what is missing, nor is one in which a member stands
/// twice, because readers differ on which of the two counts.
pub fn read(cell: &str) -> Reading<Cow<'_, str>> {
    let is_object = cell.starts_with('{');
    let parsed = serde_json::from_str::<DistinctMembers>(cell);
    match (is_object, parsed) {
        (true, Ok(_)) => Reading::Value(cell.into()),
        (true, Err(error)) if error.is_data() => Reading::Fault(CellFault::RepeatedFields),
        (true, Err(_)) => Reading::Fault(CellFault::BrokenFields),
        (false, _) => {
            let wrapped = serde_json::json!({ TEXT: cell });
            Reading::Noted(wrapped.to_string().into(), CellFault::FieldsWrapped)
        }
    }
}

/// Whether a field holds such values.
pub fn holds(field: &str) -> bool {
    matches!(field, "old_value" | "new_value")
}

/// The values of the fields that `keeps` lets pass, and nothing else; `None` where none is left.
pub fn only(values: &str, keeps: impl Fn(&str, &Value) -> bool) -> Option<String> {
    let mut values: Map<String, Value> = serde_json::from_str(values).ok()?;
    values.retain(|name, value| keeps(name, value));
    (!values.is_empty()).then(|| Value::Object(values).to_string())
}

/// Stands between two texts of one change.
const BETWEEN: char = '\u{1f}';

/// The texts and numbers in the values, as they read and not as JSON writes them, one behind another; not
/// those that `passes` lets through by the field's name and its value.
pub fn texts(values: &str, passes: impl Fn(&str, &Value) -> bool) -> String {
    let mut all = String::new();
    let mut gather = |leaf: &mut Value| {
        if let Value::String(_) | Value::Number(_) = leaf {
            all.push_str(&as_read(leaf).replace(BETWEEN, " "));
            all.push(BETWEEN);
        }
    };
    if let Ok(mut values) = serde_json::from_str::<Map<String, Value>>(values) {
        let own = values
            .iter_mut()
            .filter(|(name, value)| !passes(name, value));
        own.for_each(|(_, value)| each_leaf(value, &mut gather));
    }
    all
}

/// The values with other texts, which are those of [`texts`] but for what was replaced in them. Where it
/// cannot be told any more which is which, they become the text of one object.
pub fn with_texts(values: &str, passes: impl Fn(&str, &Value) -> bool, texts: &str) -> String {
    let mut parts = texts.split_terminator(BETWEEN);
    let mut missing = false;
    let mut put = |leaf: &mut Value| {
        if let Value::String(_) | Value::Number(_) = leaf {
            let part = parts.next();
            missing |= part.is_none();
            if part != Some(as_read(leaf).as_str()) {
                *leaf = Value::from(part.unwrap_or_default());
            }
        }
    };
    let parsed = serde_json::from_str::<Map<String, Value>>(values);
    let mut parsed = parsed.unwrap_or_default();
    let own = parsed
        .iter_mut()
        .filter(|(name, value)| !passes(name, value));
    own.for_each(|(_, value)| each_leaf(value, &mut put));
    match missing || parts.next().is_some() {
        false => Value::Object(parsed).to_string(),
        true => serde_json::json!({ TEXT: texts.replace(BETWEEN, " ") }).to_string(),
    }
}

fn as_read(leaf: &Value) -> String {
    leaf.as_str()
        .map_or_else(|| leaf.to_string(), str::to_owned)
}

fn each_leaf(value: &mut Value, see: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|value| each_leaf(value, see)),
        Value::Object(all) => all.values_mut().for_each(|value| each_leaf(value, see)),
        leaf => see(leaf),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_fields_stay() {
        let values = r#"{"alert_description":"a","alert_status":"Open","text":"b"}"#;
        let left = only(values, |name, _| name == "alert_status");
        assert_eq!(left.as_deref(), Some(r#"{"alert_status":"Open"}"#));
        assert_eq!(only(values, |_, _| false), None);
    }

    #[test]
    fn texts_are_read_as_they_read_and_put_back() {
        let values =
            r#"{"alert_description":"NHS\n999","person_id":9,"more":{"n":[7,"b"]},"x":null}"#;
        let passes = |name: &str, _: &Value| name == "person_id";
        let read = texts(values, passes);
        assert_eq!(read, "NHS\n999\u{1f}7\u{1f}b\u{1f}");
        assert_eq!(with_texts(values, passes, &read), values);
        let other = with_texts(values, passes, &read.replace("999", "[removed]"));
        assert_eq!(other, values.replace("999", "[removed]"));
        let mixed = with_texts(values, passes, "a\u{1f}");
        assert_eq!(mixed, r#"{"text":"a "}"#);
    }

    #[test]
    fn objects_stay_and_texts_are_wrapped() {
        let object = r#"{"end_date": "2026-03-01"}"#;
        assert_eq!(read(object), Reading::Value(object.into()));
        let wrapped = r#"{"text":"said \"no\""}"#;
        let noted = Reading::Noted(wrapped.into(), CellFault::FieldsWrapped);
        assert_eq!(read(r#"said "no""#), noted);
        let list = Reading::Noted(r#"{"text":"[1]"}"#.into(), CellFault::FieldsWrapped);
        assert_eq!(read("[1]"), list);
    }

    #[test]
    fn what_is_cut_off_is_no_value() {
        let broken = Reading::Fault(CellFault::BrokenFields);
        assert_eq!(read(r#"{"end_date": "2026-"#), broken);
    }

    #[test]
    fn a_field_that_stands_twice_is_no_value() {
        let repeated = Reading::Fault(CellFault::RepeatedFields);
        assert_eq!(read(r#"{"a": 1, "b": 2, "\u0061": 1}"#), repeated);
        assert_eq!(read(r#"{"a": [{"b": 1, "b": null}]}"#), repeated);
        let apart = r#"{"a": {"a": 1}, "b": [{"a": 1.5}, {"a": true}], "c": -1}"#;
        assert_eq!(read(apart), Reading::Value(apart.into()));
    }
}
