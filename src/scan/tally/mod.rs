//! What is counted of a column, chunk by chunk.
//!
//! A chunk counts its different values first, and looks at each of them once: a landlord has three hundred
//! labels in ten million rows. Tallies of chunks are merged in input order, so that what is kept does not
//! depend on the number of threads.

mod cell_kind;
mod date_shape;
mod dates;
mod different;
mod known_shapes;
mod shape;
mod values;

use std::collections::BTreeMap;

use crate::cell::key_widths::KeyWidths;
use crate::cell::{mojibake, spreadsheet};
use crate::chunk::Chunk;
use crate::distinct::Distinct;
use crate::text_scan::{self, Kind};

use date_shape::KnownFormats;
use different::Different;
use known_shapes::{KnownShapes, looks};

pub(super) use cell_kind::CellKind;
pub(crate) use date_shape::mirrored;
pub(super) use dates::DateTally;
pub(super) use different::Counter;
pub(super) use values::{ChunkValues, MOST_VALUES, Values};

use shape::Shapes;

/// Bytes of the shortest cell that is searched for numbers that name a person.
const SHORTEST_SEARCHED: usize = 6;

/// Hashes by which the number of values is estimated; it is off by 1.6 percent.
const DISTINCT: usize = 4096;

/// What is counted of one column, of a chunk or of all chunks so far.
#[derive(Debug, Default)]
pub(super) struct ColumnTally<V = Values> {
    /// Cells with content.
    pub filled: u64,
    /// Cells without.
    pub empty: u64,
    /// Its values.
    pub values: V,
    /// The number of its values, where they are many.
    pub distinct: Distinct<DISTINCT>,
    /// Whether some value was seen twice.
    pub repeated: bool,
    /// Cells of each kind, in the order of [`CellKind::ALL`].
    kinds: [u64; CellKind::ALL.len()],
    /// Dates.
    pub dates: DateTally,
    /// Lengths of keys that are digits.
    pub widths: KeyWidths,
    /// How cells are built of letters and digits.
    pub shapes: Shapes,
    /// Characters of the longest cell.
    pub longest: u64,
    /// Bytes of all cells.
    pub bytes: u64,
    /// Cells of several words.
    pub worded: u64,
    /// Least and greatest of the whole numbers.
    pub integers: Option<(i64, i64)>,
    /// Cells in which something was found that names a person or a way to one.
    pub identifiers: BTreeMap<Kind, u64>,
    /// Cells in the wrong encoding.
    pub mojibake: u64,
    /// Cells as long as a spreadsheet's can be.
    pub cut_off: u64,
}

/// What a column of a chunk is looked at with.
#[derive(Default)]
struct Looking<'c> {
    formats: KnownFormats,
    shapes: KnownShapes,
    /// Values in which a person may be named, with their counts.
    searched: Vec<(&'c str, u64)>,
}

impl ColumnTally<ChunkValues> {
    /// Counts a column of a chunk, of which these are the different values.
    pub(super) fn of(chunk: &Chunk, column: usize, different: &Different) -> Self {
        let mut tally = ColumnTally {
            empty: different.empty,
            ..ColumnTally::default()
        };
        let found: Vec<(&str, u64)> = different.values(chunk, column).collect();
        let mut looking = Looking::default();
        for (value, count) in &found {
            tally.look_at(value, *count, &mut looking);
        }
        tally.dates.add_formats(&looking.formats);
        tally.search(&looking.searched);
        tally
            .distinct
            .add_texts(found.iter().map(|(value, _)| *value));
        tally.values = ChunkValues::of(found);
        tally
    }

    fn look_at<'c>(&mut self, value: &'c str, count: u64, looking: &mut Looking<'c>) {
        self.filled += count;
        self.repeated |= count > 1;
        self.bytes += value.len() as u64 * count;
        let is_ascii = value.is_ascii();
        let length = match is_ascii {
            true => value.len(),
            false => value.chars().count(),
        };
        self.longest = self.longest.max(length as u64);
        let is_worded = match is_ascii {
            true => value.bytes().any(|byte| matches!(byte, 9..=13 | b' ')),
            false => value.contains(char::is_whitespace),
        };
        self.worded += if is_worded { count } else { 0 };
        if !is_ascii && mojibake::is_spoilt(value) {
            self.mojibake += count;
        }
        if spreadsheet::is_cut_off(value) {
            self.cut_off += count;
        }
        let Looking {
            formats, shapes, ..
        } = looking;
        let facts = shapes.facts(value, &mut self.shapes, formats);
        let settled = facts.and_then(|facts| facts.settled);
        let (date, kind) = settled.unwrap_or_else(|| looks(value, formats));
        self.dates.count(date, value, count, formats);
        self.kinds[kind as usize] += count;
        if kind == CellKind::Integer {
            self.widths.add_many(value, count);
            if let Ok(number) = value.parse() {
                let (least, most) = self.integers.unwrap_or((number, number));
                self.integers = Some((least.min(number), most.max(number)));
            }
        }
        self.shapes
            .count(facts.and_then(|facts| facts.place), count);
        let may_name = facts.map_or_else(|| text_scan::may_hold(value), |facts| facts.may_name);
        if may_name && value.len() >= SHORTEST_SEARCHED {
            looking.searched.push((value, count));
        }
    }

    /// Counts the cells in which a person is named.
    fn search(&mut self, searched: &[(&str, u64)]) {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for (value, _) in searched {
            text.push_str(value);
            ends.push(text.len() as u32);
        }
        let mut last = None;
        for found in text_scan::scan(&text, &ends, &|_, _| false) {
            if last == Some((found.row, found.kind)) {
                continue;
            }
            last = Some((found.row, found.kind));
            let count = searched.get(found.row as usize).map(|(_, count)| *count);
            *self.identifiers.entry(found.kind).or_default() += count.unwrap_or_default();
        }
    }
}

impl ColumnTally {
    /// How many cells are of a kind.
    pub(super) fn of_kind(&self, kind: CellKind) -> u64 {
        self.kinds[kind as usize]
    }

    /// Adds what the next chunk has.
    pub(super) fn merge(&mut self, other: ColumnTally<ChunkValues>) {
        self.filled += other.filled;
        self.empty += other.empty;
        self.repeated |= other.repeated;
        for (own, other) in self.kinds.iter_mut().zip(other.kinds) {
            *own += other;
        }
        for (kind, count) in other.identifiers {
            *self.identifiers.entry(kind).or_default() += count;
        }
        self.values.merge(&other.values);
        self.distinct.merge(&other.distinct);
        self.dates.merge(other.dates);
        self.widths.merge(&other.widths);
        self.shapes.merge(&other.shapes);
        self.longest = self.longest.max(other.longest);
        self.bytes += other.bytes;
        self.worded += other.worded;
        self.integers = match (self.integers, other.integers) {
            (Some((least, most)), Some((least2, most2))) => {
                Some((least.min(least2), most.max(most2)))
            }
            (one, another) => one.or(another),
        };
        self.mojibake += other.mojibake;
        self.cut_off += other.cut_off;
    }
}
