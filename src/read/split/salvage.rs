//! The cells of a record in which a quote is not where it should be.
//!
//! A record tells nothing of which of its quotes is wrong, but the table does: it has so many cells.
//! Of the readings that are tried the first is taken in which every quoted cell is closed and there are
//! as many cells. Such a reading is shown, and is not believed: the record stays unreadable.

use super::super::cut::Separators;
use super::cells::unescape;

/// Quoted cells that are tried as unquoted ones, at most.
const TRIES: usize = 64;

/// The cells of a record with `width` cells; `None` where no reading makes as many.
pub(in crate::read) fn salvage(
    record: &str,
    separators: Separators,
    width: usize,
) -> Option<Vec<String>> {
    closed(record, separators, width).or_else(|| {
        let reading = |cell| Reading::new(separators, true, Some(cell))?.cells(record);
        let fits = |cells: &Vec<String>| cells.len() == width;
        (0..TRIES.min(width)).find_map(|cell| reading(cell).filter(fits))
    })
}

/// The cells of a record with `width` cells, where each quote in front of a cell is one that encloses
/// it; `None` where no reading makes as many.
pub(super) fn closed(record: &str, separators: Separators, width: usize) -> Option<Vec<String>> {
    let reading = |doubled| Reading::new(separators, doubled, None)?.cells(record);
    let fits = |cells: &Vec<String>| cells.len() == width;
    let doubled = reading(true).filter(fits);
    doubled.or_else(|| reading(false).filter(fits))
}

/// A way to read a record: a quote closes its cell only where the cell ends behind it.
struct Reading {
    separators: Separators,
    quote: u8,
    /// Whether a doubled quote is one quote of the text, and cannot close its cell.
    doubled: bool,
    /// The cell whose quote in front is text.
    literal: Option<usize>,
}

impl Reading {
    fn new(separators: Separators, doubled: bool, literal: Option<usize>) -> Option<Reading> {
        Some(Reading {
            quote: separators.quote?,
            separators,
            doubled,
            literal,
        })
    }

    /// The cells; `None` where a quoted cell is not closed.
    fn cells(&self, record: &str) -> Option<Vec<String>> {
        let bytes = record.as_bytes();
        let mut cells = Vec::new();
        let mut from = 0;
        loop {
            let quoted = bytes.get(from) == Some(&self.quote) && self.literal != Some(cells.len());
            let end = if quoted {
                let close = self.close(bytes, from + 1)?;
                cells.push(self.text(record.get(from + 1..close)?));
                close + 1
            } else {
                let rest = bytes.get(from..)?;
                let length = memchr::memchr(self.separators.delimiter, rest);
                let end = length.map_or(bytes.len(), |length| from + length);
                cells.push(record.get(from..end)?.to_owned());
                end
            };
            if end >= bytes.len() {
                return Some(cells);
            }
            from = self.separators.cell_start(bytes, end + 1);
        }
    }

    /// The quote that closes the cell whose text begins at `from`.
    fn close(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr::memchr(self.quote, bytes.get(at..)?)?;
            let next = bytes.get(at + 1);
            if self.separators.is_escaped(bytes, at) {
                at += 1;
            } else if next.is_none_or(|next| *next == self.separators.delimiter) {
                return Some(at);
            } else if self.doubled && next == Some(&self.quote) {
                at += 2;
            } else {
                at += 1;
            }
        }
    }

    fn text(&self, inside: &str) -> String {
        let mut text = String::with_capacity(inside.len());
        match self.doubled {
            true => unescape(inside, self.quote, self.separators.escape, &mut text),
            false => text.push_str(inside),
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(record: &str, width: usize) -> Option<Vec<String>> {
        let separators = Separators {
            delimiter: b',',
            quote: Some(b'"'),
            ..Separators::default()
        };
        salvage(record, separators, width)
    }

    #[test]
    fn quotes_in_the_text_are_kept() {
        let cells = read("1,\"the \"big\" one\",x", 3).unwrap();
        assert_eq!(cells, ["1", "the \"big\" one", "x"]);
        let cells = read("1,\"round, 48\"\",\"made, here\"", 3).unwrap();
        assert_eq!(cells, ["1", "round, 48\"", "made, here"]);
    }

    #[test]
    fn a_quote_that_nothing_closes_is_text() {
        let cells = read("9,\"CC,48,\"Throw, Pillow\",\"x\"", 5).unwrap();
        assert_eq!(cells, ["9", "\"CC", "48", "Throw, Pillow", "x"]);
        assert_eq!(read("a,b,\"", 3).unwrap(), ["a", "b", "\""]);
    }

    #[test]
    fn other_numbers_of_cells_are_not_found() {
        assert_eq!(read("a,\"b", 3), None);
        assert_eq!(read("a,b", 3), None);
    }
}
