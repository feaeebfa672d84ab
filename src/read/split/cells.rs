//! The cells of a CSV record.

use memchr::{memchr, memchr_iter};

use crate::chunk::{RecordFault, Span};

use super::super::cut::Separators;
use super::{Rows, span};

/// Adds the cells of a record as a row. `start` is where the record lies in the chunk's text.
///
/// # Errors
/// The record has more or fewer cells than `width`; no row is added then.
pub(super) fn row(
    record: &str,
    start: usize,
    separators: Separators,
    width: usize,
    rows: &mut Rows,
) -> Result<(), RecordFault> {
    let before = rows.mark();
    let stray = split(record, start, separators, rows);
    let cells = rows.spans.len() - before.spans;
    if cells != width {
        rows.take_back(before);
        return Err(RecordFault::Ragged {
            cells: cells as u32,
            expected: width as u32,
        });
    }
    if stray {
        rows.stray_quotes.push(rows.count);
    }
    rows.count += 1;
    Ok(())
}

/// Adds the cells of a record, however many; says whether text follows a closing quote.
pub(super) fn split(record: &str, start: usize, separators: Separators, rows: &mut Rows) -> bool {
    let bytes = record.as_bytes();
    let quote = separators
        .quote
        .filter(|quote| memchr(*quote, bytes).is_some());
    let Some(quote) = quote else {
        let mut from = start;
        for at in memchr_iter(separators.delimiter, bytes) {
            rows.spans.push(span(from, start + at));
            from = start + at + 1;
        }
        rows.spans.push(span(from, start + bytes.len()));
        return false;
    };
    let mut stray = false;
    let mut from = 0;
    loop {
        let (end, cell) = if bytes.get(from) == Some(&quote) {
            let cell = Quoted::find(record, from, quote, separators.delimiter);
            stray |= !cell.behind.is_empty();
            (cell.end, cell.place(start, quote, rows))
        } else {
            let end = cell_end(bytes, from, separators.delimiter);
            (end, span(start + from, start + end))
        };
        rows.spans.push(cell);
        if end >= bytes.len() {
            return stray;
        }
        from = end + 1;
    }
}

fn cell_end(bytes: &[u8], from: usize, delimiter: u8) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    memchr(delimiter, rest).map_or(bytes.len(), |length| from + length)
}

/// A cell that begins with a quote.
struct Quoted<'r> {
    /// First byte behind the opening quote.
    from: usize,
    /// What stands between the quotes, doubled quotes still doubled.
    inside: &'r str,
    doubled: bool,
    /// What stands between the closing quote and the end of the cell.
    behind: &'r str,
    /// The delimiter behind the cell, or the end of the record.
    end: usize,
}

impl<'r> Quoted<'r> {
    fn find(record: &'r str, at: usize, quote: u8, delimiter: u8) -> Quoted<'r> {
        let bytes = record.as_bytes();
        let from = at + 1;
        let mut doubled = false;
        let mut look = from;
        let close = loop {
            let rest = bytes.get(look..).unwrap_or_default();
            let Some(length) = memchr(quote, rest) else {
                // the cutter lets no such record pass, but the header is read in any case
                break bytes.len();
            };
            let found = look + length;
            if bytes.get(found + 1) != Some(&quote) {
                break found;
            }
            doubled = true;
            look = found + 2;
        };
        let end = cell_end(bytes, close, delimiter);
        Quoted {
            from,
            inside: record.get(from..close).unwrap_or_default(),
            doubled,
            behind: record.get(close + 1..end).unwrap_or_default(),
            end,
        }
    }

    /// The cell's text: where it stands, if that is possible, or else unescaped in the tail.
    fn place(&self, start: usize, quote: u8, rows: &mut Rows) -> Span {
        if !self.doubled && self.behind.is_empty() {
            let from = start + self.from;
            return span(from, from + self.inside.len());
        }
        rows.append(|tail| {
            let mut rest = self.inside;
            while let Some(at) = memchr(quote, rest.as_bytes()) {
                tail.push_str(rest.get(..=at).unwrap_or_default());
                rest = rest.get(at + 2..).unwrap_or_default();
            }
            tail.push_str(rest);
            tail.push_str(self.behind);
        })
    }
}
