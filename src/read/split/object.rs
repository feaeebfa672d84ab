//! The cells of a JSON object: a record, or one around it.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::chunk::{RecordFault, Span};

use super::members::Tree;
use super::shape::Shape;
use super::{Rows, span};

/// Splits the objects of one chunk, and remembers the members that it met.
pub(super) struct ObjectSplitter<'w> {
    wanted: &'w Tree,
    /// The members met so far, for each object of the tree.
    met: Vec<FxHashMap<Box<str>, Met>>,
    /// Number of the object at hand, within the chunk.
    number: u32,
    /// Members that no column asks for, each once.
    pub(super) unknown: Vec<String>,
    /// Those of the object at hand: the objects that they lie in, and their names.
    fresh: Vec<(usize, Box<str>)>,
    /// Shapes of objects that were met.
    shapes: Vec<Shape>,
}

/// Shapes that are remembered: an object of a further one is read by the JSON parser.
const MOST_SHAPES: usize = 4;

/// A member that has been met.
#[derive(Debug, Clone, Copy)]
struct Met {
    /// Its place in the tree, if a column asks for it or for something in it.
    place: Option<usize>,
    /// Number of the last object that has it; 0 before the first.
    last: u32,
    /// Whether it has been told that no column asks for it.
    told: bool,
}

impl<'w> ObjectSplitter<'w> {
    pub(super) fn new(wanted: &'w Tree) -> ObjectSplitter<'w> {
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
            number: 0,
            unknown: Vec::new(),
            fresh: Vec::new(),
            shapes: Vec::new(),
        }
    }

    /// Fills the cells of a row from the object that lies at `place` of the chunk's text. `row` is the first
    /// cell of the row.
    ///
    /// # Errors
    /// It is no object, or has a member twice.
    pub(super) fn fill(
        &mut self,
        text: &str,
        place: Range<usize>,
        row: usize,
        rows: &mut Rows,
    ) -> Result<(), RecordFault> {
        self.fresh.clear();
        let tail = rows.tail.len();
        for shape in &self.shapes {
            if shape.read(text, &place, row, rows) {
                return Ok(());
            }
            rows.tail.truncate(tail);
        }
        self.number += 1;
        let start = place.start;
        self.object(text.get(place).unwrap_or_default(), start, 0, row, rows)
    }

    /// Remembers the shape of an object whose members have all been told of; not of one in which something
    /// is wanted of a value.
    fn remember(&mut self, text: &str, members: &Members<'_>) {
        let names = self.met.first();
        let columns = |name: &str| {
            let place = names.and_then(|names| names.get(name)?.place);
            place.and_then(|place| self.wanted.objects().get(place))
        };
        let whole = members.0.iter().map(|(name, value)| {
            let wanted = columns(name);
            let at = value.get().as_ptr() as usize - text.as_ptr() as usize;
            let taken = wanted.is_none_or(|wanted| wanted.members.is_empty());
            let columns = wanted.map_or(Vec::new(), |wanted| wanted.columns.clone());
            taken.then(|| (span(at, at + value.get().len()), columns))
        });
        let values: Option<Vec<(Span, Vec<usize>)>> = whole.collect();
        if let Some(values) = values {
            self.shapes.push(Shape::of(text, values.into_iter()));
        }
    }

    /// Takes back what was told of the object at hand, because it is passed over.
    pub(super) fn untell(&mut self) {
        for (object, name) in self.fresh.drain(..) {
            let met = self.met.get_mut(object);
            if let Some(met) = met.and_then(|members| members.get_mut(&name)) {
                met.told = false;
            }
            self.unknown.pop();
        }
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
        let members: Members<'_> = serde_json::from_str(text).map_err(|_| no_object(text))?;
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
        if place == 0 && self.fresh.is_empty() && self.shapes.len() < MOST_SHAPES {
            self.remember(text, &members);
        }
        Ok(())
    }

    /// Notes that the object has the member; its place in the tree if it has one.
    fn meet(&mut self, object: usize, name: &str) -> Result<Option<usize>, RecordFault> {
        let Some(members) = self.met.get_mut(object) else {
            return Ok(None);
        };
        let Some(met) = members.get_mut(name) else {
            let met = Met {
                place: None,
                last: self.number,
                told: false,
            };
            members.insert(name.into(), met);
            self.tell(object, name);
            return Ok(None);
        };
        if met.last == self.number {
            return Err(RecordFault::RepeatedMember);
        }
        met.last = self.number;
        let met = *met;
        if met.place.is_none() && !met.told {
            self.tell(object, name);
        }
        Ok(met.place)
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
        let stranger = self.wanted.objects().get(object);
        if let Some(stranger) = stranger.and_then(|object| object.stranger(name)) {
            self.unknown.push(stranger);
            self.fresh.push((object, name.into()));
        }
    }
}

/// What text is that is no JSON object: something else of JSON, or nothing of it.
fn no_object(text: &str) -> RecordFault {
    if text.trim_start().starts_with('{') {
        return RecordFault::Unparsable;
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => RecordFault::Misplaced,
        Err(_) => RecordFault::Unparsable,
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
