//! The parallel half: a chunk of records becomes a chunk of cells.

mod cells;
mod decode;
mod footer;
mod kinds;
mod marks;
mod members;
mod nested;
mod object;
mod passed_over;
mod salvage;
mod shape;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::chunk::{
    Chunk, Nesting, PassedOver, PassedRecord, Record, RecordFault, Removed, Span, UnreadableRecord,
};
use crate::dialect::Encoding;

use super::cut::Separators;
use super::raw_chunk::{CutFault, Ending, RawChunk, RawNesting};
use decode::DecodedChunk;
use kinds::Kinds;
use marks::Marks;
use nested::NestedSplitter;

pub(super) use members::Wanted;
pub(super) use passed_over::is_padding;
pub(super) use salvage::salvage;

/// Splits the records of one input into cells; cheap to clone, and the same for all threads.
#[derive(Debug, Clone)]
pub struct Splitter {
    layout: Layout,
    kinds: Option<Kinds>,
}

#[derive(Debug, Clone)]
enum Layout {
    Cells(Arc<Table>),
    Object(Arc<Wanted>),
}

/// What is known of a table in delimited text.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) separators: Separators,
    /// How many cells a record has.
    pub(super) width: usize,
    /// The header record as text; empty where there is none.
    pub(super) header: String,
    /// Beginnings of footers.
    pub(super) footers: Vec<String>,
}

impl Splitter {
    pub(super) fn csv(table: Table) -> Splitter {
        Splitter::new(Layout::Cells(Arc::new(table)))
    }

    pub(super) fn json(wanted: Arc<Wanted>) -> Splitter {
        Splitter::new(Layout::Object(wanted))
    }

    fn new(layout: Layout) -> Splitter {
        Splitter {
            layout,
            kinds: None,
        }
    }

    /// The same splitter, which passes over the records whose cell in `column` is none of `values`.
    /// Those are folded, and so is the cell; a record whose cell is empty is kept.
    pub fn only(self, column: usize, values: Arc<HashSet<String>>) -> Splitter {
        Splitter {
            kinds: Some(Kinds { column, values }),
            ..self
        }
    }

    /// Splits a chunk of the input that this splitter belongs to. Every record of it is a row of
    /// the result, one of its unreadable records, or one that is passed over.
    pub fn split(&self, raw: RawChunk) -> Chunk {
        let (first_number, first_line) = (raw.first_number, raw.first_line);
        let first_row = raw.first_row;
        let ending = raw.ending;
        let (nestings, strangers) = (raw.nestings, raw.strangers);
        let mut entered = nestings.iter().peekable();
        let text = decode::decode(raw.bytes, raw.cuts, raw.contexts, raw.encoding);
        let mut rows = Rows::new(&text.text);
        // JSON does not allow them
        rows.has_nul = matches!(self.layout, Layout::Cells(_))
            && memchr::memchr(0, text.text.as_bytes()).is_some();
        rows.spans.reserve(text.cuts.len() * self.width());
        let mut chunk = Chunk {
            records: Vec::with_capacity(text.cuts.len()),
            ..Chunk::default()
        };
        let mut nested = match &self.layout {
            Layout::Object(wanted) => Some(NestedSplitter::new(wanted, &text.text)),
            Layout::Cells(_) => None,
        };
        let footers = match &self.layout {
            Layout::Cells(table) if ending.is_some() => footer::at_the_end(&text, table),
            _ => Vec::new(),
        };
        let mut marks = match &self.layout {
            Layout::Cells(table) => Marks::of(&text.text, table.separators),
            Layout::Object(_) => None,
        };
        for (index, cut) in text.cuts.iter().enumerate() {
            let record = Record {
                number: first_number + index as u64,
                line: first_line + u64::from(cut.line),
                row: first_row + u64::from(cut.row),
                raw: cut.start..cut.end,
            };
            if let (Some(nested), Some(nesting)) = (
                &mut nested,
                entered.next_if(|nesting| nesting.first as usize == index),
            ) {
                nested.enter(nesting, &text, &mut rows);
            }
            let (start, written) = text.record(index);
            let before = rows.mark();
            let known = footers.iter().find(|(at, _)| *at == index);
            let known = known.map(|(_, rows)| PassedOver::Footer { rows: *rows });
            let outcome = match (&self.layout, &mut nested) {
                (Layout::Cells(table), _) => match known.or_else(|| table.passes_over(written)) {
                    Some(why) => Outcome::PassedOver(why),
                    None => {
                        let marks = marks.as_mut();
                        Outcome::of(cut.fault, || {
                            cells::row(written, start, table, marks, &mut rows)
                        })
                    }
                },
                (_, Some(nested)) => {
                    let place = start..start + written.len();
                    Outcome::of(cut.fault, || nested.row(place, &mut rows))
                }
                (_, None) => Outcome::Unreadable(RecordFault::Unparsable),
            };
            match outcome {
                Outcome::Row if self.wants(&rows, before, &text.text) => {
                    if text.may_span_lines(index) && self.holds_line(written) {
                        chunk.held_lines.push(chunk.records.len() as u32);
                    }
                    chunk.records.push(record);
                }
                Outcome::Row => {
                    rows.take_back(before);
                    if let Some(nested) = &mut nested {
                        nested.untell();
                    }
                    let why = PassedOver::OtherKind;
                    chunk.passed_over.push(PassedRecord { record, why });
                }
                Outcome::PassedOver(why) => chunk.passed_over.push(PassedRecord { record, why }),
                Outcome::Unreadable(fault) => {
                    let last = index + 1 == text.cuts.len();
                    chunk.cut_off = last && ending == Some(Ending::Open) && may_be_cut_off(fault);
                    chunk.unreadable.push(UnreadableRecord { record, fault });
                }
            }
        }
        let mut unknown_members = strangers;
        unknown_members.extend(nested.into_iter().flat_map(NestedSplitter::unknown));
        Chunk {
            nestings: enclosing(&nestings, &text, first_number),
            width: self.width(),
            spans: rows.spans,
            stray_quotes: rows.stray_quotes,
            removed: rows.removed,
            selective: matches!(self.layout, Layout::Object(_)),
            unknown_members,
            raw: text.raw,
            text: text.text + &rows.tail,
            ..chunk
        }
    }

    /// Whether a quoted cell of a record holds a line that has the shape of a record itself.
    fn holds_line(&self, record: &str) -> bool {
        match &self.layout {
            Layout::Cells(table) => cells::hold_line(record, table),
            Layout::Object(_) => false,
        }
    }

    /// Whether the row behind a mark is of a kind that is asked for.
    fn wants(&self, rows: &Rows, before: Mark, text: &str) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| {
            let span = rows.spans.get(before.spans + kinds.column);
            kinds.want(span.map_or("", |span| rows.text(*span, text)))
        })
    }

    /// The cells of a record of delimited text that is not read, as far as they can be seen; `raw` are
    /// its bytes as [`Chunk::raw`] gives them. There is one for each column at least.
    pub fn cells_of_unreadable(&self, raw: &[u8], encoding: Option<Encoding>) -> Vec<String> {
        let text = text_of(raw, encoding);
        let Layout::Cells(table) = &self.layout else {
            return vec![text.into_owned()];
        };
        let (cells, broken) = cells::texts(&text, table.separators);
        let mended = broken.then(|| salvage(&text, table.separators, table.width));
        let mut cells = mended.flatten().unwrap_or(cells);
        // cells without text are no loss where there are too many, and no gain where there are too few
        while cells.len() > table.width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells.resize(cells.len().max(table.width), String::new());
        cells
    }

    /// The text of a record; `raw` are its bytes as [`Chunk::raw`] gives them. Bytes that are no text are
    /// replaced.
    pub fn text_of(&self, raw: &[u8], encoding: Option<Encoding>) -> String {
        text_of(raw, encoding).into_owned()
    }

    fn width(&self) -> usize {
        match &self.layout {
            Layout::Cells(table) => table.width,
            Layout::Object(wanted) => wanted.width(),
        }
    }
}

/// What becomes of a record.
enum Outcome {
    Row,
    PassedOver(PassedOver),
    Unreadable(RecordFault),
}

impl Outcome {
    fn of(fault: Option<CutFault>, row: impl FnOnce() -> Result<(), RecordFault>) -> Outcome {
        match fault.map_or_else(row, |fault| Err(fault.into())) {
            Ok(()) => Outcome::Row,
            Err(fault) => Outcome::Unreadable(fault),
        }
    }
}

/// Whether a record with that fault may be the beginning of a good one.
fn may_be_cut_off(fault: RecordFault) -> bool {
    match fault {
        RecordFault::Ragged { cells, expected } => cells < expected,
        RecordFault::UnbalancedQuote | RecordFault::Unparsable => true,
        RecordFault::Undecodable
        | RecordFault::Misplaced
        | RecordFault::RepeatedMember
        | RecordFault::UnknownParent
        | RecordFault::AboveHeader => false,
    }
}

/// The text of bytes that must become text in any case.
pub(super) fn text_of(bytes: &[u8], encoding: Option<Encoding>) -> Cow<'_, str> {
    decode::lossy(bytes, encoding)
}

/// The cells of a record, trimmed, and whether a quote in it is not where it should be.
pub(super) fn cells_of(
    bytes: &[u8],
    encoding: Option<Encoding>,
    separators: Separators,
) -> (Vec<String>, bool) {
    let (mut cells, broken) = cells::texts(&text_of(bytes, encoding), separators);
    for cell in &mut cells {
        let trimmed = cell.trim();
        if trimmed.len() < cell.len() {
            *cell = trimmed.to_owned();
        }
    }
    (cells, broken)
}

/// What encloses the records, with places in the chunk's bytes.
fn enclosing(nestings: &[RawNesting], text: &DecodedChunk, first_number: u64) -> Vec<Nesting> {
    let parent = |context: &Option<u32>| {
        let range = context.and_then(|at| text.contexts.get(at as usize));
        range.cloned().unwrap_or_default()
    };
    let nestings = nestings.iter().map(|nesting| Nesting {
        first: first_number + u64::from(nesting.first),
        opened: nesting.opened,
        taken: nesting.taken,
        parents: nesting.parents.iter().map(parent).collect(),
    });
    nestings.collect()
}

/// The rows of a chunk as they come to be.
struct Rows {
    spans: Vec<Span>,
    /// Text that goes behind the chunk's own.
    tail: String,
    /// Where that text will begin.
    tail_start: usize,
    stray_quotes: Vec<u32>,
    removed: Vec<(u32, Removed)>,
    /// Whether there are NUL bytes to be taken out.
    has_nul: bool,
    count: u32,
}

/// How far rows had come at a time.
#[derive(Clone, Copy)]
struct Mark {
    spans: usize,
    tail: usize,
    stray_quotes: usize,
    removed: usize,
    count: u32,
}

impl Rows {
    fn new(text: &str) -> Rows {
        Rows {
            spans: Vec::new(),
            tail: String::new(),
            tail_start: text.len(),
            stray_quotes: Vec::new(),
            removed: Vec::new(),
            has_nul: false,
            count: 0,
        }
    }

    fn mark(&self) -> Mark {
        Mark {
            spans: self.spans.len(),
            tail: self.tail.len(),
            stray_quotes: self.stray_quotes.len(),
            removed: self.removed.len(),
            count: self.count,
        }
    }

    /// Takes back everything that was added behind a mark.
    fn take_back(&mut self, mark: Mark) {
        self.spans.truncate(mark.spans);
        self.tail.truncate(mark.tail);
        self.stray_quotes.truncate(mark.stray_quotes);
        self.removed.truncate(mark.removed);
        self.count = mark.count;
    }

    /// The text of a span; `text` is the chunk's own.
    fn text<'t>(&'t self, span: Span, text: &'t str) -> &'t str {
        let (start, end) = (span.start as usize, span.end as usize);
        match start.checked_sub(self.tail_start) {
            Some(from) => self.tail.get(from..end - self.tail_start),
            None => text.get(start..end),
        }
        .unwrap_or_default()
    }

    /// Takes NUL bytes out of the cells of the last row, which begins at the span `row`; `record` lies at
    /// `start` of the chunk's text.
    fn remove_nul(&mut self, record: &str, start: usize, row: usize) {
        for at in row..self.spans.len() {
            let Some(own) = self.spans.get(at).copied() else {
                continue;
            };
            let (from, to) = (own.start as usize, own.end as usize);
            let cell = match from.checked_sub(self.tail_start) {
                Some(from) => self.tail.get(from..to - self.tail_start),
                None => record.get(from - start..to - start),
            };
            let cell = cell.unwrap_or_default();
            if memchr::memchr(0, cell.as_bytes()).is_some() {
                let bare = cell.replace('\0', "");
                let place = self.append(|tail| tail.push_str(&bare));
                if let Some(own) = self.spans.get_mut(at) {
                    *own = place;
                }
            }
        }
    }

    /// The span of what `append` adds to the tail.
    fn append(&mut self, append: impl FnOnce(&mut String)) -> Span {
        let start = self.tail_start + self.tail.len();
        append(&mut self.tail);
        span(start, self.tail_start + self.tail.len())
    }
}

fn span(start: usize, end: usize) -> Span {
    Span {
        start: start as u32,
        end: end as u32,
    }
}
