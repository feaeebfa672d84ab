//! JSON of which no object has a member twice.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Any JSON value; one with an object that has a member twice, at whatever depth, fails with an error about
/// the data, and not about the syntax.
pub(super) struct DistinctMembers;

impl<'t> Deserialize<'t> for DistinctMembers {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<DistinctMembers, D::Error> {
        deserializer.deserialize_any(Look)
    }
}

#[derive(Deserialize, PartialEq, Eq, Hash)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);

struct Look;

impl<'t> Visitor<'t> for Look {
    type Value = DistinctMembers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<DistinctMembers, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<Name<'t>>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a member stands twice"));
            }
            map.next_value::<DistinctMembers>()?;
        }
        Ok(DistinctMembers)
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut all: A) -> Result<DistinctMembers, A::Error> {
        while all.next_element::<DistinctMembers>()?.is_some() {}
        Ok(DistinctMembers)
    }

    fn visit_bool<E>(self, _: bool) -> Result<DistinctMembers, E> {
        Ok(DistinctMembers)
    }

    fn visit_i64<E>(self, _: i64) -> Result<DistinctMembers, E> {
        Ok(DistinctMembers)
    }

    fn visit_u64<E>(self, _: u64) -> Result<DistinctMembers, E> {
        Ok(DistinctMembers)
    }

    fn visit_f64<E>(self, _: f64) -> Result<DistinctMembers, E> {
        Ok(DistinctMembers)
    }

    fn visit_str<E>(self, _: &str) -> Result<DistinctMembers, E> {
        Ok(DistinctMembers)
    }

    fn visit_unit<E>(self) -> Result<DistinctMembers, E> {
        Ok(DistinctMembers)
    }
}
