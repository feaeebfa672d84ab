//! The different values of the columns of a chunk, with their counts.

use crate::chunk::Chunk;
use crate::distinct_texts::TextNumbers;

/// Rows of which all columns are looked at before the next ones are: as many as stay in the cache.
const ROWS: usize = 512;

/// Counts the different values of each column, chunk by chunk; what it needs room for is kept for the next.
#[derive(Debug, Default)]
pub(in crate::scan) struct Counter {
    columns: Vec<Different>,
}

/// The different values of one column of a chunk.
#[derive(Debug, Default)]
pub(in crate::scan) struct Different {
    numbers: TextNumbers,
    /// The row in which each value first appears, and how many cells have it; in the order of appearance.
    values: Vec<(u32, u32)>,
    /// Cells without content.
    pub(super) empty: u64,
}

impl Counter {
    /// Counts the values of a chunk, and gives them by column.
    pub(in crate::scan) fn count(&mut self, chunk: &Chunk) -> &[Different] {
        self.columns.resize_with(chunk.width, Different::default);
        self.columns.iter_mut().for_each(Different::clear);
        let rows = chunk.records.len();
        for first in (0..rows).step_by(ROWS) {
            for (column, different) in self.columns.iter_mut().enumerate() {
                for row in first..rows.min(first + ROWS) {
                    different.count(chunk, row, column);
                }
            }
        }
        &self.columns
    }
}

impl Different {
    fn clear(&mut self) {
        self.numbers.clear();
        self.values.clear();
        self.empty = 0;
    }

    #[inline]
    fn count(&mut self, chunk: &Chunk, row: usize, column: usize) {
        let cell = chunk.trimmed(row, column);
        if cell.is_empty() {
            self.empty += 1;
            return;
        }
        let values = &self.values;
        let at = self.numbers.number(cell, |known| {
            let first = values.get(known);
            first.is_some_and(|(row, _)| chunk.trimmed(*row as usize, column) == cell)
        });
        match self.values.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => self.values.push((row as u32, 1)),
        }
    }

    /// The values with their counts, in the order of their first appearance.
    pub(super) fn values<'c>(
        &self,
        chunk: &'c Chunk,
        column: usize,
    ) -> impl Iterator<Item = (&'c str, u64)> {
        let values = self.values.iter();
        values.map(move |(row, count)| (chunk.trimmed(*row as usize, column), u64::from(*count)))
    }
}
