//! The fields that a change has changed, with their values: a JSON object, or what a log has in its place.

use std::borrow::Cow;

use serde::de::IgnoredAny;

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

#[cfg(test)]
mod tests {
    use super::*;

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
