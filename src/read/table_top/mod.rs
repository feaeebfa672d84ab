//! Where the table begins in a delimited text, and what separates its cells.
//!
//! The columns that a profile names tell more than any statistics: whichever separators make a record
//! hold all of them are the right ones, and that record is the header. Where nothing is named, the
//! separators are those that make the first records most alike, with the candidates of [`guess`]
//! among them, and the header is the first record that fills most columns.

mod search;

use std::ops::Range;

use super::cut::Separators;
use super::detect;
use super::sample::{Head, RECORDS, Sample, SampleRecord};
use crate::cell::column_name::{Found, find_column};
use crate::chunk::REASON_COLUMN;
use crate::dialect::{DialectWish, HeaderWish};
use search::Search;

/// How many of a thousand records must be alike for the delimiter of the first line to be believed.
const ALIKE: usize = 800;

/// The top of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TableTop {
    pub(super) separators: Separators,
    /// Names of the columns, trimmed.
    pub(super) columns: Vec<String>,
    /// Bytes of the head up to the end of the header, without its line end.
    pub(super) end: usize,
    /// Where the first record begins, and the physical line that begins there.
    pub(super) next: usize,
    pub(super) next_line: u64,
    /// Row of a spreadsheet that the first record is.
    pub(super) next_row: u64,
    /// Physical line on which the header begins.
    pub(super) header_line: Option<u64>,
    /// First byte of the header.
    pub(super) header_start: usize,
    /// Whether anything but blank lines and records stands above the header.
    pub(super) preamble: bool,
    /// What stands above the header and has the shape of a record.
    pub(super) stranded: Vec<Stranded>,
}

/// A record above the header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stranded {
    /// Its bytes of the head, without line end.
    pub(super) bytes: Range<usize>,
    /// Where the next record begins.
    pub(super) next: usize,
    /// The physical lines that it takes.
    pub(super) lines: Range<u64>,
    /// Row of a spreadsheet that it is.
    pub(super) row: u64,
}

/// Finds the top of a table; `None` where the head holds no whole record, or not the line on which
/// the header should be.
pub(super) fn find(head: &Head<'_>, wish: &DialectWish) -> Option<TableTop> {
    let (said, from) = match separator_line(head.bytes) {
        Some((delimiter, behind)) if !head.sheet => (Some(delimiter), behind),
        _ => (None, 0),
    };
    let search = Search {
        head,
        from,
        delimiter: wish.delimiter.or(said),
        wish,
    };
    let most = match wish.header {
        HeaderWish::Line(line) => RECORDS.max(usize::try_from(line).unwrap_or(RECORDS)),
        _ => RECORDS,
    };
    let first = search.first_of_all_columns();
    search.top(&first.unwrap_or_else(|| search.sample(most)))
}

/// A table whose columns have numbers for names. Its rejects have these for a header.
fn headerless(sample: &Sample, from: usize, head: &Head<'_>) -> TableTop {
    TableTop {
        separators: sample.separators,
        columns: (1..=sample.width())
            .map(|number| number.to_string())
            .collect(),
        end: from,
        next: from,
        next_line: head.line + detect::line_ends(head.bytes, 0, from),
        next_row: head.line,
        header_line: None,
        header_start: from,
        preamble: from > 0,
        stranded: Vec::new(),
    }
}

/// The records above the one at `header` that have as many cells as it has, with more than half of
/// them filled. A single cell has no shape that tells a record from a title.
fn stranded(sample: &Sample, header: usize, width: usize) -> Vec<Stranded> {
    let above = sample.records.iter().take(header);
    let alike = above
        .filter(|record| width > 1 && record.cells.len() == width && record.filled() * 2 > width);
    let stranded = alike.map(|record| Stranded {
        bytes: record.start..record.end,
        next: record.next,
        lines: record.line..record.next_line,
        row: record.row,
    });
    stranded.collect()
}

/// The delimiter that a first line such as `sep=;` names, and where the line behind it begins.
fn separator_line(bytes: &[u8]) -> Option<(u8, usize)> {
    let length = memchr::memchr2(b'\n', b'\r', bytes)?;
    let line = bytes.get(..length)?;
    let bare = line
        .strip_prefix(b"\"")
        .and_then(|line| line.strip_suffix(b"\""));
    let [name @ .., delimiter] = bare.unwrap_or(line) else {
        return None;
    };
    let says = name.eq_ignore_ascii_case(b"sep=") && delimiter.is_ascii();
    let end = match bytes.get(length..) {
        Some([b'\r', b'\n', ..]) => length + 2,
        _ => length + 1,
    };
    says.then_some((*delimiter, end))
}

/// The first record that has most of the columns, and how many it has.
fn best_match(sample: &Sample, columns: &[String]) -> Option<(usize, usize)> {
    let held = |record: &SampleRecord| {
        let held = |name: &&String| find_column(name, &record.cells) != Found::Nothing;
        columns.iter().filter(held).count()
    };
    let mut best: Option<(usize, usize)> = None;
    for (place, record) in sample.records.iter().enumerate() {
        let held = held(record);
        if best.is_none_or(|(_, most)| held > most) {
            best = Some((place, held));
        }
        if held == columns.len() {
            break;
        }
    }
    best
}

/// The first record that fills more than half of the columns.
fn first_filled(sample: &Sample) -> usize {
    let width = sample.width();
    let filled = |record: &SampleRecord| record.filled() * 2 > width;
    sample.records.iter().position(filled).unwrap_or(0)
}
