//! The cells of a sheet as comma-separated text: one line a row of the sheet, blank rows too, so that
//! the number of a line is that of the row.

use std::ops::Range;

use super::typed;

/// Rows that are looked at to learn where the table begins and ends from left to right.
const LOOK_AHEAD: usize = 1000;
/// Rows and columns that a sheet of any format can have.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// A cell's place in its sheet, counted from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) row: u32,
    pub(super) column: u32,
}

/// Makes text of the cells of one sheet, which come row by row.
#[derive(Default)]
pub(super) struct TableText {
    /// Finished lines.
    pub(super) lines: Vec<u8>,
    /// Rows that have lines.
    written: u32,
    /// The row that cells are being added to.
    row: Row,
    /// Rows in front of which the table's width is not known.
    waiting: Vec<Row>,
    /// The table's columns.
    columns: Option<Range<u32>>,
}

#[derive(Default)]
struct Row {
    number: u32,
    text: String,
    /// Columns that have text, and where it ends.
    cells: Vec<(u32, usize)>,
}

impl Row {
    fn cells(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut start = 0;
        self.cells.iter().map(move |(column, end)| {
            let text = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            (*column, text)
        })
    }
}

impl TableText {
    /// Adds a cell; empty ones may be left out. Says whether it lies behind the one before, and within a
    /// sheet.
    pub(super) fn add(
        &mut self,
        place: Place,
        cell: &impl calamine::DataType,
        digits: usize,
    ) -> bool {
        let last = self.row.cells.last().map_or(0, |(column, _)| column + 1);
        let behind = place.row > self.row.number || place.column >= last;
        let within = place.row < ROWS && place.column < COLUMNS;
        if place.row < self.row.number || !behind || !within {
            return false;
        }
        if place.row > self.row.number {
            self.end_row(place.row);
        }
        let before = self.row.text.len();
        typed::append(cell, digits, &mut self.row.text);
        if self.row.text.len() > before {
            self.row.cells.push((place.column, self.row.text.len()));
        }
        true
    }

    /// Whether no cell with content has been added.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.columns.is_none() && self.row.text.trim().is_empty()
    }

    /// In which column of the sheet the table begins; 0 as long as that is not known.
    pub(super) fn first_column(&self) -> u32 {
        self.columns.as_ref().map_or(0, |columns| columns.start)
    }

    /// No more cells will come.
    pub(super) fn finish(&mut self) {
        self.end_row(self.row.number + 1);
        self.release();
    }

    fn end_row(&mut self, next: u32) {
        let following = Row {
            number: next,
            ..Row::default()
        };
        let row = std::mem::replace(&mut self.row, following);
        if self.columns.is_some() {
            self.write(&row);
            // its room is used again
            self.row.text = row.text;
            self.row.cells = row.cells;
            self.row.text.clear();
            self.row.cells.clear();
        } else if row.cells().any(|(_, text)| !text.trim().is_empty()) {
            self.waiting.push(row);
            if self.waiting.len() == LOOK_AHEAD {
                self.release();
            }
        }
    }

    /// Writes the rows that were waiting for the width of the table.
    fn release(&mut self) {
        let rows = std::mem::take(&mut self.waiting);
        let filled = |row: &Row| -> Vec<u32> {
            let cells = row.cells().filter(|(_, text)| !text.trim().is_empty());
            cells.map(|(column, _)| column).collect()
        };
        let columns: Vec<u32> = rows.iter().flat_map(filled).collect();
        let (first, last) = (columns.iter().min(), columns.iter().max());
        if let (Some(first), Some(last)) = (first, last) {
            self.columns = Some(*first..last + 1);
        }
        for row in &rows {
            self.write(row);
        }
    }

    fn write(&mut self, row: &Row) {
        let Some(columns) = self.columns.clone() else {
            return;
        };
        if row.cells().all(|(_, text)| text.trim().is_empty()) {
            return;
        }
        let blank = row.number.saturating_sub(self.written) as usize;
        self.lines.resize(self.lines.len() + blank, b'\n');
        self.written = row.number + 1;
        let mut cells = row
            .cells()
            .filter(|(at, _)| columns.contains(at))
            .peekable();
        for column in columns.clone() {
            if column > columns.start {
                self.lines.push(b',');
            }
            if let Some((_, text)) = cells.next_if(|(at, _)| *at == column) {
                self.write_cell(text);
            }
        }
        // What stands beside the table is not left out: it makes the record longer than the header.
        let beside = row.cells().filter(|(at, _)| !columns.contains(at));
        for (_, text) in beside.filter(|(_, text)| !text.trim().is_empty()) {
            self.lines.push(b',');
            self.write_cell(text);
        }
        self.lines.push(b'\n');
    }

    fn write_cell(&mut self, text: &str) {
        if !text.contains([',', '"', '\n', '\r']) {
            self.lines.extend_from_slice(text.as_bytes());
            return;
        }
        self.lines.push(b'"');
        self.lines
            .extend_from_slice(text.replace('"', "\"\"").as_bytes());
        self.lines.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use calamine::Data;

    use super::*;

    fn text(cells: &[(u32, u32, &str)]) -> String {
        let mut table = TableText::default();
        for (row, column, text) in cells {
            let place = Place {
                row: *row,
                column: *column,
            };
            assert!(table.add(place, &Data::String((*text).to_owned()), 0));
        }
        table.finish();
        String::from_utf8(table.lines).unwrap()
    }

    #[test]
    fn a_line_a_row_from_the_first_column_with_text() {
        let cells = [
            (2, 1, "id"),
            (2, 2, "note"),
            (3, 1, "1"),
            (6, 2, "a, \"b\"\nc"),
        ];
        assert_eq!(text(&cells), "\n\nid,note\n1,\n\n\n,\"a, \"\"b\"\"\nc\"\n");
    }

    #[test]
    fn white_space_alone_makes_neither_row_nor_column() {
        assert_eq!(text(&[(0, 0, " "), (1, 1, "id"), (1, 2, " ")]), "\nid\n");
        assert_eq!(text(&[(0, 0, " ")]), "");
        assert_eq!(text(&[]), "");
    }

    #[test]
    fn what_stands_beside_the_table_is_not_lost() {
        let mut cells: Vec<(u32, u32, &str)> = (0..1000).map(|row| (row, 1, "x")).collect();
        cells.extend([(1000, 0, "left"), (1000, 1, "x"), (1000, 4, "right")]);
        assert!(text(&cells).ends_with("x\nx\nx,left,right\n"));
    }

    #[test]
    fn cells_come_in_order() {
        let mut table = TableText::default();
        let cell = Data::Int(1);
        let mut add = |row, column| table.add(Place { row, column }, &cell, 0);
        assert!(add(1, 1));
        assert!(!add(1, 1));
        assert!(!add(0, 5));
        assert!(add(2, 0));
    }

    #[test]
    fn no_cell_lies_outside_a_sheet() {
        let mut table = TableText::default();
        let cell = Data::Int(1);
        let mut add = |row, column| table.add(Place { row, column }, &cell, 0);
        assert!(!add(0, 16_384));
        assert!(add(1_048_575, 16_383));
        assert!(!add(1_048_576, 0));
    }
}
