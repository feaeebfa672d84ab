//! Kernels: one keyword, or several, over the cells of one column.

use std::collections::HashSet;

use arrow_buffer::BooleanBuffer;
use jsonschema::Validator;
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::record::{Kind, Source, cell};
use crate::candidate::{Candidates, Column, State, Values};

/// Which values of a column break a keyword.
#[derive(Debug)]
pub(super) enum Kernel {
    /// None.
    Never,
    /// All.
    Always,
    /// Whole numbers outside of the bounds.
    Outside(i64, i64),
    /// Whole numbers, or days, that are not in the set.
    NotIn(NumberSet),
    /// Text whose length in characters is outside of the bounds.
    Length(usize, usize),
    /// Text that is none of these.
    NotAmong(HashSet<String>),
    /// Whether false and true, the words of a list by their place, or the words of a code list by its
    /// key break it; what the list does not have counts as empty.
    Table(Vec<Option<bool>>),
    /// What the judge says of the keyword by itself.
    Judged(Box<Validator>),
}

/// Which cells of a column break a keyword.
#[derive(Debug)]
pub(super) struct Cells {
    /// The cells with a value.
    pub kernel: Kernel,
    /// Whether a cell without a value breaks it.
    pub empty: bool,
}

impl Cells {
    /// No cell.
    pub(super) const NONE: Cells = Cells {
        kernel: Kernel::Never,
        empty: false,
    };

    /// Whether it is no cell.
    pub(super) fn is_none(&self) -> bool {
        matches!(self.kernel, Kernel::Never) && !self.empty
    }

    /// The cells that break either: one kernel, or two where no single one says it.
    pub(super) fn or(self, other: Cells) -> (Cells, Option<Cells>) {
        let empty = self.empty || other.empty;
        let kernel = match (self.kernel, other.kernel) {
            (Kernel::Never, kernel) | (kernel, Kernel::Never) => kernel,
            (Kernel::Always, _) | (_, Kernel::Always) => Kernel::Always,
            (Kernel::Outside(low, high), Kernel::Outside(other_low, other_high)) => {
                Kernel::Outside(low.max(other_low), high.min(other_high))
            }
            (Kernel::NotIn(set), Kernel::Outside(low, high))
            | (Kernel::Outside(low, high), Kernel::NotIn(set)) => {
                Kernel::NotIn(set.within(low, high))
            }
            (Kernel::Length(low, high), Kernel::Length(other_low, other_high)) => {
                Kernel::Length(low.max(other_low), high.min(other_high))
            }
            (kernel, other) => {
                let first = Cells { kernel, empty };
                let second = Cells {
                    kernel: other,
                    empty: false,
                };
                return (first, Some(second));
            }
        };
        (Cells { kernel, empty }, None)
    }

    /// The rows of a batch whose cell breaks the keyword.
    pub(super) fn rows(
        &self,
        source: &Source,
        batch: &Candidates,
        landlord: &str,
    ) -> BooleanBuffer {
        let all = |set: bool| match set {
            true => BooleanBuffer::new_set(batch.rows),
            false => BooleanBuffer::new_unset(batch.rows),
        };
        match source {
            Source::Fixed(_) => all(matches!(self.kernel, Kernel::Always)),
            Source::Landlord => all(match &self.kernel {
                Kernel::Judged(judge) => !judge.is_valid(&Value::from(landlord)),
                kernel => matches!(kernel, Kernel::Always),
            }),
            Source::Column { at, kind, .. } => self.cells(&batch.columns[*at], kind),
            Source::Listed { at, .. } => self.cells(&batch.columns[*at], &Kind::Integer),
        }
    }

    fn cells(&self, column: &Column, kind: &Kind) -> BooleanBuffer {
        let states = column.states();
        let rows = states.len();
        match (&self.kernel, column) {
            (Kernel::Never, _) => {
                BooleanBuffer::collect_bool(rows, |row| self.empty && states[row] != State::Value)
            }
            (Kernel::Always, _) => {
                BooleanBuffer::collect_bool(rows, |row| self.empty || states[row] == State::Value)
            }
            (Kernel::Outside(low, high), _) => {
                self.numbers(column, |number| number < *low || number > *high)
            }
            (Kernel::NotIn(set), _) => self.numbers(column, |number| !set.has(number)),
            (Kernel::Length(low, high), Column::Text(texts)) => self.each(states, |row| {
                texts.get(row).is_some_and(|text| !fits(text, *low, *high))
            }),
            (Kernel::NotAmong(words), Column::Text(texts)) => self.each(states, |row| {
                texts.get(row).is_some_and(|text| !words.contains(text))
            }),
            (Kernel::Table(table), _) => self.table(table, column),
            (Kernel::Judged(judge), Column::Text(texts)) => {
                // One buffer for all cells.
                let mut value = Value::String(String::new());
                self.each(states, |row| {
                    if let (Value::String(own), Some(text)) = (&mut value, texts.get(row)) {
                        own.clear();
                        own.push_str(text);
                    }
                    !judge.is_valid(&value)
                })
            }
            (Kernel::Judged(judge), _) => self.each(states, |row| {
                cell(column, kind, row).is_none_or(|value| !judge.is_valid(&value))
            }),
            // A column of another type than the kernel was made for.
            _ => BooleanBuffer::new_set(rows),
        }
    }

    fn each(&self, states: &[State], mut breaks: impl FnMut(usize) -> bool) -> BooleanBuffer {
        BooleanBuffer::collect_bool(states.len(), |row| match states[row] {
            State::Value => breaks(row),
            _ => self.empty,
        })
    }

    fn numbers(&self, column: &Column, breaks: impl Fn(i64) -> bool) -> BooleanBuffer {
        fn over<T: Copy>(
            column: &Values<T>,
            empty: bool,
            breaks: impl Fn(T) -> bool,
        ) -> BooleanBuffer {
            let cells = &column.values;
            BooleanBuffer::collect_bool(cells.len(), |row| match column.states[row] {
                State::Value => breaks(cells[row]),
                _ => empty,
            })
        }
        match column {
            Column::Int64(column) | Column::Timestamp(column) => over(column, self.empty, breaks),
            Column::Int32(column) | Column::Date(column) => {
                over(column, self.empty, |number| breaks(i64::from(number)))
            }
            _ => BooleanBuffer::new_set(column.states().len()),
        }
    }

    fn table(&self, table: &[Option<bool>], column: &Column) -> BooleanBuffer {
        let states = column.states();
        let breaks = |at: usize| table.get(at).copied().flatten().unwrap_or(self.empty);
        match column {
            Column::Bool(column) => {
                self.each(states, |row| breaks(usize::from(column.values[row])))
            }
            Column::Term(column) => {
                self.each(states, |row| breaks(usize::from(column.values[row])))
            }
            Column::Int32(column) => self.each(states, |row| {
                usize::try_from(column.values[row]).map_or(self.empty, breaks)
            }),
            _ => BooleanBuffer::new_set(states.len()),
        }
    }
}

/// Whether a text has as many characters as asked for; bytes decide where they can.
fn fits(text: &str, low: usize, high: usize) -> bool {
    if text.len() <= high && text.len() >= low.saturating_mul(4) {
        return true;
    }
    let length = text.chars().count();
    low <= length && length <= high
}

/// A set of whole numbers.
#[derive(Debug)]
pub(super) enum NumberSet {
    /// Numbers near each other: the least, and for each from there on whether it is in the set.
    Near(i64, Vec<bool>),
    /// Any others.
    Far(FxHashSet<i64>),
}

impl NumberSet {
    /// Numbers that span no more than this are held as a list.
    const SPAN: i64 = 1 << 16;

    pub(super) fn new(numbers: impl IntoIterator<Item = i64>) -> NumberSet {
        let numbers: FxHashSet<i64> = numbers.into_iter().collect();
        let low = numbers.iter().copied().min().unwrap_or_default();
        let high = numbers.iter().copied().max().unwrap_or_default();
        match high.checked_sub(low) {
            Some(span) if span < NumberSet::SPAN => {
                let near = (low..=high).map(|number| numbers.contains(&number));
                NumberSet::Near(low, near.collect())
            }
            _ => NumberSet::Far(numbers),
        }
    }

    fn has(&self, number: i64) -> bool {
        match self {
            NumberSet::Near(low, near) => {
                let at = number
                    .checked_sub(*low)
                    .and_then(|at| usize::try_from(at).ok());
                at.is_some_and(|at| near.get(at) == Some(&true))
            }
            NumberSet::Far(numbers) => numbers.contains(&number),
        }
    }

    fn within(self, low: i64, high: i64) -> NumberSet {
        let inside = |number: &i64| (low..=high).contains(number);
        match self {
            NumberSet::Near(least, near) => {
                let numbers = near.iter().enumerate().filter(|(_, is_in)| **is_in);
                NumberSet::new(numbers.map(|(at, _)| least + at as i64).filter(inside))
            }
            NumberSet::Far(numbers) => NumberSet::new(numbers.into_iter().filter(inside)),
        }
    }
}
