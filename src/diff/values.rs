//! Values of an alert as a history tells them: as JSON, and in words.

use serde_json::Value as Json;

use super::fields::{ComparedField, Role};
use crate::cell::date::date_of;
use crate::snapshot::cells::{Value, point_in_time};

/// Stands in old and new values for a text that is there and is not quoted.
pub const NOT_QUOTED: &str = "[not quoted]";

/// Which of two snapshots a value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    Older,
    Newer,
}

/// A value as JSON; an empty one is null.
pub(super) fn json(field: &ComparedField, value: Value<'_>, quote_text: bool) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Bool(yes) => yes.into(),
        Value::Number(number) => number.into(),
        Value::Text(_) if field.role == Role::FreeText && !quote_text => NOT_QUOTED.into(),
        Value::Text(text) => text.into(),
        Value::Day(_) | Value::Time(_) => words(field, value, Age::Newer).into(),
    }
}

/// A value in words: a key of a code list as the code behind it.
pub(super) fn words(field: &ComparedField, value: Value<'_>, age: Age) -> String {
    match value {
        Value::Empty => "none".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => {
            let codes = field.codes.as_ref().map(|[older, newer]| match age {
                Age::Older => older,
                Age::Newer => newer,
            });
            let code = codes.and_then(|codes| codes.get(&number));
            code.cloned().unwrap_or_else(|| number.to_string())
        }
        Value::Text(text) => text.to_owned(),
        Value::Day(day) => date_of(day).map_or_else(String::new, |date| date.to_string()),
        Value::Time(time) => point_in_time(time),
    }
}

/// What the summary says of a field that has changed.
pub(super) fn change(
    field: &ComparedField,
    old: Value<'_>,
    new: Value<'_>,
    quote_text: bool,
) -> String {
    let what = match (field.role == Role::FreeText && !quote_text, old, new) {
        (true, Value::Empty, _) => "added".to_owned(),
        (true, _, Value::Empty) => "removed".to_owned(),
        (true, _, _) => "changed".to_owned(),
        (false, old, new) => format!(
            "{} → {}",
            words(field, old, Age::Older),
            words(field, new, Age::Newer)
        ),
    };
    format!("{}: {what}", field.name)
}
