//! A run of consecutive records, cut but not yet split into cells.

use std::ops::Range;

use crate::chunk::RecordFault;
use crate::dialect::Encoding;

/// Consecutive records as bytes, on their way from the thread that reads to one that splits.
#[derive(Debug)]
pub struct RawChunk {
    pub(super) bytes: Vec<u8>,
    pub(super) cuts: Vec<Cut>,
    /// Number of the first record.
    pub(super) first_number: u64,
    /// Physical line on which the first record begins.
    pub(super) first_line: u64,
    /// Row of a spreadsheet that the first record is.
    pub(super) first_row: u64,
    /// Encoding of the bytes; `None` where they are ASCII.
    pub(super) encoding: Option<Encoding>,
    /// How the input ends, where this is the last of its chunks.
    pub(super) ending: Option<Ending>,
    /// What encloses the records of a nested JSON input, in their order.
    pub(super) nestings: Vec<RawNesting>,
    /// The objects around records, as places in the bytes.
    pub(super) contexts: Vec<Range<u32>>,
    /// Members of those objects that no column asks for, of which no earlier chunk has told.
    pub(super) strangers: Vec<String>,
}

/// What encloses a run of consecutive records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawNesting {
    /// Which of the chunk's cuts is the first of the records.
    pub(super) first: u32,
    /// How many objects and arrays of the path are open around them.
    pub(super) opened: usize,
    /// How many steps of the path lead to them.
    pub(super) taken: usize,
    /// The objects around them, the outermost first, by their places in [`RawChunk::contexts`].
    pub(super) parents: Vec<Option<u32>>,
}

impl RawChunk {
    /// How many records it holds, readable or not.
    pub fn records(&self) -> usize {
        self.cuts.len()
    }

    /// How many bytes of decoded input it holds.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }
}

/// How an input ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// With the end of a line.
    LineEnd,
    /// Within a line.
    Open,
}

/// One record of a [`RawChunk`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// First byte in the chunk.
    pub(super) start: u32,
    /// Byte behind the last, without line end or separator.
    pub(super) end: u32,
    /// Physical lines between the chunk's first record and this one.
    pub(super) line: u32,
    /// Rows of a spreadsheet between the chunk's first record and this one.
    pub(super) row: u32,
    /// Why the record cannot be read, where cutting has shown it.
    pub(super) fault: Option<CutFault>,
}

/// What cutting, or decoding, shows to be wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CutFault {
    UnbalancedQuote,
    Unparsable,
    Undecodable,
    Misplaced,
    RepeatedMember,
    UnknownParent,
    AboveHeader,
}

impl From<CutFault> for RecordFault {
    fn from(fault: CutFault) -> RecordFault {
        match fault {
            CutFault::UnbalancedQuote => RecordFault::UnbalancedQuote,
            CutFault::Unparsable => RecordFault::Unparsable,
            CutFault::Undecodable => RecordFault::Undecodable,
            CutFault::Misplaced => RecordFault::Misplaced,
            CutFault::RepeatedMember => RecordFault::RepeatedMember,
            CutFault::UnknownParent => RecordFault::UnknownParent,
            CutFault::AboveHeader => RecordFault::AboveHeader,
        }
    }
}
