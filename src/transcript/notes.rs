//! What is told of a transcript: places and kinds.

use std::fmt;

use crate::chunk::{Chunk, PassedOver, Record, RecordFault, Removed};
use crate::read::InputFacts;

/// Something that is not printed as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Physical line, counted from 1; 0 where it is about the end of the input.
    pub line: u64,
    /// What it is.
    pub what: String,
}

impl Note {
    pub(super) fn preamble(lines: u64) -> Note {
        let unit = if lines == 1 { "line" } else { "lines" };
        Note {
            line: 1,
            what: format!("passed over: {lines} {unit} above the header"),
        }
    }

    /// About the whole input, which is known at its end.
    pub(super) fn about_all(what: &str) -> Note {
        Note {
            line: 0,
            what: what.to_owned(),
        }
    }

    /// What there is to say about the input as a whole; `is_blank` says that it has no columns either.
    pub(super) fn of_input(facts: &InputFacts, is_blank: bool) -> Vec<Note> {
        let notes = [
            (facts.truncated, "the input ends before its array does"),
            (
                facts.stray_commas,
                "commas are missing between records, or too many",
            ),
            (
                facts.arrays == Some(0),
                "there is no array where the profile says that records lie",
            ),
            (facts.records == 0 && is_blank, "the input holds nothing"),
        ];
        let notes = notes.into_iter().filter(|(holds, _)| *holds);
        notes.map(|(_, what)| Note::about_all(what)).collect()
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.what),
            line => write!(f, "line {line}: {}", self.what),
        }
    }
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The row of the chunk.
    Row(usize),
    Unreadable(RecordFault),
    PassedOver(PassedOver),
}

/// One record of a chunk.
pub(super) struct Entry<'c> {
    pub(super) chunk: &'c Chunk,
    pub(super) record: &'c Record,
    pub(super) kind: Kind,
}

/// The records of a chunk in input order, whatever became of them.
pub(super) fn entries(chunk: &Chunk) -> Vec<Entry<'_>> {
    let entry = |record, kind| Entry {
        chunk,
        record,
        kind,
    };
    let rows = chunk.records.iter().enumerate();
    let rows = rows.map(|(row, record)| entry(record, Kind::Row(row)));
    let unreadable = chunk.unreadable.iter();
    let unreadable = unreadable.map(|own| entry(&own.record, Kind::Unreadable(own.fault)));
    let passed = chunk.passed_over.iter();
    let passed = passed.map(|own| entry(&own.record, Kind::PassedOver(own.why)));
    let mut entries: Vec<Entry<'_>> = rows.chain(unreadable).chain(passed).collect();
    entries.sort_by_key(|entry| entry.record.number);
    entries
}

/// What is to be told of a record.
pub(super) fn notes_of(entry: &Entry<'_>) -> Vec<Note> {
    let note = |what: String| Note {
        line: entry.record.line,
        what,
    };
    match entry.kind {
        // any JSON can be printed as it stands, whether or not it can be an alert
        Kind::Unreadable(RecordFault::Misplaced) => Vec::new(),
        Kind::Unreadable(fault) => vec![note(format!("unreadable: {}", fault_text(fault)))],
        Kind::PassedOver(why) => vec![note(format!("passed over: {}", passed_text(why)))],
        Kind::Row(row) => {
            let row = row as u32;
            let stray = entry.chunk.stray_quotes.binary_search(&row).is_ok();
            let stray =
                stray.then(|| note("read as usual: text behind a closing quote".to_owned()));
            let held = entry.chunk.held_lines.binary_search(&row).is_ok();
            let held = held.then(|| {
                note("read as usual: a quoted cell that holds a line shaped as a record".to_owned())
            });
            let removed = entry.chunk.removed.iter().filter(|(own, _)| *own == row);
            let removed = removed.map(|(_, what)| match what {
                Removed::Nul => note("taken out: NUL bytes".to_owned()),
                Removed::ByteOrderMark => note("taken out: a byte order mark".to_owned()),
            });
            stray.into_iter().chain(held).chain(removed).collect()
        }
    }
}

fn fault_text(fault: RecordFault) -> String {
    match fault {
        RecordFault::Ragged { cells, expected } => {
            let unit = if cells == 1 { "cell" } else { "cells" };
            format!("{cells} {unit}, where the header has {expected}")
        }
        RecordFault::UnbalancedQuote => "a quote that nothing closes".to_owned(),
        RecordFault::Undecodable => "bytes that are no text".to_owned(),
        RecordFault::Unparsable => "no JSON, or too long a line".to_owned(),
        RecordFault::Misplaced => "JSON of another kind than may stand there".to_owned(),
        RecordFault::RepeatedMember => "a member that stands twice".to_owned(),
        RecordFault::UnknownParent => "an object around it that is too long to be known".to_owned(),
        RecordFault::AboveHeader => "a record above the header".to_owned(),
    }
}

fn passed_text(why: PassedOver) -> &'static str {
    match why {
        PassedOver::OtherKind => "a record of another kind",
        PassedOver::RepeatedHeader => "the header again",
        PassedOver::Footer { .. } => "a footer",
        PassedOver::Padding => "padding",
    }
}
