//! Notes of ours as the last members of a JSON object, whose own members stay as they are written.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::chunk::{PARTS_COLUMN, REASON_COLUMN};

/// The object `text` with the notes as its last members, in the place of older ones; `None` where it is
/// no object.
pub(super) fn with_notes(text: &str, notes: &[(&str, &str)]) -> Option<String> {
    let Members(members) = serde_json::from_str(text).ok()?;
    let notes = notes.iter();
    let notes = notes.map(|(name, note)| format!("{}:{}", Value::from(*name), Value::from(*note)));
    let ours = |name: &str| name == REASON_COLUMN || name == PARTS_COLUMN;
    let own = members.iter().filter(|(name, _)| !ours(name));
    let mut parts: Vec<String> = own
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())))
        .collect();
    if parts.len() < members.len() {
        parts.extend(notes);
        return Some(format!("{{{}}}", parts.join(",")));
    }
    let body = text
        .trim_end()
        .strip_suffix('}')
        .unwrap_or_default()
        .trim_end();
    let comma = if members.is_empty() { "" } else { "," };
    let notes: Vec<String> = notes.collect();
    Some(format!("{body}{comma}{}}}", notes.join(",")))
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
