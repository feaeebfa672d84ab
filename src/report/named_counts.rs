//! Counts by name, in an order of their own: an object in JSON.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Counts by name, in the order in which the names came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedCounts(Vec<(String, u64)>);

impl NamedCounts {
    /// Adds to the count of a name, unless it is a new one and there are `most` already. Returns whether it
    /// was added.
    pub fn add(&mut self, name: &str, count: u64, most: usize) -> bool {
        let known = self.0.iter().position(|(own, _)| own == name);
        match known {
            Some(at) => self.0[at].1 += count,
            None if self.0.len() < most => self.0.push((name.to_owned(), count)),
            None => return false,
        }
        true
    }

    /// The names with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(name, count)| (name.as_str(), *count))
    }
}

impl FromIterator<(String, u64)> for NamedCounts {
    fn from_iter<I: IntoIterator<Item = (String, u64)>>(counts: I) -> NamedCounts {
        NamedCounts(counts.into_iter().collect())
    }
}

impl Serialize for NamedCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for NamedCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<NamedCounts, D::Error> {
        struct Counts;
        impl<'de> Visitor<'de> for Counts {
            type Value = NamedCounts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("counts by name")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<NamedCounts, M::Error> {
                let mut counts = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    counts.push(entry);
                }
                Ok(NamedCounts(counts))
            }
        }
        deserializer.deserialize_map(Counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_survives_json() {
        let mut counts = NamedCounts::default();
        assert!(counts.add("b", 1, 2) && counts.add("a", 2, 2) && counts.add("b", 3, 2));
        assert!(!counts.add("c", 1, 2));
        let text = serde_json::to_string(&counts).unwrap();
        assert_eq!(text, r#"{"b":4,"a":2}"#);
        assert_eq!(serde_json::from_str::<NamedCounts>(&text).unwrap(), counts);
    }
}
