//! Records anywhere in the lines of NDJSON: the elements of the arrays to which a path leads from each
//! line.

use super::lines::LineCutter;
use super::nested::NestedCutter;
use super::{Piece, Step};

/// Cuts the elements out of the arrays to which a path leads, line by line.
pub(in crate::read) struct NestedLines {
    lines: LineCutter,
    nested: NestedCutter,
    /// Where the line at hand ends, and where the next one begins.
    line: Option<(usize, usize)>,
}

impl NestedLines {
    /// `nested` goes along the path; a line is no longer than `max_record`.
    pub(in crate::read) fn new(nested: NestedCutter, max_record: usize) -> NestedLines {
        NestedLines {
            lines: LineCutter::ndjson(max_record),
            nested,
            line: None,
        }
    }

    /// What goes along the path.
    pub(in crate::read) fn nested(&self) -> &NestedCutter {
        &self.nested
    }

    /// What goes along the path.
    pub(in crate::read) fn nested_mut(&mut self) -> &mut NestedCutter {
        &mut self.nested
    }

    pub(super) fn next(&mut self, bytes: &[u8], mut at: usize, ended: bool) -> Step {
        loop {
            if let Some((end, next)) = self.line {
                let line = bytes.get(..end).unwrap_or(bytes);
                if let Step::Record(piece) = self.nested.next(line, at, true) {
                    return Step::Record(piece);
                }
                self.line = None;
                at = next;
            }
            let piece = match self.lines.next(bytes, at, ended) {
                Step::Record(piece) => piece,
                step => return step,
            };
            let line = bytes.get(..piece.end).unwrap_or(bytes);
            let begun = match piece.fault {
                Some(fault) => Err(fault),
                None => self.nested.begin(line, piece.start, piece.line),
            };
            match begun {
                Ok(start) => {
                    self.line = Some((piece.end, piece.next));
                    at = start;
                }
                Err(fault) => {
                    return Step::Record(Piece {
                        fault: Some(fault),
                        ..piece
                    });
                }
            }
        }
    }

    pub(super) fn forget(&mut self, count: usize) {
        self.lines.forget(count);
        self.line = self
            .line
            .map(|(end, next)| (end.saturating_sub(count), next.saturating_sub(count)));
    }
}
