//! Cells of dates and points in time: in the formats that another cell of the record chooses, or in the
//! order of day and month that their column has proven.

use super::cells::Cells;
use super::column::Mapped;
use crate::candidate::Values;
use crate::cell::Reading;
use crate::cell::chosen::Chosen;
use crate::cell::date::DateReader;
use crate::cell::date_order::DateOrder;
use crate::cell::timestamp::TimestampReader;

/// A reader that may leave the order of day and month to the cells.
pub(super) trait OrderedReader: Sized {
    type Value: Copy + Default + PartialEq;

    fn read(&self, cell: &str) -> Reading<Self::Value>;
    fn in_order(&self, order: DateOrder) -> Self;
}

impl OrderedReader for DateReader {
    type Value = i32;

    fn read(&self, cell: &str) -> Reading<i32> {
        self.read(cell)
    }

    fn in_order(&self, order: DateOrder) -> DateReader {
        self.in_order(order)
    }
}

impl OrderedReader for TimestampReader {
    type Value = i64;

    fn read(&self, cell: &str) -> Reading<i64> {
        self.read(cell)
    }

    fn in_order(&self, order: DateOrder) -> TimestampReader {
        self.in_order(order)
    }
}

impl Mapped<'_> {
    /// Reads the cells of a field of dates or points in time.
    pub(super) fn dates<R: OrderedReader>(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        readers: &Chosen<R>,
        values: &mut Values<R::Value>,
    ) {
        match readers {
            Chosen::ByWord(readers) => self.values(field, cells, values, |row, cell| {
                readers.read(cells.word(row), |reader| reader.read(cell))
            }),
            Chosen::Always(reader) => {
                let settled = cells.orders.iter();
                let settled = settled.map(|(column, order)| (*column, reader.in_order(*order)));
                let settled: Vec<(usize, R)> = settled.collect();
                self.values(field, cells, values, |row, cell| {
                    cells.settled(row, &settled, reader).read(cell)
                });
            }
        }
    }
}

impl<'c> Cells<'c> {
    /// What the cell says that chooses between the formats of a candidate's cell.
    fn word(&self, row: usize) -> &'c str {
        match self.decider {
            Some(column) => self.chunk.cell(self.rows[row] as usize, column),
            None => "",
        }
    }

    /// The reader of a candidate's cell: where its column has proven an order, that of the order.
    fn settled<'r, R>(&self, row: usize, readers: &'r [(usize, R)], usual: &'r R) -> &'r R {
        if readers.is_empty() {
            return usual;
        }
        let row = self.rows[row] as usize;
        let column = self.source.column(self.chunk, row, self.null_values);
        let own = readers.iter().find(|(settled, _)| Some(*settled) == column);
        own.map_or(usual, |(_, reader)| reader)
    }
}
