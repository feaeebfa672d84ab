//! The cells of a JSON record.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::chunk::{RecordFault, Span};

use super::members::Wanted;
use super::{Rows, span};

/// Splits the records of one chunk, and remembers the members that it met.
pub(super) struct ObjectSplitter<'w> {
    wanted: &'w Wanted,
    /// The members met so far, for each object of the tree.
    met: Vec<FxHashMap<Box<str>, Met>>,
    /// Number of the record at hand, within the chunk.
    record: u32,
    /// Members that no column asks for, each once.
    pub(super) unknown: Vec<String>,
}

/// A member that has been met.
#[derive(Debug, Clone, Copy)]
struct Met {
    /// Its place in the tree, if a column asks for it or for something in it.
    place: Option<usize>,
    /// Number of the last record that has it; 0 before the first.
    last: u32,
    /// Whether it has been told that no column asks for it.
    told: bool,
}

impl<'w> ObjectSplitter<'w> {
    pub(super) fn new(wanted: &'w Wanted) -> ObjectSplitter<'w> {
        let met = |place: &usize| Met {
            place: Some(*place),
            last: 0,
            told: false,
        };
        let objects = wanted.objects().iter();
        let names = objects.map(|object| {
            let members = object.members.iter();
            members.map(|(name, at)| (name.clone(), met(at))).collect()
        });
        ObjectSplitter {
            met: names.collect(),
            wanted,
            record: 0,
            unknown: Vec::new(),
        }
    }

    /// Adds a record as a row. `start` is where it lies in the chunk's text.
    ///
    /// # Errors
    /// It is no object, or has a member twice; no row is added then.
    pub(super) fn row(
        &mut self,
        record: &str,
        start: usize,
        rows: &mut Rows,
    ) -> Result<(), RecordFault> {
        let before = rows.spans.len();
        let tail_before = rows.tail.len();
        self.record += 1;
        let width = self.wanted.width();
        rows.spans.resize(before + width, Span::default());
        let outcome = self.object(record, start, 0, before, rows);
        if outcome.is_err() {
            rows.spans.truncate(before);
            rows.tail.truncate(tail_before);
        }
        outcome
    }

    /// Takes the members of the object `text`, which is the tree's object `place`.
    fn object(
        &mut self,
        text: &str,
        start: usize,
        place: usize,
        row: usize,
        rows: &mut Rows,
    ) -> Result<(), RecordFault> {
        let members: Members<'_> =
            serde_json::from_str(text).map_err(|_| RecordFault::Unparsable)?;
        for (name, value) in &members.0 {
            let Some(member) = self.meet(place, name)? else {
                continue;
            };
            let value = value.get();
            // the value is a part of the text, so that the distance is where it lies in it
            let at = start + (value.as_ptr() as usize - text.as_ptr() as usize);
            let Some(wanted) = self.wanted.objects().get(member) else {
                continue;
            };
            if !wanted.columns.is_empty() {
                let cell = cell(value, at, rows)?;
                for column in &wanted.columns {
                    if let Some(span) = rows.spans.get_mut(row + column) {
                        *span = cell;
                    }
                }
            }
            if wanted.members.is_empty() {
                continue;
            }
            if value.starts_with('{') {
                self.object(value, at, member, row, rows)?;
            } else if value != "null" {
                self.tell(place, name);
            }
        }
        Ok(())
    }

    /// Notes that the object has the member; its place in the tree if it has one.
    fn meet(&mut self, object: usize, name: &str) -> Result<Option<usize>, RecordFault> {
        let Some(members) = self.met.get_mut(object) else {
            return Ok(None);
        };
        if let Some(met) = members.get_mut(name) {
            if met.last == self.record {
                return Err(RecordFault::RepeatedMember);
            }
            met.last = self.record;
            return Ok(met.place);
        }
        let met = Met {
            place: None,
            last: self.record,
            told: false,
        };
        members.insert(name.into(), met);
        self.tell(object, name);
        Ok(None)
    }

    /// Tells, once, that no column takes what the member holds.
    fn tell(&mut self, object: usize, name: &str) {
        let met = self.met.get_mut(object).and_then(|m| m.get_mut(name));
        let Some(met) = met.filter(|met| !met.told) else {
            return;
        };
        met.told = true;
        let taken = met.place.and_then(|place| self.wanted.objects().get(place));
        if taken.is_some_and(|object| !object.columns.is_empty()) {
            return;
        }
        let object = self.wanted.objects().get(object);
        self.unknown.extend(object.and_then(|o| o.stranger(name)));
    }
}

/// The span of a value's text.
fn cell(value: &str, at: usize, rows: &mut Rows) -> Result<Span, RecordFault> {
    if value == "null" {
        return Ok(Span::default());
    }
    let Some(inside) = value.strip_prefix('"') else {
        return Ok(span(at, at + value.len()));
    };
    if !inside.contains('\\') {
        return Ok(span(at + 1, at + value.len() - 1));
    }
    let text: String = serde_json::from_str(value).map_err(|_| RecordFault::Unparsable)?;
    Ok(rows.append(|tail| tail.push_str(&text)))
}

/// The members of an object, in its order.
struct Members<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

#[derive(Deserialize)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'t> Deserialize<'t> for Members<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Members<'t>, D::Error> {
        deserializer.deserialize_map(Collect)
    }
}

struct Collect;

impl<'t> Visitor<'t> for Collect {
    type Value = Members<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Members<'t>, A::Error> {
        let mut members = Vec::with_capacity(16);
        while let Some(Name(name)) = map.next_key()? {
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }
}
