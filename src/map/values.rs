//! Cells of values, read into one column of them, and what there is to say about each.

use super::binding::CellSource;
use super::cells::Cells;
use super::column::Mapped;
use super::distinct::Known;
use super::is_null;
use crate::candidate::Values;
use crate::cell::key_widths::{KeyWidths, with_zeros};
use crate::cell::{CellFault, Reading};

impl Mapped<'_> {
    pub(super) fn values<T: Copy + Default>(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        column: &mut Values<T>,
        mut read: impl FnMut(usize, &str) -> Reading<T>,
    ) {
        if cells.are_blank() {
            return;
        }
        let default = cells.plan.default.as_deref();
        // a crosswalk may give a value that a default would take the place of
        if let Some(place) = cells.only_column()
            && (default.is_none() || self.stated.is_none())
        {
            return self.column_values(field, cells, place, column, read);
        }
        cells.each(self.rows, |row| {
            let cell = self.or_default(row, field, cells);
            if cell.is_empty() {
                return;
            }
            let mut reading = read(row, &cell);
            self.put(column, row, field, &cell, reading);
            if let Reading::Nothing(_) = reading
                && let Some(other) = cells.other(row)
            {
                reading = read(row, other);
                self.put(column, row, field, other, reading);
            }
            // A cell that stands for nothing has a default as an empty one has.
            if let (Reading::Nothing(_), Some(default)) = (reading, default) {
                self.note(row, field, CellFault::Defaulted, &cell);
                let reading = read(row, default);
                self.put(column, row, field, default, reading);
            }
        });
    }

    /// As [`Mapped::values`] for the cells of one column, as nearly all are.
    fn column_values<T: Copy + Default>(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        place: usize,
        column: &mut Values<T>,
        mut read: impl FnMut(usize, &str) -> Reading<T>,
    ) {
        let default = cells.plan.default.as_deref();
        for row in 0..self.rows {
            let record = cells.rows[row];
            let cell = cells.chunk.trimmed(record as usize, place);
            if is_null(cell, cells.null_values) {
                if let Some(default) = default {
                    self.note(row, field, CellFault::Defaulted, "");
                    let reading = read(row, default);
                    self.put(column, row, field, default, reading);
                }
                continue;
            }
            match read(row, cell) {
                Reading::Value(value) => column.set(row, value),
                Reading::Nothing(fault) if let Some(default) = default => {
                    self.note(row, field, fault, cell);
                    self.note(row, field, CellFault::Defaulted, cell);
                    let reading = read(row, default);
                    self.put(column, row, field, default, reading);
                }
                reading => self.put(column, row, field, cell, reading),
            }
        }
    }

    /// As [`Mapped::values`] for keys, which may have lost leading zeros.
    pub(super) fn keys(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        column: &mut Values<i64>,
        mut read: impl FnMut(usize, &str) -> Reading<i64>,
    ) {
        let mut widths = KeyWidths::default();
        let repairing = cells.repairs.leading_zeros;
        let counted = matches!(cells.source, CellSource::Column(_));
        let mut last = None;
        self.values(field, cells, column, |row, cell| {
            let Some(width) = cells.plan.width else {
                // alerts of one record have one key
                if counted && last.replace(cells.rows[row]) != Some(cells.rows[row]) {
                    widths.add(cell);
                }
                return read(row, cell);
            };
            match with_zeros(cell, width) {
                None => read(row, cell),
                Some(_) if !repairing => Reading::Fault(CellFault::ShortKey),
                Some(whole) => match read(row, &whole) {
                    Reading::Value(id) => Reading::Noted(id, CellFault::ZerosRestored),
                    other => other,
                },
            }
        });
        match self.key_widths.iter_mut().find(|(own, _)| *own == field) {
            Some((_, all)) => all.merge(&widths),
            None => self.key_widths.push((field, widths)),
        }
    }

    /// As [`Mapped::values`], resolving each distinct text once.
    pub(super) fn distinct<T: Known + Default>(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        column: &mut Values<T>,
        read: impl Fn(&str) -> Reading<T>,
    ) {
        let mut known = std::mem::take(self.known);
        let distinct = known.of(cells.plan);
        self.values(field, cells, column, |_, cell| {
            distinct.reading(cell, &read)
        });
        *self.known = known;
    }
}
