//! The fields that a change has changed, with their values: a JSON object, or what a log has in its place.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::{CellFault, Reading};

/// The member that holds a text which is no JSON object.
const TEXT: &str = "text";

/// Reads a cell that is not empty. A text that is no object becomes one that holds it under `text`; an
/// object that is broken is no value, because nobody knows what is missing.
pub fn read(cell: &str) -> Reading<Cow<'_, str>> {
    let is_object = cell.starts_with('{');
    let parsed = serde_json::from_str::<IgnoredAny>(cell);
    match (is_object, parsed) {
        (true, Ok(_)) => Reading::Value(cell.into()),
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

/// The values of the fields that `keeps` names, and nothing else; `None` where none is left.
pub fn only(values: &str, keeps: impl Fn(&str) -> bool) -> Option<String> {
    let mut values: Map<String, Value> = serde_json::from_str(values).ok()?;
    values.retain(|name, _| keeps(name));
    (!values.is_empty()).then(|| Value::Object(values).to_string())
}

/// Values in which something was replaced: what is no object any more becomes the text of one.
pub fn as_object(values: String) -> String {
    match serde_json::from_str::<IgnoredAny>(&values) {
        Ok(_) => values,
        Err(_) => serde_json::json!({ TEXT: values }).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_fields_stay() {
        let values = r#"{"alert_description":"a","alert_status":"Open","text":"b"}"#;
        let left = only(values, |name| name == "alert_status");
        assert_eq!(left.as_deref(), Some(r#"{"alert_status":"Open"}"#));
        assert_eq!(only(values, |_| false), None);
    }

    #[test]
    fn what_is_no_object_any_more_becomes_the_text_of_one() {
        let wrapped = r#"{"text":"{\"nhs\":[removed]}"}"#;
        assert_eq!(as_object(r#"{"nhs":[removed]}"#.to_owned()), wrapped);
        assert_eq!(as_object("{}".to_owned()), "{}");
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
}
