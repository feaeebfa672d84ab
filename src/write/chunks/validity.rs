//! Which rows of a page have a value: Parquet's definition levels.

use super::bits::put_varint;
use crate::candidate::State;

/// A bit a row, set where there is a value.
#[derive(Debug, Default)]
pub(in crate::write) struct Validity {
    /// Whole words of rows.
    words: Vec<u64>,
    /// The rows behind them, fewer than 64.
    last: u64,
    rows: usize,
    nulls: usize,
}

impl Validity {
    /// Adds a run of rows.
    pub(super) fn extend(&mut self, states: &[State]) {
        if states.iter().all(|state| *state == State::Value) {
            return self.push_valid(states.len());
        }
        for state in states {
            self.push(*state == State::Value);
        }
    }

    /// Adds a row.
    #[inline]
    pub(super) fn push(&mut self, valid: bool) {
        self.last |= u64::from(valid) << (self.rows % 64);
        self.rows += 1;
        self.nulls += usize::from(!valid);
        if self.rows.is_multiple_of(64) {
            self.words.push(self.last);
            self.last = 0;
        }
    }

    /// Adds rows that all have a value.
    pub(super) fn push_valid(&mut self, mut rows: usize) {
        while rows > 0 {
            let at = self.rows % 64;
            let count = rows.min(64 - at);
            self.last |= (u64::MAX >> (64 - count)) << at;
            self.rows += count;
            rows -= count;
            if at + count == 64 {
                self.words.push(self.last);
                self.last = 0;
            }
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows have no value.
    pub(super) fn nulls(&self) -> usize {
        self.nulls
    }

    /// Appends the levels, with their length in front.
    pub(super) fn put(&self, into: &mut Vec<u8>) {
        let mut levels = Vec::with_capacity(self.rows / 8 + 16);
        if self.nulls == 0 || self.nulls == self.rows {
            put_varint(&mut levels, (self.rows as u64) << 1);
            levels.push(u8::from(self.nulls == 0));
        } else {
            let groups = self.rows.div_ceil(8);
            put_varint(&mut levels, (groups as u64) << 1 | 1);
            let from = levels.len();
            for word in self.words.iter().chain([&self.last]) {
                levels.extend_from_slice(&word.to_le_bytes());
            }
            levels.truncate(from + groups);
        }
        into.extend_from_slice(&(levels.len() as u32).to_le_bytes());
        into.extend_from_slice(&levels);
    }
}
