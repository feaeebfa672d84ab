//! Going on behind what is broken.
//!
//! An alert that is taken for one of another person endangers people. Reading therefore goes on at a
//! line that can only begin an element of the outermost array, which brings its own members, or at one
//! that can only begin a sibling of the broken record, because nothing in between says that the
//! record's array ends.

use memchr::{memchr2_iter, memmem};

use super::super::super::detect::line_ends;
use super::super::array::{MAX_INDENT, trimmed};
use super::super::cursor::Commas;
use super::super::{Piece, Step, rest};
use super::{CutFault, Frame, Kind, NestedCutter, Place, Turn};

/// What is left of something broken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken {
    /// Whether no piece of it has been cut yet.
    fresh: bool,
}

impl NestedCutter {
    /// Something is broken from `at` on.
    pub(super) fn fail(&mut self, at: usize) -> Turn {
        self.recovering = true;
        self.closed = false;
        if self.frames.len() <= self.outermost()
            && let Some(anchor) = self.anchor.clone()
        {
            self.frames = anchor;
            self.version += 1;
        }
        for frame in &mut self.frames {
            if let Frame::Array { commas, .. } = frame {
                *commas = Commas::Unknown;
            }
        }
        self.place = Place::Broken(Broken { fresh: true });
        Turn::Go(at)
    }

    /// A piece of what is broken: up to a line at which reading goes on, or of the longest length.
    pub(super) fn broken(&mut self, bytes: &[u8], at: usize, ended: bool) -> Step {
        let fresh = matches!(self.place, Place::Broken(Broken { fresh: true }));
        let limit = at + self.max_record;
        let complete = ended || bytes.len() > limit + MAX_INDENT;
        let window = bytes.get(..limit).unwrap_or(bytes);
        let (end, next) = match self.resumption(bytes, window.len(), at, fresh) {
            Some((next, depth)) => {
                self.place = Place::Within;
                self.left = Some(depth);
                if depth == self.outermost() + 1 {
                    self.keep_anchor();
                }
                (self.own_end(bytes, at, next, depth).0, next)
            }
            None if !complete => return Step::More(at),
            None if ended && window.len() == bytes.len() => {
                self.place = Place::Behind;
                self.left = Some(0);
                let (end, closed) = self.own_end(bytes, at, bytes.len(), 0);
                self.closed = closed;
                (end, bytes.len())
            }
            None => {
                self.place = Place::Broken(Broken { fresh: false });
                (trimmed(bytes, at, limit), limit)
            }
        };
        self.among_members = matches!(self.frames.last(), Some(Frame::Object { .. }));
        self.version += u64::from(self.among_members);
        let line = self.cursor.line;
        self.cursor.line += line_ends(bytes, at, next);
        self.cursor.indent = Some(0);
        Step::Record(Piece {
            start: at,
            end,
            next,
            line,
            row: 0,
            fault: Some(CutFault::Unparsable),
        })
    }

    /// At which depth the outermost array lies.
    fn outermost(&self) -> usize {
        let array = self.steps.iter().position(|kind| *kind == Kind::Array);
        array.unwrap_or_default()
    }

    /// Remembers the outermost array. What is taken for its end may be that of an array within it.
    fn keep_anchor(&mut self) {
        let mut anchor = self.frames.clone();
        anchor.truncate(self.outermost() + 1);
        if let Some(Frame::Array { indent, .. }) = anchor.last_mut() {
            *indent = None;
        }
        self.anchor = Some(anchor);
    }

    /// The first line in front of `limit` at which reading can go on, and how many frames are open
    /// there.
    fn resumption(
        &self,
        bytes: &[u8],
        limit: usize,
        at: usize,
        fresh: bool,
    ) -> Option<(usize, usize)> {
        let (outermost, innermost) = (self.outermost(), self.steps.len() - 1);
        let Some(Frame::Array { indent: outer, .. }) = self.frames.get(outermost) else {
            return None;
        };
        let mut sibling = match self.frames.get(innermost) {
            Some(Frame::Array { indent, .. }) if fresh && innermost > outermost => *indent,
            _ => None,
        };
        let window = bytes.get(at..limit).unwrap_or_default();
        let mut before = at;
        for found in memchr2_iter(b'\n', b'\r', window) {
            let start = at + found + 1;
            if sibling.is_some() && self.names_an_array(bytes.get(before..start)) {
                sibling = None;
            }
            before = start;
            let Some((indent, byte)) = first_of_line(rest(bytes, start)) else {
                continue;
            };
            match byte {
                b'{' if sibling == Some(indent) && *outer != Some(indent) => {
                    return Some((start, innermost + 1));
                }
                b'{' if outer.is_none_or(|outer| indent <= outer) => {
                    return Some((start, outermost + 1));
                }
                b'}' | b']' if sibling.is_some_and(|sibling| indent < sibling) => sibling = None,
                _ => {}
            }
        }
        None
    }

    /// Whether text names a member that holds records, so that those of another object may follow.
    fn names_an_array(&self, text: Option<&[u8]>) -> bool {
        let mut levels = self.levels.iter();
        levels.any(|level| {
            let name = format!("\"{}\"", level.path);
            memmem::find(text.unwrap_or_default(), name.as_bytes()).is_some()
        })
    }

    /// Where a broken piece ends that lies in front of `end`, without the brackets that close what is
    /// open around it down to `depth`, and whether those were there. At the end of the document those of
    /// the outermost array, and of what is around it, will do.
    fn own_end(&self, bytes: &[u8], at: usize, end: usize, depth: usize) -> (usize, bool) {
        let whole = trimmed(bytes, at, end);
        let (mut own, mut closed) = (whole, None);
        for (place, frame) in self.frames.iter().enumerate().skip(depth) {
            let bracket = match frame {
                Frame::Object { .. } => b'}',
                Frame::Array { .. } => b']',
            };
            let last = own.checked_sub(1).filter(|last| *last > at);
            match last.filter(|last| bytes.get(*last) == Some(&bracket)) {
                Some(last) => own = trimmed(bytes, at, last),
                None => return closed.map_or((whole, false), |own| (own, true)),
            }
            if place == self.outermost() {
                closed = Some(own);
            }
        }
        (own, true)
    }
}

/// What a line begins with behind white space and commas, and how many bytes those are.
fn first_of_line(line: &[u8]) -> Option<(usize, u8)> {
    let mut front = line.iter().take(MAX_INDENT);
    let indent = front.position(|byte| !matches!(byte, b' ' | b'\t' | b','))?;
    Some((indent, line.get(indent).copied()?))
}
