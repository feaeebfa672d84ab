//! Notes of ours as the last members of a JSON object, whose own members stay as they are written.

use memchr::memmem;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::chunk::{PARTS_COLUMN, REASON_COLUMN};

/// The object `text` with the notes as its last members, in the place of older ones; `None` where it is
/// no object. `is_object` says that it is known to be one.
pub(super) fn with_notes(text: &str, notes: &[(&str, &str)], is_object: bool) -> Option<String> {
    let notes = notes.iter();
    let notes = notes.map(|(name, note)| format!("{}:{}", Value::from(*name), Value::from(*note)));
    if is_object && has_no_notes(text) {
        return Some(with_last_members(text, notes));
    }
    let Members(members) = serde_json::from_str(text).ok()?;
    let ours = |name: &str| name == REASON_COLUMN || name == PARTS_COLUMN;
    let own = members.iter().filter(|(name, _)| !ours(name));
    let mut parts: Vec<String> = own
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())))
        .collect();
    if parts.len() < members.len() {
        parts.extend(notes);
        return Some(format!("{{{}}}", parts.join(",")));
    }
    Some(with_last_members(text, notes))
}

/// Whether no member of the object `text` is a note of ours, as far as that shows without parsing it.
fn has_no_notes(text: &str) -> bool {
    let has = |part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    // a name may be written with escapes
    !has(REASON_COLUMN) && !has(PARTS_COLUMN) && !has("\\u")
}

/// The object `text` with further members behind its own.
fn with_last_members(text: &str, members: impl Iterator<Item = String>) -> String {
    let body = text.trim_end().strip_suffix('}').unwrap_or_default();
    let body = body.trim_end();
    let comma = if body.ends_with('{') { "" } else { "," };
    let members: Vec<String> = members.collect();
    format!("{body}{comma}{}}}", members.join(","))
}

/// The members of an object as they are written, in their order.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> serde::Deserialize<'de> for Members<'t> {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_known_to_be_an_object_gets_the_same_notes(
            members in prop::collection::vec(
                prop::sample::select(vec![
                    "\"a\": 1", "\"b\":\"{\"", "\"pac_rejected\":\"old\"", "\"pac\\u005frejected\": null", "\"c\":{}",
                    "\"d\":\"pac_alerts\"", "\"pac_alerts\":[]",
                ]),
                0..4,
            ),
            between in prop::sample::select(vec!["", " ", "\n"]),
        ) {
            let text = format!("{{{between}{}{between}}}{between}", members.join(","));
            let notes = [(REASON_COLUMN, "why \"so\"")];
            let parsed = with_notes(&text, &notes, false);
            prop_assert!(parsed.is_some());
            prop_assert_eq!(with_notes(&text, &notes, true), parsed);
        }
    }
}
