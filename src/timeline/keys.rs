//! Which alerts are wanted: one by its key, or those of one person.

use crate::cell::Reading;
use crate::cell::key::KeySpace;
use crate::snapshot::cells::Value;

/// Whose life is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The alert with that key: the landlord's own, or that of the output.
    Alert(String),
    /// The person with that key: the landlord's own, or that of the output.
    Person(String),
}

/// The wanted keys as one landlord's output holds them.
pub(super) struct Matcher<'w> {
    wanted: &'w Wanted,
    /// What the landlord's own key is in the output, and the key taken as it is written.
    ids: Vec<i64>,
}

impl Wanted {
    /// What is wanted, in a word.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Wanted::Alert(_) => "alert",
            Wanted::Person(_) => "person",
        }
    }

    pub(super) fn matcher(&self, landlord: &str, partitioned: bool) -> Matcher<'_> {
        let space = match partitioned {
            true => KeySpace::shared(landlord),
            false => KeySpace::single(landlord),
        };
        let (Wanted::Alert(key) | Wanted::Person(key)) = self;
        let own = match space.read(key) {
            Reading::Value(key) | Reading::Noted(key, _) => Some(key.id),
            _ => None,
        };
        let written = key.trim().parse().ok();
        Matcher {
            wanted: self,
            ids: own.into_iter().chain(written).collect(),
        }
    }
}

impl Matcher<'_> {
    /// Whether a row is wanted, by the keys of its alert and its person and the landlord's own key.
    pub(super) fn fits(&self, alert: Value<'_>, person: Value<'_>, reference: Value<'_>) -> bool {
        let is_one = |value| matches!(value, Value::Number(id) if self.ids.contains(&id));
        match self.wanted {
            // one record may state several alerts, which share the landlord's key
            Wanted::Alert(key) => is_one(alert) || reference == Value::Text(key.trim()),
            Wanted::Person(_) => is_one(person),
        }
    }
}
