//! One field of the standard: the cells of its column, read into a typed column.

use std::collections::HashSet;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::binding::CellSource;
use super::is_null;
use super::keys::KeyReader;
use crate::candidate::{Column, FaultyCell, State, TextValues, Values};
use crate::cell::date_order::DateOrder;
use crate::cell::number::read_integer;
use crate::cell::{CellFault, Reading};
use crate::chunk::Chunk;
use crate::profile::{CellReader, FieldPlan};

/// The cells of one field, a row a candidate.
pub(super) struct Cells<'c> {
    pub chunk: &'c Chunk,
    pub rows: &'c [u32],
    pub source: &'c CellSource,
    /// The order of day and month, where the column has proven one.
    pub order: Option<DateOrder>,
    pub null_values: &'c HashSet<String>,
}

impl<'c> Cells<'c> {
    /// The trimmed text of a candidate's cell, empty where it says nothing.
    fn text(&self, row: usize) -> &'c str {
        let text = match self.source {
            CellSource::Nothing => "",
            CellSource::Constant(text) => text,
            CellSource::Column(column) => self.chunk.cell(self.rows[row] as usize, *column),
        };
        let text = text.trim();
        if is_null(text, self.null_values) {
            ""
        } else {
            text
        }
    }
}

/// What mapping has gathered beside the columns.
pub(super) struct Mapped {
    rows: usize,
    pub faults: Vec<FaultyCell>,
    pub no_alert: Vec<u32>,
    pub person_checks: Vec<u64>,
}

impl Mapped {
    pub(super) fn new(rows: usize) -> Mapped {
        Mapped {
            rows,
            faults: Vec::new(),
            no_alert: Vec::new(),
            person_checks: vec![0; rows],
        }
    }

    /// Reads the cells of one field.
    pub(super) fn column(
        &mut self,
        field: u16,
        plan: &FieldPlan,
        cells: &Cells<'_>,
        keys: KeyReader<'_>,
    ) -> Column {
        match &plan.reader {
            CellReader::PersonKey => {
                let mut checks = vec![0; self.rows];
                let ids = self.values(field, plan, cells, |row, cell| {
                    keys.person(cell, |check| checks[row] = check)
                });
                self.person_checks = checks;
                Column::Int64(ids)
            }
            CellReader::AlertKey => {
                Column::Int64(self.values(field, plan, cells, |_, cell| keys.alert(cell)))
            }
            CellReader::OrganisationKey => {
                Column::Int64(self.values(field, plan, cells, |_, cell| keys.organisation(cell)))
            }
            CellReader::Integer => {
                Column::Int64(self.values(field, plan, cells, |_, cell| read_integer(cell)))
            }
            CellReader::SmallInteger(reader) => {
                Column::Int32(self.values(field, plan, cells, |_, cell| reader.read(cell)))
            }
            CellReader::Date(reader) => {
                let settled = cells.order.map(|order| reader.in_order(order));
                let reader = settled.as_ref().unwrap_or(reader);
                Column::Date(self.values(field, plan, cells, |_, cell| reader.read(cell)))
            }
            CellReader::Timestamp(reader) => {
                let settled = cells.order.map(|order| reader.in_order(order));
                let reader = settled.as_ref().unwrap_or(reader);
                Column::Timestamp(self.values(field, plan, cells, |_, cell| reader.read(cell)))
            }
            CellReader::Boolean(reader) => {
                Column::Bool(self.distinct(field, plan, cells, |cell| reader.read(cell)))
            }
            CellReader::Term(reader) => {
                Column::Term(self.distinct(field, plan, cells, |cell| reader.read(cell)))
            }
            CellReader::Code(reader) => {
                Column::Int32(self.distinct(field, plan, cells, |cell| reader.read(cell)))
            }
            CellReader::Text => Column::Text(self.texts(field, plan, cells)),
        }
    }

    fn values<T: Copy + Default>(
        &mut self,
        field: u16,
        plan: &FieldPlan,
        cells: &Cells<'_>,
        mut read: impl FnMut(usize, &str) -> Reading<T>,
    ) -> Values<T> {
        let mut column = Values::blank(self.rows);
        if *cells.source == CellSource::Nothing && plan.default.is_none() {
            return column;
        }
        for row in 0..self.rows {
            let cell = self.or_default(row, field, plan, cells);
            if cell.is_empty() {
                continue;
            }
            let reading = read(row, cell);
            self.put(&mut column, row, field, cell, reading);
            // A cell that stands for nothing has a default as an empty one has.
            if let (Reading::Nothing(_), Some(default)) = (reading, &plan.default) {
                self.note(row, field, CellFault::Defaulted, cell);
                let reading = read(row, default);
                self.put(&mut column, row, field, default, reading);
            }
        }
        column
    }

    /// As [`Mapped::values`], resolving each distinct text once.
    fn distinct<T: Copy + Default>(
        &mut self,
        field: u16,
        plan: &FieldPlan,
        cells: &Cells<'_>,
        read: impl Fn(&str) -> Reading<T>,
    ) -> Values<T> {
        let mut seen: FxHashMap<String, Reading<T>> = FxHashMap::default();
        self.values(field, plan, cells, |_, cell| match seen.get(cell) {
            Some(reading) => *reading,
            None => {
                let reading = read(cell);
                seen.insert(cell.to_owned(), reading);
                reading
            }
        })
    }

    fn texts(&mut self, field: u16, plan: &FieldPlan, cells: &Cells<'_>) -> TextValues {
        let mut column = TextValues::default();
        for row in 0..self.rows {
            let cell = self.or_default(row, field, plan, cells);
            column.push(Some(cell).filter(|cell| !cell.is_empty()));
        }
        column
    }

    /// A candidate's cell, or the profile's default. Where the input has no such column the default
    /// is what a constant is, and needs no note on every row.
    fn or_default<'t>(
        &mut self,
        row: usize,
        field: u16,
        plan: &'t FieldPlan,
        cells: &Cells<'t>,
    ) -> &'t str {
        let cell = cells.text(row);
        match &plan.default {
            Some(default) if cell.is_empty() => {
                if *cells.source != CellSource::Nothing {
                    self.note(row, field, CellFault::Defaulted, cell);
                }
                default
            }
            _ => cell,
        }
    }

    fn put<T: Clone + Default>(
        &mut self,
        column: &mut Values<T>,
        row: usize,
        field: u16,
        cell: &str,
        reading: Reading<T>,
    ) {
        match reading {
            Reading::Value(value) => column.set(row, value),
            Reading::Noted(value, fault) => {
                column.set(row, value);
                self.note(row, field, fault, cell);
            }
            Reading::Nothing(fault) => self.note(row, field, fault, cell),
            Reading::Fault(fault) => {
                column.states[row] = State::Faulty;
                self.note(row, field, fault, cell);
            }
            Reading::NoAlert => self.no_alert.push(row as u32),
        }
    }

    fn note(&mut self, row: usize, field: u16, fault: CellFault, cell: &str) {
        self.faults.push(FaultyCell {
            row: row as u32,
            field,
            fault,
            text: xxh3_64(cell.as_bytes()),
        });
    }
}
