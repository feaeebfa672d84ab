//! The cells of JSON records, with those of the objects around them.

use std::ops::Range;

use crate::chunk::{REASON_COLUMN, RecordFault, Span};

use super::super::raw_chunk::RawNesting;
use super::Rows;
use super::decode::DecodedChunk;
use super::members::Wanted;
use super::object::ObjectSplitter;

/// Splits the records of one JSON chunk.
pub(super) struct NestedSplitter<'w> {
    /// The chunk's text.
    text: &'w str,
    /// Whether records may say that they are rejects because of what enclosed them.
    may_be_rejected: bool,
    record: ObjectSplitter<'w>,
    /// The objects around the records, the outermost first.
    parents: Vec<Parent<'w>>,
    /// A row as the objects around the record fill it.
    row: Vec<Span>,
    /// Why no record in these objects can be read.
    fault: Option<RecordFault>,
}

/// An object around the records at hand.
struct Parent<'w> {
    splitter: ObjectSplitter<'w>,
    /// Which of the chunk's contexts it is.
    context: Option<u32>,
    cells: Vec<Span>,
    fault: Option<RecordFault>,
}

impl<'w> NestedSplitter<'w> {
    /// `text` is that of the chunk.
    pub(super) fn new(wanted: &'w Wanted, text: &'w str) -> NestedSplitter<'w> {
        let row = vec![Span::default(); wanted.width()];
        let parents = wanted.parents().iter().map(|tree| Parent {
            splitter: ObjectSplitter::new(tree),
            context: None,
            cells: row.clone(),
            fault: None,
        });
        let told = || memchr::memmem::find(text.as_bytes(), REASON_COLUMN.as_bytes());
        NestedSplitter {
            text,
            may_be_rejected: !wanted.parents().is_empty() && told().is_some(),
            record: ObjectSplitter::new(wanted.record()),
            parents: parents.collect(),
            row,
            fault: None,
        }
    }

    /// The records that follow lie in these objects.
    pub(super) fn enter(&mut self, nesting: &RawNesting, text: &DecodedChunk, rows: &mut Rows) {
        self.row.fill(Span::default());
        self.fault = None;
        for (parent, context) in self.parents.iter_mut().zip(&nesting.parents) {
            if parent.context != *context {
                parent.context = *context;
                parent.read(text, rows);
            }
            for (cell, own) in self.row.iter_mut().zip(&parent.cells) {
                if *own != Span::default() {
                    *cell = *own;
                }
            }
            self.fault = self.fault.or(parent.fault);
        }
    }

    /// Adds the record that lies at `place` of the chunk's text as a row.
    ///
    /// # Errors
    /// It, or an object around it, is no object, or has a member twice; no row is added then.
    pub(super) fn row(&mut self, place: Range<usize>, rows: &mut Rows) -> Result<(), RecordFault> {
        let told = || self.rejected_for_parent(place.clone());
        if let Some(fault) = self.fault.or_else(told) {
            return Err(fault);
        }
        let before = rows.mark();
        rows.spans.extend_from_slice(&self.row);
        let outcome = self.record.fill(self.text, place, before.spans, rows);
        if outcome.is_err() {
            rows.take_back(before);
        }
        outcome
    }

    /// Why a reject is still none of a record: what was wrong with it stands outside of it, and its wrap
    /// in the rejects does not show that. Whoever mends that takes the reason away.
    fn rejected_for_parent(&self, place: Range<usize>) -> Option<RecordFault> {
        const TOLD: [(&str, RecordFault); 2] = [
            ("PAC005 ", RecordFault::RepeatedMember),
            ("PAC022 ", RecordFault::UnknownParent),
        ];
        if !self.may_be_rejected {
            return None;
        }
        let record = self.text.get(place)?;
        let at = memchr::memmem::rfind(record.as_bytes(), REASON_COLUMN.as_bytes())?;
        let reason = record.get(at + REASON_COLUMN.len()..)?;
        let reason = reason.trim_start_matches(['"', ':', ' ']);
        let told = TOLD.iter().find(|(rule, _)| reason.starts_with(rule));
        told.map(|(_, fault)| *fault)
    }

    /// Takes back what was told of the last record, because it is passed over.
    pub(super) fn untell(&mut self) {
        self.record.untell();
    }

    /// Members that no column asks for, each once.
    pub(super) fn unknown(self) -> Vec<String> {
        let parents = self.parents.into_iter();
        let mut unknown = self.record.unknown;
        unknown.extend(parents.flat_map(|parent| parent.splitter.unknown));
        unknown
    }
}

impl Parent<'_> {
    fn read(&mut self, text: &DecodedChunk, rows: &mut Rows) {
        self.cells.fill(Span::default());
        self.fault = None;
        let Some(context) = self.context else {
            return;
        };
        let Some(place) = text.context(context) else {
            self.fault = Some(RecordFault::Undecodable);
            return;
        };
        // the row is made where rows are made, and then moved aside
        let before = rows.spans.len();
        rows.spans.extend_from_slice(&self.cells);
        let outcome = self.splitter.fill(&text.text, place, before, rows);
        self.fault = outcome.err();
        self.cells.clear();
        self.cells.extend(rows.spans.drain(before..));
    }
}
