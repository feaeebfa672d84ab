//! A run of consecutive records of one input as cells of text, with the bytes they came from.

use std::ops::Range;

/// Name of the column (CSV) or member (JSON) that rejects files add to say what was wrong; a reader
/// takes it for no column of the landlord.
pub const REASON_COLUMN: &str = "pac_rejected";

/// Name of the column or member beside [`REASON_COLUMN`] that says which of a record's alerts did not
/// go through, where a record can state several; empty for all.
pub const PARTS_COLUMN: &str = "pac_alerts";

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordFault {
    /// It has more or fewer cells than the header.
    Ragged {
        /// Cells of the record.
        cells: u32,
        /// Cells of the header.
        expected: u32,
    },
    /// A quote opens a cell and nothing closes it.
    UnbalancedQuote,
    /// Its bytes are no text in the input's encoding.
    Undecodable,
    /// It is broken JSON, or, in any format, it does not end within the longest length of a record.
    Unparsable,
    /// It is JSON of another kind than may stand there: no object where a record is expected, or no
    /// array where records lie.
    Misplaced,
    /// A member stands twice in it, or in an object around it.
    RepeatedMember,
    /// A member of an object around it stands behind more text than is looked ahead, if anywhere.
    UnknownParent,
    /// It stands above the header, and has the shape of a record.
    AboveHeader,
}

/// Where a record stands in its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Number of the record in the input, counted from 1, without the header.
    pub number: u64,
    /// Physical line on which it begins, counted from 1.
    pub line: u64,
    /// Row in which a spreadsheet shows it, counted from 1: as lines are counted, but for those within a
    /// record. 0 where the input is JSON over several lines.
    pub row: u64,
    /// Its bytes in the chunk, without line end or separator.
    pub raw: Range<u32>,
}

/// A record that cannot be read; its bytes go to the rejects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRecord {
    /// Where it stands.
    pub record: Record,
    /// Why it cannot be read.
    pub fault: RecordFault,
}

/// Why a record is passed over, though it can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassedOver {
    /// The profile asks for records of another kind.
    OtherKind,
    /// It repeats the header, as in files that were put one behind another.
    RepeatedHeader,
    /// It stands below the table and says something about it.
    Footer {
        /// How many rows it says that there are.
        rows: Option<u64>,
    },
    /// It holds nothing but NUL bytes, or the mark of the end that old systems write (Ctrl-Z).
    Padding,
}

/// A record that is passed over: counted, and neither mapped nor rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedRecord {
    /// Where it stands.
    pub record: Record,
    /// Why it is passed over.
    pub why: PassedOver,
}

/// What encloses a run of consecutive records of a nested JSON input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nesting {
    /// Number of the first of the records.
    pub first: u64,
    /// How many objects and arrays of the records' path are open around them.
    pub opened: usize,
    /// How many steps of the path lead to them: as many as are open, or one less for what stands among
    /// the members of the innermost object.
    pub taken: usize,
    /// The objects around them, the outermost first: each as an object of those members that columns ask
    /// for, as a range of the chunk's bytes; empty for those that are not open.
    pub parents: Vec<Range<u32>>,
}

/// What has been taken out of a record that is otherwise read as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Removed {
    /// NUL bytes.
    Nul,
    /// A byte order mark, as in files that were put one behind another.
    ByteOrderMark,
}

/// A cell's text as a range of bytes in [`Chunk::text`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte behind the last.
    pub end: u32,
}

/// A run of consecutive records of one input.
///
/// `spans` is row-major: the cell of row `r` and column `c` is `spans[r * width + c]`.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// Decoded text that the spans point into: the input's own bytes where they are UTF-8, followed
    /// by the text of cells that had to be unescaped.
    pub text: String,
    /// The input's bytes where they differ from `text`; `None` where the ranges of records point
    /// into `text`.
    pub raw: Option<Vec<u8>>,
    /// How many columns a row has.
    pub width: usize,
    /// The cells of the readable records.
    pub spans: Vec<Span>,
    /// The readable records, one a row.
    pub records: Vec<Record>,
    /// The records that cannot be read, in input order.
    pub unreadable: Vec<UnreadableRecord>,
    /// The records that are passed over, in input order.
    pub passed_over: Vec<PassedRecord>,
    /// Whether the cells are only those members of JSON records, and of the objects around them, that a
    /// column asks for, so that they do not tell whether a record has content.
    pub selective: bool,
    /// Rows in which a closing quote is followed by further text.
    pub stray_quotes: Vec<u32>,
    /// Rows of which a quoted cell holds a line with as many delimiters as the header.
    pub held_lines: Vec<u32>,
    /// Rows from which something has been taken out, in input order.
    pub removed: Vec<(u32, Removed)>,
    /// Whether the input ends within its last record, which is in this chunk.
    pub cut_off: bool,
    /// Members of JSON records that no column asks for, each once, in the order of appearance.
    pub unknown_members: Vec<String>,
    /// What encloses the records of a nested JSON input, in their order; empty for other inputs.
    pub nestings: Vec<Nesting>,
}

impl Chunk {
    /// The text of a cell; empty where the record does not have it.
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let span = self.spans[row * self.width + column];
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// The text of a cell without white space around.
    #[inline]
    pub fn trimmed(&self, row: usize, column: usize) -> &str {
        let cell = self.cell(row, column);
        // nearly all cells have none, which two bytes tell
        match cell.as_bytes() {
            [] => cell,
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
            [only] if only.is_ascii_graphic() => cell,
            _ => cell.trim(),
        }
    }

    /// The bytes of a record as they stand in the input.
    pub fn raw(&self, record: &Record) -> &[u8] {
        self.bytes(&record.raw)
    }

    /// Bytes of the input.
    pub fn bytes(&self, range: &Range<u32>) -> &[u8] {
        let bytes = match &self.raw {
            Some(raw) => raw.as_slice(),
            None => self.text.as_bytes(),
        };
        let range = range.start as usize..range.end as usize;
        bytes.get(range).unwrap_or_default()
    }

    /// What encloses a record; `None` where the input is not nested.
    pub fn nesting(&self, record: &Record) -> Option<&Nesting> {
        let behind = self
            .nestings
            .partition_point(|own| own.first <= record.number);
        self.nestings.get(behind.checked_sub(1)?)
    }
}
