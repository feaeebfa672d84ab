//! What is counted of a column, chunk by chunk.
//!
//! A chunk counts its different values first, and looks at each of them once: a landlord has three hundred
//! labels in ten million rows. Tallies of chunks are merged in input order, so that what is kept does not
//! depend on the number of threads.

mod cell_kind;
mod date_shape;
mod dates;
mod shape;
mod values;

use std::collections::BTreeMap;

use crate::cell::key_widths::KeyWidths;
use crate::cell::{mojibake, spreadsheet};
use crate::chunk::Chunk;
use crate::distinct::Distinct;
use crate::distinct_texts::DistinctTexts;
use crate::text_scan::{self, Kind};

use date_shape::KnownFormats;

pub(super) use cell_kind::CellKind;
pub(crate) use date_shape::mirrored;
pub(super) use dates::DateTally;
pub(super) use values::MOST_VALUES;

use shape::Shapes;
use values::Values;

/// Bytes of the shortest cell that is searched for numbers that name a person.
const SHORTEST_SEARCHED: usize = 6;

/// Hashes by which the number of values is estimated; it is off by 1.6 percent.
const DISTINCT: usize = 4096;

/// What is counted of one column.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnTally {
    /// Cells with content.
    pub filled: u64,
    /// Cells without.
    pub empty: u64,
    /// Its values.
    pub values: Values,
    /// The number of its values, where they are many.
    pub distinct: Distinct<DISTINCT>,
    /// Whether some value was seen twice.
    pub repeated: bool,
    /// Cells of each kind.
    pub kinds: BTreeMap<CellKind, u64>,
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

impl ColumnTally {
    /// Counts a column of a chunk.
    pub(super) fn of(chunk: &Chunk, column: usize) -> ColumnTally {
        let mut tally = ColumnTally::default();
        let mut distinct = DistinctTexts::default();
        let mut found: Vec<(&str, u64)> = Vec::new();
        let mut last: Option<(&str, usize)> = None;
        for row in 0..chunk.records.len() {
            let cell = chunk.trimmed(row, column);
            if cell.is_empty() {
                tally.empty += 1;
                continue;
            }
            let at = match last {
                Some((own, at)) if own == cell => at,
                _ => distinct.number(cell),
            };
            last = Some((cell, at));
            match found.get_mut(at) {
                Some((_, count)) => *count += 1,
                None => found.push((cell, 1)),
            }
        }
        let mut formats = KnownFormats::default();
        for (value, count) in &found {
            tally.look_at(value, *count, &mut formats);
        }
        tally.search(&found);
        tally
            .distinct
            .add_texts(found.iter().map(|(value, _)| *value));
        tally.values = Values::of(found);
        tally
    }

    /// Adds what the next chunk has.
    pub(super) fn merge(&mut self, other: ColumnTally) {
        self.filled += other.filled;
        self.empty += other.empty;
        self.repeated |= other.repeated;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for (kind, count) in other.identifiers {
            *self.identifiers.entry(kind).or_default() += count;
        }
        self.values.merge(other.values);
        self.distinct.merge(&other.distinct);
        self.dates.merge(other.dates);
        self.widths.merge(&other.widths);
        self.shapes.merge(other.shapes);
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

    fn look_at(&mut self, value: &str, count: u64, formats: &mut KnownFormats) {
        self.filled += count;
        self.repeated |= count > 1;
        self.bytes += value.len() as u64 * count;
        let length = match value.is_ascii() {
            true => value.len(),
            false => value.chars().count(),
        };
        self.longest = self.longest.max(length as u64);
        if value.contains(char::is_whitespace) {
            self.worded += count;
        }
        if mojibake::is_spoilt(value) {
            self.mojibake += count;
        }
        if spreadsheet::is_cut_off(value) {
            self.cut_off += count;
        }
        let kind = match self.dates.look_at(value, count, formats) {
            true => CellKind::Date,
            false => CellKind::of(value),
        };
        *self.kinds.entry(kind).or_default() += count;
        if kind == CellKind::Integer {
            self.widths.add_many(value, count);
            if let Ok(number) = value.parse() {
                let (least, most) = self.integers.unwrap_or((number, number));
                self.integers = Some((least.min(number), most.max(number)));
            }
        }
        self.shapes.look_at(value, count);
    }

    /// Counts the cells in which a person is named.
    fn search(&mut self, found: &[(&str, u64)]) {
        let mut text = String::new();
        let (mut ends, mut counts) = (Vec::new(), Vec::new());
        for (value, count) in found {
            let searched = value.len() >= SHORTEST_SEARCHED && text_scan::may_hold(value);
            if searched && text.len() + value.len() < u32::MAX as usize {
                text.push_str(value);
                ends.push(text.len() as u32);
                counts.push(*count);
            }
        }
        let mut last = None;
        for found in text_scan::scan(&text, &ends, &|_, _| false) {
            if last == Some((found.row, found.kind)) {
                continue;
            }
            last = Some((found.row, found.kind));
            let count = counts.get(found.row as usize).copied().unwrap_or_default();
            *self.identifiers.entry(found.kind).or_default() += count;
        }
    }
}
