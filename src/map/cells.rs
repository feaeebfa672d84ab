//! The cells of one field as one kind of alert reads them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::binding::CellSource;
use super::is_null;
use crate::cell::date_order::DateOrder;
use crate::cell::repairs::Repairs;
use crate::cell::spreadsheet;
use crate::chunk::Chunk;
use crate::profile::FieldPlan;

/// The cells of one field as one kind of alert reads them.
pub(super) struct Cells<'c> {
    pub chunk: &'c Chunk,
    /// The chunk's row of each candidate.
    pub rows: &'c [u32],
    /// The candidates that are read so; `None` for all.
    pub only: Option<&'c [u32]>,
    pub plan: &'c FieldPlan,
    pub source: &'c CellSource,
    /// The column that chooses between the formats of the cells.
    pub decider: Option<usize>,
    /// The columns whose cells have proven an order of day and month.
    pub orders: Vec<(usize, DateOrder)>,
    pub null_values: &'c HashSet<String>,
    pub repairs: Repairs,
}

impl<'c> Cells<'c> {
    /// The trimmed text of a candidate's cell, empty where it says nothing.
    pub(super) fn text(&self, row: usize) -> Cow<'c, str> {
        let record = self.rows[row] as usize;
        let text = match self.source {
            // nearly every cell of nearly every export
            CellSource::Column(column) => Cow::Borrowed(self.chunk.trimmed(record, *column)),
            other => other.text(self.chunk, record, self.null_values),
        };
        if is_null(&text, self.null_values) {
            Cow::Borrowed("")
        } else {
            text
        }
    }

    /// The text of the column that is read where the field's own cell says nothing.
    pub(super) fn other(&self, row: usize) -> Option<&'c str> {
        let CellSource::Either(first, other) = self.source else {
            return None;
        };
        let record = self.rows[row] as usize;
        let [first, other] = [first, other].map(|column| self.chunk.trimmed(record, *column));
        let differ = !is_null(first, self.null_values) && !is_null(other, self.null_values);
        differ.then_some(other)
    }

    /// Whether a candidate's cell is as long as one of a spreadsheet can be, white space included.
    pub(super) fn is_cut_off(&self, row: usize) -> bool {
        let columns = match self.source {
            CellSource::Column(column) => [Some(*column), None],
            CellSource::Either(first, other) => [Some(*first), Some(*other)],
            CellSource::Nothing | CellSource::Constant(_) | CellSource::Composed(_) => [None; 2],
        };
        let record = self.rows[row] as usize;
        let mut cells = columns
            .iter()
            .flatten()
            .map(|at| self.chunk.cell(record, *at));
        cells.any(spreadsheet::is_cut_off)
    }

    /// The column that all candidates' cells stand in.
    pub(super) fn only_column(&self) -> Option<usize> {
        match self.source {
            CellSource::Column(column) if self.only.is_none() => Some(*column),
            _ => None,
        }
    }

    /// The same, where nothing stands in for an empty cell.
    pub(super) fn plain_column(&self) -> Option<usize> {
        self.only_column().filter(|_| self.plan.default.is_none())
    }

    /// Whether no cell can hold anything.
    pub(super) fn are_blank(&self) -> bool {
        *self.source == CellSource::Nothing && self.plan.default.is_none()
    }

    /// The candidates, of so many, that are read so.
    pub(super) fn each(&self, rows: usize, mut see: impl FnMut(usize)) {
        match self.only {
            None => (0..rows).for_each(see),
            Some(rows) => rows.iter().for_each(|row| see(*row as usize)),
        }
    }
}
