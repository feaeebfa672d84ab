//! Records that end with a line: CSV and NDJSON.

use memchr::memchr2;

use super::super::raw_chunk::CutFault;
use super::quotes::{DeadEnd, Verdict};
use super::{Piece, Step, behind_line_end, rest};

/// The bytes that have a meaning in a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read) struct Separators {
    /// Stands between two cells.
    pub(in crate::read) delimiter: u8,
    /// Encloses a cell; `None` where quotes have no meaning.
    pub(in crate::read) quote: Option<u8>,
    /// Takes the meaning from a quote behind it, within quotes.
    pub(in crate::read) escape: Option<u8>,
    /// Whether a space behind a delimiter belongs to it.
    pub(in crate::read) spaced: bool,
}

impl Separators {
    /// Where the cell begins of which the delimiter in front ends at `at`.
    pub(in crate::read) fn cell_start(&self, record: &[u8], at: usize) -> usize {
        let space = self.spaced && at > 0 && record.get(at) == Some(&b' ');
        at + usize::from(space)
    }

    /// Whether the quote at `at` opens a cell of the record that begins at `start`.
    pub(in crate::read) fn opens_cell(&self, bytes: &[u8], start: usize, at: usize) -> bool {
        let is = |back: usize, byte: u8| {
            let place = at.checked_sub(back).filter(|place| *place >= start);
            place.and_then(|place| bytes.get(place)) == Some(&byte)
        };
        let behind_space = || self.spaced && is(1, b' ') && is(2, self.delimiter);
        at == start || is(1, self.delimiter) || behind_space()
    }

    /// Whether the quote at `at` within quotes has lost its meaning.
    pub(in crate::read) fn is_escaped(&self, bytes: &[u8], at: usize) -> bool {
        let Some(escape) = self.escape else {
            return false;
        };
        let before = bytes.get(..at).unwrap_or_default();
        let run = before.iter().rev().take_while(|byte| **byte == escape);
        run.count() % 2 == 1
    }
}

/// Cuts an input into records that end with a line.
pub(in crate::read) struct LineCutter {
    pub(super) separators: Separators,
    /// Longest record in bytes.
    pub(super) max_record: usize,
    /// Whether a line of nothing but white space is no record.
    skip_spaces: bool,
    /// Whether each record is one line, however many its cells hold.
    one_line: bool,
    /// Physical line at the place reached.
    pub(super) line: u64,
    /// Row of a spreadsheet at the place reached: blank lines are rows, and a record of several lines is
    /// one.
    row: u64,
    /// Set inside a physical line that is longer than a record may be.
    long_line: Option<CutFault>,
    pub(super) dead_end: Option<DeadEnd>,
}

impl LineCutter {
    /// For delimited text.
    pub(in crate::read) fn csv(separators: Separators, max_record: usize) -> LineCutter {
        LineCutter {
            separators,
            max_record,
            skip_spaces: false,
            one_line: false,
            line: 1,
            row: 1,
            long_line: None,
            dead_end: None,
        }
    }

    /// For the rows of a sheet: the line of a record is its row.
    pub(in crate::read) fn sheet(separators: Separators, max_record: usize) -> LineCutter {
        LineCutter {
            one_line: true,
            ..LineCutter::csv(separators, max_record)
        }
    }

    /// For one JSON object a line.
    pub(in crate::read) fn ndjson(max_record: usize) -> LineCutter {
        let separators = Separators {
            delimiter: b',',
            quote: None,
            ..Separators::default()
        };
        LineCutter {
            skip_spaces: true,
            ..LineCutter::csv(separators, max_record)
        }
    }

    /// The same for a part of the input that begins on that physical line and in that row of a
    /// spreadsheet.
    pub(in crate::read) fn starting_on(mut self, line: u64, row: u64) -> LineCutter {
        self.line = line;
        self.row = row;
        self
    }

    /// Physical line at the place reached, counted from 1.
    pub(in crate::read) fn line(&self) -> u64 {
        self.line
    }

    /// Row of a spreadsheet at the place reached, counted from 1.
    pub(in crate::read) fn row(&self) -> u64 {
        self.row
    }

    pub(in crate::read) fn next(&mut self, bytes: &[u8], mut at: usize, ended: bool) -> Step {
        if let Some(fault) = self.long_line {
            return self.line_alone(bytes, at, ended, fault);
        }
        loop {
            match bytes.get(at) {
                None if ended => return Step::End,
                None => return Step::More(at),
                Some(b'\n' | b'\r') => match behind_line_end(bytes, at, ended) {
                    None => return Step::More(at),
                    Some(next) => {
                        self.line += 1;
                        self.row += 1;
                        at = next;
                    }
                },
                Some(_) => match self.record(bytes, at, ended) {
                    Step::Record(piece) if self.skip_spaces && is_blank(bytes, &piece) => {
                        at = piece.next;
                    }
                    step => return step,
                },
            }
        }
    }

    fn record(&mut self, bytes: &[u8], at: usize, ended: bool) -> Step {
        match self.look_ahead(bytes, at, ended) {
            Verdict::Ends { end, next, line } => {
                let line = if self.one_line { self.line + 1 } else { line };
                let first_line = std::mem::replace(&mut self.line, line);
                self.row += 1;
                Step::Record(Piece {
                    start: at,
                    end,
                    next,
                    line: first_line,
                    row: self.row - 1,
                    fault: None,
                })
            }
            Verdict::Unbalanced => self.line_alone(bytes, at, ended, CutFault::UnbalancedQuote),
            Verdict::TooLong => self.line_alone(bytes, at, ended, CutFault::Unparsable),
            Verdict::More => Step::More(at),
        }
    }

    /// The physical line at `at` as a record that cannot be read; a line that is too long becomes
    /// several of them, all with the same number of line.
    fn line_alone(&mut self, bytes: &[u8], at: usize, ended: bool, fault: CutFault) -> Step {
        let (line, row) = (self.line, self.row);
        let limit = bytes.len().min(at + self.max_record + 1);
        let window = bytes.get(at..limit).unwrap_or_default();
        let (end, next) = match memchr2(b'\n', b'\r', window) {
            Some(length) => match behind_line_end(bytes, at + length, ended) {
                None => return Step::More(at),
                Some(next) => {
                    self.long_line = None;
                    self.line += 1;
                    self.row += 1;
                    (at + length, next)
                }
            },
            None if window.len() > self.max_record => {
                self.long_line = Some(fault);
                (at + self.max_record, at + self.max_record)
            }
            None if ended => {
                self.long_line = None;
                (bytes.len(), bytes.len())
            }
            None => return Step::More(at),
        };
        if end == at {
            return self.next(bytes, next, ended);
        }
        Step::Record(Piece {
            start: at,
            end,
            next,
            line,
            row,
            fault: Some(fault),
        })
    }

    pub(super) fn forget(&mut self, count: usize) {
        self.dead_end = self.dead_end.take().and_then(|dead| dead.forget(count));
    }
}

fn is_blank(bytes: &[u8], piece: &Piece) -> bool {
    let record = rest(bytes.get(..piece.end).unwrap_or_default(), piece.start);
    piece.fault.is_none() && record.iter().all(u8::is_ascii_whitespace)
}
