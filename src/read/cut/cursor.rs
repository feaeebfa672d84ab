//! How far a cutter has come in JSON text: lines, indents, commas.

use super::super::detect::line_ends;
use super::rest;

/// Where a cutter stands in its lines.
#[derive(Debug)]
pub(super) struct Cursor {
    /// Physical line at the place reached, counted from 1.
    pub(super) line: u64,
    /// White space and commas between the line's start and the place reached, in bytes; `None` where
    /// the line holds more than that.
    pub(super) indent: Option<usize>,
}

impl Cursor {
    pub(super) fn new() -> Cursor {
        Cursor {
            line: 1,
            indent: Some(0),
        }
    }

    /// Passes white space, but for a `\r` of which the buffer does not tell whether a `\n` follows.
    pub(super) fn skip_space(&mut self, bytes: &[u8], at: usize, ended: bool) -> usize {
        let mut end = behind_space(bytes, at);
        if !ended && end == bytes.len() && end > at && bytes.get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        let passed = bytes.get(at..end).unwrap_or_default();
        self.indent = match memchr::memrchr2(b'\n', b'\r', passed) {
            Some(last) => Some(passed.len() - last - 1),
            None => self.indent.map(|indent| indent + passed.len()),
        };
        self.line += line_ends(bytes, at, end);
        end
    }

    /// Passes content.
    pub(super) fn pass(&mut self, bytes: &[u8], from: usize, to: usize) {
        self.line += line_ends(bytes, from, to);
        self.indent = None;
    }

    /// Passes a comma.
    pub(super) fn pass_comma(&mut self) {
        self.indent = self.indent.map(|indent| indent + 1);
    }
}

/// Where the white space of JSON ends that begins at `at`.
pub(super) fn behind_space(bytes: &[u8], at: usize) -> usize {
    let text = rest(bytes, at);
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    at + text
        .iter()
        .position(|byte| !blank(byte))
        .unwrap_or(text.len())
}

/// Whether the commas of an array stand between its elements, and nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    /// Nothing stands in front.
    None,
    /// An element stands in front.
    Due,
    /// A comma stands in front.
    Passed,
    /// What stands in front is broken.
    Unknown,
}

impl Commas {
    /// Passes a comma; whether it may stand there.
    pub(super) fn comma(&mut self) -> bool {
        let fits = matches!(self, Commas::Due | Commas::Unknown);
        *self = Commas::Passed;
        fits
    }

    /// Passes an element; whether it may stand there.
    pub(super) fn element(&mut self) -> bool {
        let fits = *self != Commas::Due;
        *self = Commas::Due;
        fits
    }

    /// Whether the array may end there.
    pub(super) fn may_close(self) -> bool {
        self != Commas::Passed
    }
}
