//! The cells of a CSV record.

use memchr::{memchr, memchr_iter, memchr2};

use crate::chunk::{RecordFault, Removed, Span};

use super::super::cut::Separators;
use super::marks::Marks;
use super::passed_over::BYTE_ORDER_MARK;
use super::salvage::closed;
use super::{Rows, Table, span};

/// Adds the cells of a record as a row. `start` is where the record lies in the chunk's text; `marks` are
/// those of the text, where cells follow from them.
///
/// # Errors
/// The record has more or fewer cells than the table; no row is added then.
pub(super) fn row(
    record: &str,
    start: usize,
    table: &Table,
    marks: Option<&mut Marks>,
    rows: &mut Rows,
) -> Result<(), RecordFault> {
    let before = rows.mark();
    let bare = record.strip_prefix(BYTE_ORDER_MARK).unwrap_or(record);
    let start = start + record.len() - bare.len();
    let quick = marks.is_some_and(|marks| marks.split(bare.as_bytes(), start, rows));
    let stray = !quick && split(bare, start, table.separators, rows);
    let cells = rows.spans.len() - before.spans;
    if cells != table.width {
        rows.take_back(before);
        return Err(RecordFault::Ragged {
            cells: cells as u32,
            expected: table.width as u32,
        });
    }
    if stray {
        rows.stray_quotes.push(rows.count);
        mend(bare, table, before.spans, rows);
    }
    if bare.len() < record.len() {
        rows.removed.push((rows.count, Removed::ByteOrderMark));
    }
    if rows.has_nul && memchr(0, bare.as_bytes()).is_some() {
        rows.removed.push((rows.count, Removed::Nul));
        rows.remove_nul(bare, start, before.spans);
    }
    rows.count += 1;
    Ok(())
}

/// Whether a quoted cell holds a line, behind its first one, with as many delimiters as the header has.
pub(super) fn hold_line(record: &str, table: &Table) -> bool {
    let separators = table.separators;
    let bytes = record.as_bytes();
    let Some(quote) = separators.quote.filter(|_| table.width > 1) else {
        return false;
    };
    if memchr2(b'\n', b'\r', bytes).is_none() {
        return false;
    }
    let is_row =
        |line: &str| memchr_iter(separators.delimiter, line.as_bytes()).count() + 1 == table.width;
    let mut from = 0;
    while from <= bytes.len() {
        let end = match bytes.get(from) == Some(&quote) {
            true => {
                let cell = Quoted::find(record, from, quote, separators);
                if cell.inside.split(['\n', '\r']).skip(1).any(is_row) {
                    return true;
                }
                cell.end
            }
            false => cell_end(bytes, from, separators.delimiter),
        };
        from = separators.cell_start(bytes, end + 1);
    }
    false
}

/// Replaces the cells of a row with those of a reading in which every quoted cell is closed where it
/// ends, if there is one.
fn mend(record: &str, table: &Table, row: usize, rows: &mut Rows) {
    let Some(cells) = closed(record, table.separators, table.width) else {
        return;
    };
    for (at, cell) in cells.iter().enumerate() {
        let span = rows.append(|tail| tail.push_str(cell));
        if let Some(place) = rows.spans.get_mut(row + at) {
            *place = span;
        }
    }
}

/// The cells of a record, however many, and whether a quote in it is not where it should be.
pub(super) fn texts(record: &str, separators: Separators) -> (Vec<String>, bool) {
    let mut rows = Rows::new(record);
    let broken = split(record, 0, separators, &mut rows);
    let whole = [record, rows.tail.as_str()].concat();
    let cell = |span: &Span| whole.get(span.start as usize..span.end as usize);
    let cells = rows.spans.iter().map(|span| cell(span).unwrap_or_default());
    (cells.map(str::to_owned).collect(), broken)
}

/// Adds the cells of a record, however many; says whether text follows a closing quote, or a quote is
/// not closed.
pub(super) fn split(record: &str, start: usize, separators: Separators, rows: &mut Rows) -> bool {
    let bytes = record.as_bytes();
    let quote = separators
        .quote
        .filter(|quote| memchr(*quote, bytes).is_some());
    let Some(quote) = quote else {
        let mut from = start;
        for at in memchr_iter(separators.delimiter, bytes) {
            rows.spans.push(span(from, start + at));
            from = start + separators.cell_start(bytes, at + 1);
        }
        rows.spans.push(span(from, start + bytes.len()));
        return false;
    };
    let mut stray = false;
    let mut from = 0;
    loop {
        let (end, cell) = if bytes.get(from) == Some(&quote) {
            let cell = Quoted::find(record, from, quote, separators);
            stray |= !cell.closed || !cell.behind.is_empty();
            (cell.end, cell.place(start, quote, separators.escape, rows))
        } else {
            let end = cell_end(bytes, from, separators.delimiter);
            (end, span(start + from, start + end))
        };
        rows.spans.push(cell);
        if end >= bytes.len() {
            return stray;
        }
        from = separators.cell_start(bytes, end + 1);
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
    /// What stands between the quotes, as it is written.
    inside: &'r str,
    /// Whether quotes in it are doubled or escaped.
    written: bool,
    /// Whether there is a closing quote.
    closed: bool,
    /// What stands between the closing quote and the end of the cell.
    behind: &'r str,
    /// The delimiter behind the cell, or the end of the record.
    end: usize,
}

impl<'r> Quoted<'r> {
    fn find(record: &'r str, at: usize, quote: u8, separators: Separators) -> Quoted<'r> {
        let bytes = record.as_bytes();
        let from = at + 1;
        let mut written = false;
        let mut look = from;
        let close = loop {
            let rest = bytes.get(look..).unwrap_or_default();
            let Some(length) = memchr(quote, rest) else {
                // the cutter lets no such record pass, but others are looked at as well
                break bytes.len();
            };
            let found = look + length;
            let escaped = separators.is_escaped(bytes, found);
            if !escaped && bytes.get(found + 1) != Some(&quote) {
                break found;
            }
            written = true;
            look = found + if escaped { 1 } else { 2 };
        };
        let end = cell_end(bytes, close, separators.delimiter);
        let inside = record.get(from..close).unwrap_or_default();
        let escape = separators.escape;
        written |= escape.is_some_and(|escape| memchr(escape, inside.as_bytes()).is_some());
        Quoted {
            from,
            inside,
            written,
            closed: close < bytes.len(),
            behind: record.get(close + 1..end).unwrap_or_default(),
            end,
        }
    }

    /// The cell's text: where it stands, if that is possible, or else unescaped in the tail.
    fn place(&self, start: usize, quote: u8, escape: Option<u8>, rows: &mut Rows) -> Span {
        if !self.written && self.behind.is_empty() {
            let from = start + self.from;
            return span(from, from + self.inside.len());
        }
        rows.append(|tail| {
            unescape(self.inside, quote, escape, tail);
            tail.push_str(self.behind);
        })
    }
}

/// Appends what is meant by the text between two quotes: doubled and escaped quotes, and escaped
/// escapes, once. An escape in front of anything else is text.
pub(super) fn unescape(text: &str, quote: u8, escape: Option<u8>, into: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr2(quote, escape.unwrap_or(quote), rest.as_bytes()) {
        let pair = rest.as_bytes().get(at..at + 2).unwrap_or_default();
        let kept = match pair {
            [first, second]
                if Some(*first) == escape && [Some(quote), escape].contains(&Some(*second)) =>
            {
                at + 1..at + 2
            }
            _ => at..at + 1,
        };
        let doubled = matches!(pair, [first, second] if *first == quote && *second == quote);
        into.push_str(rest.get(..at).unwrap_or_default());
        into.push_str(rest.get(kept.clone()).unwrap_or_default());
        rest = rest
            .get(kept.end + usize::from(doubled)..)
            .unwrap_or_default();
    }
    into.push_str(rest);
}
