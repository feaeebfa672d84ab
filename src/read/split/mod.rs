//! The parallel half: a chunk of records becomes a chunk of cells.

mod cells;
mod decode;
mod kinds;
mod members;
mod nested;
mod object;

use std::collections::HashSet;
use std::sync::Arc;

use crate::chunk::{
    Chunk, Nesting, PassedOver, PassedRecord, Record, RecordFault, Span, UnreadableRecord,
};
use crate::dialect::Encoding;

use super::cut::Separators;
use super::raw_chunk::{RawChunk, RawNesting};
use decode::DecodedChunk;
use kinds::Kinds;
use nested::NestedSplitter;

pub(super) use members::Wanted;

/// Splits the records of one input into cells; cheap to clone, and the same for all threads.
#[derive(Debug, Clone)]
pub struct Splitter {
    layout: Layout,
    kinds: Option<Kinds>,
}

#[derive(Debug, Clone)]
enum Layout {
    Cells {
        separators: Separators,
        width: usize,
    },
    Object(Arc<Wanted>),
}

impl Splitter {
    pub(super) fn csv(separators: Separators, width: usize) -> Splitter {
        Splitter::new(Layout::Cells { separators, width })
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
        let (nestings, strangers) = (raw.nestings, raw.strangers);
        let mut entered = nestings.iter().peekable();
        let text = decode::decode(raw.bytes, raw.cuts, raw.contexts, raw.encoding);
        let mut rows = Rows::new(text.text.len());
        let mut unreadable = Vec::new();
        let mut passed_over = Vec::new();
        let mut records = Vec::with_capacity(text.cuts.len());
        let mut nested = match &self.layout {
            Layout::Object(wanted) => Some(NestedSplitter::new(wanted)),
            Layout::Cells { .. } => None,
        };
        for (index, cut) in text.cuts.iter().enumerate() {
            let record = Record {
                number: first_number + index as u64,
                line: first_line + u64::from(cut.line),
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
            let outcome = match (cut.fault, &self.layout, &mut nested) {
                (Some(fault), ..) => Err(RecordFault::from(fault)),
                (None, Layout::Cells { separators, width }, _) => {
                    cells::row(written, start, *separators, *width, &mut rows)
                }
                (None, _, Some(nested)) => nested.row(written, start, &mut rows),
                (None, _, None) => Err(RecordFault::Unparsable),
            };
            match outcome {
                Ok(()) if self.wants(&rows, before, &text.text) => records.push(record),
                Ok(()) => {
                    rows.take_back(before);
                    if let Some(nested) = &mut nested {
                        nested.untell();
                    }
                    let why = PassedOver::OtherKind;
                    passed_over.push(PassedRecord { record, why });
                }
                Err(fault) => unreadable.push(UnreadableRecord { record, fault }),
            }
        }
        let mut unknown_members = strangers;
        unknown_members.extend(nested.into_iter().flat_map(NestedSplitter::unknown));
        Chunk {
            nestings: enclosing(&nestings, &text, first_number),
            width: self.width(),
            spans: rows.spans,
            records,
            unreadable,
            passed_over,
            stray_quotes: rows.stray_quotes,
            selective: matches!(self.layout, Layout::Object(_)),
            unknown_members,
            raw: text.raw,
            text: text.text + &rows.tail,
        }
    }

    /// Whether the row behind a mark is of a kind that is asked for.
    fn wants(&self, rows: &Rows, before: Mark, text: &str) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| {
            let span = rows.spans.get(before.spans + kinds.column);
            kinds.want(span.map_or("", |span| rows.text(*span, text)))
        })
    }

    fn width(&self) -> usize {
        match &self.layout {
            Layout::Cells { width, .. } => *width,
            Layout::Object(wanted) => wanted.width(),
        }
    }
}

/// The names in a header record, trimmed.
pub(super) fn header(
    bytes: &[u8],
    encoding: Option<Encoding>,
    separators: Separators,
) -> Vec<String> {
    let text = decode::lossy(bytes, encoding);
    let mut rows = Rows::new(text.len());
    cells::split(&text, 0, separators, &mut rows);
    let whole = [text.as_ref(), rows.tail.as_str()].concat();
    let cell = |span: &Span| whole.get(span.start as usize..span.end as usize);
    let names = rows.spans.iter().map(|span| cell(span).unwrap_or_default());
    names.map(|name| name.trim().to_owned()).collect()
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
    count: u32,
}

/// How far rows had come at a time.
#[derive(Clone, Copy)]
struct Mark {
    spans: usize,
    tail: usize,
    stray_quotes: usize,
    count: u32,
}

impl Rows {
    fn new(tail_start: usize) -> Rows {
        Rows {
            spans: Vec::new(),
            tail: String::new(),
            tail_start,
            stray_quotes: Vec::new(),
            count: 0,
        }
    }

    fn mark(&self) -> Mark {
        Mark {
            spans: self.spans.len(),
            tail: self.tail.len(),
            stray_quotes: self.stray_quotes.len(),
            count: self.count,
        }
    }

    /// Takes back everything that was added behind a mark.
    fn take_back(&mut self, mark: Mark) {
        self.spans.truncate(mark.spans);
        self.tail.truncate(mark.tail);
        self.stray_quotes.truncate(mark.stray_quotes);
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
