//! The parallel half: a chunk of records becomes a chunk of cells.

mod cells;
mod decode;
mod members;
mod object;

use std::sync::Arc;

use crate::chunk::{Chunk, Record, RecordFault, Span, UnreadableRecord};
use crate::dialect::Encoding;

use super::cut::Separators;
use super::raw_chunk::RawChunk;

pub(super) use members::Wanted;

/// Splits the records of one input into cells; cheap to clone, and the same for all threads.
#[derive(Debug, Clone)]
pub struct Splitter {
    layout: Layout,
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
        let layout = Layout::Cells { separators, width };
        Splitter { layout }
    }

    pub(super) fn json(wanted: Arc<Wanted>) -> Splitter {
        let layout = Layout::Object(wanted);
        Splitter { layout }
    }

    /// Splits a chunk of the input that this splitter belongs to. Every record of it is a row of
    /// the result or one of its unreadable records.
    pub fn split(&self, raw: RawChunk) -> Chunk {
        let (first_number, first_line) = (raw.first_number, raw.first_line);
        let text = decode::decode(raw.bytes, raw.cuts, raw.encoding);
        let mut rows = Rows::new(text.text.len());
        let mut unreadable = Vec::new();
        let mut records = Vec::with_capacity(text.cuts.len());
        let mut object = match &self.layout {
            Layout::Object(wanted) => Some(object::ObjectSplitter::new(wanted)),
            Layout::Cells { .. } => None,
        };
        for (index, cut) in text.cuts.iter().enumerate() {
            let record = Record {
                number: first_number + index as u64,
                line: first_line + u64::from(cut.line),
                raw: cut.start..cut.end,
            };
            let (start, written) = text.record(index);
            let outcome = match (cut.fault, &self.layout, &mut object) {
                (Some(fault), ..) => Err(RecordFault::from(fault)),
                (None, Layout::Cells { separators, width }, _) => {
                    cells::row(written, start, *separators, *width, &mut rows)
                }
                (None, _, Some(object)) => object.row(written, start, &mut rows),
                (None, _, None) => Err(RecordFault::Unparsable),
            };
            match outcome {
                Ok(()) => records.push(record),
                Err(fault) => unreadable.push(UnreadableRecord { record, fault }),
            }
        }
        let mut whole = text.text;
        whole.push_str(&rows.tail);
        Chunk {
            text: whole,
            raw: text.raw,
            width: self.width(),
            spans: rows.spans,
            records,
            unreadable,
            passed_over: Vec::new(),
            stray_quotes: rows.stray_quotes,
            selective: matches!(self.layout, Layout::Object(_)),
            unknown_members: object.map(|object| object.unknown).unwrap_or_default(),
        }
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
