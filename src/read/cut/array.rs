//! Records that are the elements of a JSON array, whatever its layout.
//!
//! The cutter checks no more of an element than it needs to find its end: that brackets match, and
//! that strings end on the line on which they begin. What follows a broken element up to the next
//! line that can begin one belongs to it.

use super::super::detect::line_ends;
use super::super::raw_chunk::CutFault;
use super::cursor::{Commas, Cursor};
use super::element::{self, Element};
use super::{Piece, Step, behind_line_end, rest};

/// The white space and comma in front of a `{`, in bytes, behind which a line begins no element.
pub(super) const MAX_INDENT: usize = 1024;

/// Cuts a JSON array into its elements.
pub(in crate::read) struct ArrayCutter {
    max_record: usize,
    cursor: Cursor,
    place: Place,
    commas: Commas,
    /// Whether commas are missing or too many.
    stray_commas: bool,
    /// Whether an array was opened, and whether it was closed.
    opened: bool,
    closed: bool,
    /// Whether an element was broken, so that a `]` may be that of an array within it.
    recovering: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In front of everything.
    Front,
    /// Between elements.
    Between,
    /// In what is left of a broken element, which began with this indent.
    Broken(Option<usize>),
    /// Behind the array.
    Behind,
}

impl ArrayCutter {
    pub(in crate::read) fn new(max_record: usize) -> ArrayCutter {
        ArrayCutter {
            max_record,
            cursor: Cursor::new(),
            place: Place::Front,
            commas: Commas::None,
            stray_commas: false,
            opened: false,
            closed: false,
            recovering: false,
        }
    }

    pub(super) fn truncated(&self) -> bool {
        self.opened && !self.closed
    }

    pub(super) fn stray_commas(&self) -> bool {
        self.stray_commas
    }

    pub(super) fn next(&mut self, bytes: &[u8], mut at: usize, ended: bool) -> Step {
        loop {
            if let Place::Broken(indent) = self.place {
                return self.broken(bytes, at, ended, indent);
            }
            at = self.cursor.skip_space(bytes, at, ended);
            match (bytes.get(at), self.place) {
                (Some(b'\r'), _) | (None, _) if !ended => return Step::More(at),
                (None, _) => return Step::End,
                (Some(b'['), Place::Front) => {
                    self.opened = true;
                    self.place = Place::Between;
                }
                (Some(_), Place::Front) => {
                    self.place = Place::Between;
                    continue;
                }
                (Some(b','), Place::Between) => {
                    self.stray_commas |= !self.commas.comma();
                    self.cursor.pass_comma();
                    at += 1;
                    continue;
                }
                (Some(b']'), Place::Between) if self.opened => {
                    self.stray_commas |= !self.commas.may_close();
                    self.closed = true;
                    self.place = Place::Behind;
                }
                (Some(_), Place::Behind) if !self.recovering => {
                    return self.trailing_line(bytes, at, ended);
                }
                (Some(_), Place::Behind) => {
                    self.closed = false;
                    self.place = Place::Broken(None);
                    continue;
                }
                (Some(_), _) => match self.element(bytes, at, ended) {
                    Some(step) => return step,
                    None => continue,
                },
            }
            self.cursor.indent = None;
            at += 1;
        }
    }

    /// The element at `at`; `None` where it is broken.
    fn element(&mut self, bytes: &[u8], at: usize, ended: bool) -> Option<Step> {
        let limit = bytes.len().min(at + self.max_record);
        let complete = ended || bytes.len() > at + self.max_record;
        match element::find_end(
            bytes.get(..limit).unwrap_or_default(),
            at,
            ended && limit == bytes.len(),
        ) {
            Element::Ends(end) => {
                let line = self.cursor.line;
                self.cursor.pass(bytes, at, end);
                self.stray_commas |= self.opened && !self.commas.element();
                Some(Step::Record(Piece {
                    start: at,
                    end,
                    next: end,
                    line,
                    row: 0,
                    fault: None,
                }))
            }
            Element::Open if !complete => Some(Step::More(at)),
            Element::Open | Element::Broken => {
                self.recovering = true;
                self.place = Place::Broken(self.cursor.indent);
                self.commas = Commas::Unknown;
                None
            }
        }
    }

    /// A broken element from `at` up to the next line that can begin one: the line holds nothing in
    /// front of a `{`, which is indented no more than the broken one's was, so that objects within
    /// the broken one are not taken for elements.
    fn broken(&mut self, bytes: &[u8], at: usize, ended: bool, indent: Option<usize>) -> Step {
        let limit = at + self.max_record;
        let complete = ended || bytes.len() > limit + MAX_INDENT;
        let window = bytes.get(..limit).unwrap_or(bytes);
        let (end, next) = match next_element_line(bytes, window.len(), at, indent) {
            Some(next) => {
                self.place = Place::Between;
                self.cursor.indent = Some(0);
                (next, next)
            }
            None if !complete => return Step::More(at),
            None if ended && window.len() == bytes.len() => {
                self.place = Place::Behind;
                self.last_broken(bytes, at)
            }
            None => (limit, limit),
        };
        let line = self.cursor.line;
        self.cursor.line += line_ends(bytes, at, next);
        Step::Record(Piece {
            start: at,
            end: trimmed(bytes, at, end),
            next,
            line,
            row: 0,
            fault: Some(CutFault::Unparsable),
        })
    }

    /// Where a broken element ends behind which there is no other: in front of the `]` that ends the
    /// array, if there is one.
    fn last_broken(&mut self, bytes: &[u8], at: usize) -> (usize, usize) {
        let end = trimmed(bytes, at, bytes.len());
        let bracket = end.checked_sub(1).filter(|last| *last > at);
        match bracket {
            Some(last) if self.opened && bytes.get(last) == Some(&b']') => {
                self.closed = true;
                (last, bytes.len())
            }
            _ => (end, bytes.len()),
        }
    }

    /// A line of text behind the array.
    fn trailing_line(&mut self, bytes: &[u8], at: usize, ended: bool) -> Step {
        let limit = bytes.len().min(at + self.max_record);
        let window = bytes.get(at..limit).unwrap_or_default();
        let line = self.cursor.line;
        let (end, next) = match memchr::memchr2(b'\n', b'\r', window) {
            Some(length) => match behind_line_end(bytes, at + length, ended) {
                None => return Step::More(at),
                Some(next) => {
                    self.cursor.line += 1;
                    (at + length, next)
                }
            },
            None if ended || window.len() == self.max_record => (limit, limit),
            None => return Step::More(at),
        };
        Step::Record(Piece {
            start: at,
            end,
            next,
            line,
            row: 0,
            fault: Some(CutFault::Unparsable),
        })
    }
}

/// Where the first line begins, in front of `limit`, that can begin an element.
fn next_element_line(
    bytes: &[u8],
    limit: usize,
    at: usize,
    indent: Option<usize>,
) -> Option<usize> {
    let window = bytes.get(at..limit).unwrap_or_default();
    for found in memchr::memchr2_iter(b'\n', b'\r', window) {
        let start = at + found + 1;
        let line = rest(bytes, start);
        let mut front = line.iter().take(MAX_INDENT);
        let blank = front.position(|byte| !matches!(byte, b' ' | b'\t' | b','));
        if let Some(blank) = blank
            && line.get(blank) == Some(&b'{')
            && indent.is_none_or(|indent| blank <= indent)
        {
            return Some(start);
        }
    }
    None
}

/// The end of what begins at `at` without white space and commas in front of `end`; never empty.
pub(super) fn trimmed(bytes: &[u8], at: usize, end: usize) -> usize {
    let text = bytes.get(at..end).unwrap_or_default();
    let kept = text
        .iter()
        .rposition(|byte| !byte.is_ascii_whitespace() && *byte != b',');
    at + kept.map_or(text.len(), |last| last + 1)
}
