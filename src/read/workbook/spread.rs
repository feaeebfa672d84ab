//! How many cells the repeats of an OpenDocument spreadsheet come to, which the parser lays out one by one.

use quick_xml::events::BytesStart;

use super::book::BookFault;

/// Cells that a workbook may come to.
const MOST: u64 = 16 << 20;
/// Cells that it may come to, however few are written.
const PLACES: u64 = 4 << 20;
/// Cells for each written one beyond that.
const PLACES_A_CELL: u64 = 200;
/// Columns and rows that a sheet can have.
const COLUMNS: u64 = 16_384;
const ROWS: u64 = 1_048_576;

/// The cells that have been laid out so far.
#[derive(Default)]
pub(super) struct Spread {
    /// Cells that are written with content.
    written: u64,
    /// Cells of the tables and rows that have ended.
    laid_out: u64,
    /// Rows of the table, up to the last with content, and behind that.
    rows: u64,
    blank_rows: u64,
    width: u64,
    /// Columns of the row, up to the last cell with content, and behind that; how often it is repeated.
    columns: u64,
    blank_columns: u64,
    repeats: u64,
}

impl Spread {
    /// An element begins.
    pub(super) fn begin(&mut self, element: &BytesStart<'_>) {
        match element.name().0 {
            "table:table-row" => {
                self.repeats = repeats(element, "table:number-rows-repeated").min(ROWS);
                (self.columns, self.blank_columns) = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeats = repeats(element, "table:number-columns-repeated");
                self.blank_columns = (self.blank_columns.saturating_add(repeats)).min(COLUMNS);
                if has_content(element) {
                    self.written += 1;
                    self.columns = (self.columns + self.blank_columns).min(COLUMNS);
                    self.blank_columns = 0;
                }
            }
            _ => {}
        }
    }

    /// An element of that name ends.
    ///
    /// # Errors
    /// The cells are too many.
    pub(super) fn end(&mut self, name: &str) -> Result<(), BookFault> {
        match name {
            "table:table-row" => {
                self.blank_rows = (self.blank_rows + self.repeats).min(ROWS);
                if self.columns > 0 {
                    self.rows = (self.rows + self.blank_rows).min(ROWS);
                    self.blank_rows = 0;
                }
                self.width = self.width.max(self.columns);
                self.laid_out += self.columns;
            }
            "table:table" => {
                self.laid_out += self.rows * self.width;
                (self.rows, self.blank_rows, self.width) = (0, 0, 0);
            }
            _ => return Ok(()),
        }
        match self.laid_out > MOST.min(PLACES + PLACES_A_CELL * self.written) {
            true => Err(BookFault::TooLarge),
            false => Ok(()),
        }
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u64 {
    let mut attributes = element.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.0 == name);
    found
        .and_then(|attribute| attribute.value.parse().ok())
        .unwrap_or(1)
}

fn has_content(element: &BytesStart<'_>) -> bool {
    let mut attributes = element.attributes().flatten();
    attributes.any(|attribute| {
        let key = attribute.key.0;
        key.starts_with("office:") || key.starts_with("calcext:") || key == "table:formula"
    })
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;

    fn spread(rows: &str) -> Result<(), BookFault> {
        let table = format!("<table:table>{rows}</table:table>");
        let mut xml = Reader::from_str(&table);
        let mut spread = Spread::default();
        loop {
            match xml.read_event().unwrap() {
                Event::Start(element) => spread.begin(&element),
                Event::Empty(element) => {
                    spread.begin(&element);
                    spread.end(element.name().0)?;
                }
                Event::End(element) => spread.end(element.name().0)?,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    const CELL: &str = r#"<table:table-cell office:value="1"/>"#;

    #[test]
    fn what_is_blank_to_the_end_is_not_laid_out() {
        let rows = format!(
            r#"<table:table-row>{CELL}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>
            <table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#
        );
        assert_eq!(spread(&rows), Ok(()));
    }

    #[test]
    fn repeats_are_multiplied() {
        let wide = r#"<table:table-cell office:value="1" table:number-columns-repeated="16384"/>"#;
        let rows = format!(
            r#"<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>"#
        );
        assert_eq!(spread(&rows), Err(BookFault::TooLarge));
        let rows = format!("<table:table-row>{wide}</table:table-row>").repeat(300);
        assert_eq!(spread(&rows), Err(BookFault::TooLarge));
    }

    #[test]
    fn a_gap_in_the_middle_is_laid_out() {
        let row = format!("<table:table-row>{}</table:table-row>", CELL.repeat(10));
        let gap = r#"<table:table-row table:number-rows-repeated="1000000"/>"#;
        assert_eq!(
            spread(&format!("{row}{gap}{row}")),
            Err(BookFault::TooLarge)
        );
        let gap = r#"<table:table-row table:number-rows-repeated="1000"/>"#;
        assert_eq!(spread(&format!("{row}{gap}{row}")), Ok(()));
    }
}
