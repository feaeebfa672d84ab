//! What encloses the records of a chunk, written down while it is cut.

use std::ops::Range;

use super::cut::Enclosing;
use super::raw_chunk::RawNesting;

/// The objects around the records of one chunk. Their text goes behind the bytes of the chunk.
#[derive(Debug, Default)]
pub(super) struct Nestings {
    nestings: Vec<RawNesting>,
    /// The text of the objects, one behind another.
    text: Vec<u8>,
    /// Where each lies in it.
    places: Vec<Range<usize>>,
    /// Version of the last nesting.
    version: Option<u64>,
    /// For each level the object written down last: its number, and its place among the places.
    last: Vec<Option<(u64, u32)>>,
}

impl Nestings {
    /// Notes what encloses the record with that place among the chunk's cuts.
    pub(super) fn note(&mut self, cut: usize, enclosing: &Enclosing<'_>, levels: usize) {
        if self.version == Some(enclosing.version) {
            return;
        }
        self.version = Some(enclosing.version);
        self.last.resize(levels, None);
        let mut parents = vec![None; levels];
        for (level, context) in enclosing.contexts().enumerate().take(levels) {
            let known = self.last[level].filter(|(id, _)| *id == context.id);
            let (_, place) = known.unwrap_or_else(|| {
                let start = self.text.len();
                self.text.extend_from_slice(&context.object);
                self.places.push(start..self.text.len());
                (context.id, self.places.len() as u32 - 1)
            });
            self.last[level] = Some((context.id, place));
            parents[level] = Some(place);
        }
        self.nestings.push(RawNesting {
            first: cut as u32,
            opened: enclosing.opened,
            taken: enclosing.taken,
            parents,
        });
    }

    /// Puts the text of the objects behind the bytes of the chunk.
    pub(super) fn append(self, bytes: &mut Vec<u8>) -> (Vec<RawNesting>, Vec<Range<u32>>) {
        let start = bytes.len();
        bytes.extend_from_slice(&self.text);
        let place = |place: Range<usize>| (start + place.start) as u32..(start + place.end) as u32;
        (self.nestings, self.places.into_iter().map(place).collect())
    }
}
