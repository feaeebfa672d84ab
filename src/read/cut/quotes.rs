//! The end of a record whose quoted cells may hold line ends.
//!
//! A quote that nothing closes would make the rest of the input one cell. The look-ahead therefore
//! gives a record up when a cell that spans lines is closed in the middle of ordinary text, or when
//! the record does not end within the longest length; the cutter then takes its first line alone.
//!
//! Every line behind such a line may make the same look-ahead necessary, up to the same place. What
//! the last one found is kept for that reason: at every line end that it passed it was inside
//! quotes, so that a later one that passes one of these line ends inside quotes goes the same way
//! from there on, and need not go it again.

use memchr::{memchr, memchr2, memchr3};

use super::super::detect::line_ends;
use super::lines::LineCutter;
use super::{behind_line_end, rest};

/// What looking ahead from the start of a record shows.
pub(super) enum Verdict {
    /// It ends before `end`; behind its line end lies `next`, on physical line `line`.
    Ends { end: usize, next: usize, line: u64 },
    /// A quote opens a cell that is not closed as it should be.
    Unbalanced,
    /// Its first line is longer than a record may be.
    TooLong,
    /// The buffer does not tell.
    More,
}

/// How far a look-ahead has come.
#[derive(Debug, Clone, Copy)]
struct Walk {
    at: usize,
    line: u64,
    quoted: bool,
    /// Whether the open cell has passed a line end.
    spans: bool,
}

/// Where a look-ahead gave up.
#[derive(Debug)]
pub(super) struct DeadEnd {
    walk: Walk,
    /// Whether what stands there can never be right; otherwise the record was only too long.
    hopeless: bool,
}

impl DeadEnd {
    /// The same after the first `count` bytes of the buffer are gone; `None` where it is among them.
    pub(super) fn forget(mut self, count: usize) -> Option<DeadEnd> {
        self.walk.at = self.walk.at.checked_sub(count)?;
        Some(self)
    }
}

/// What stands behind the text of a quoted cell.
enum Close {
    /// A quote that closes it, at this place.
    At(usize),
    /// The walk goes on as an earlier one did.
    AsBefore,
    /// Nothing within the window.
    Nothing,
    /// The buffer ends with the quote.
    More,
}

impl LineCutter {
    /// Looks for the end of the record that begins at `start`.
    pub(super) fn look_ahead(&mut self, bytes: &[u8], start: usize, ended: bool) -> Verdict {
        let limit = start + self.max_record + 1;
        let window = bytes.get(..limit).unwrap_or(bytes);
        // the byte behind the window tells `\r` from `\r\n` and a closing quote from a doubled one
        let complete = ended || bytes.len() > limit;
        let mut walk = Walk {
            at: start,
            line: self.line,
            quoted: false,
            spans: false,
        };
        loop {
            if walk.quoted {
                match self.close(bytes, window, &mut walk, ended) {
                    Close::At(quote) => {
                        let next = bytes.get(quote + 1).copied();
                        let ends_cell = next.is_none_or(|b| self.ends_cell(b));
                        if walk.spans && !ends_cell {
                            return self.give_up(walk, true);
                        }
                        walk.at = quote + 1;
                        walk.quoted = false;
                    }
                    Close::AsBefore => match &self.dead_end {
                        Some(dead) if !dead.hopeless => walk = dead.walk,
                        _ => return Verdict::Unbalanced,
                    },
                    Close::Nothing if complete => return self.give_up(walk, false),
                    Close::Nothing | Close::More => return Verdict::More,
                }
            } else {
                let Some(at) = self.next_mark(window, walk.at) else {
                    return self.unfinished(bytes, window, walk, ended, complete);
                };
                let mark = bytes.get(at).copied();
                if mark == self.separators.quote {
                    walk.quoted = self.separators.opens_cell(bytes, start, at);
                    walk.spans = false;
                    walk.at = at + 1;
                } else {
                    return match behind_line_end(bytes, at, ended) {
                        None => Verdict::More,
                        Some(next) => Verdict::Ends {
                            end: at,
                            next,
                            line: walk.line + 1,
                        },
                    };
                }
            }
        }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.separators.delimiter || matches!(byte, b'\n' | b'\r')
    }

    fn next_mark(&self, window: &[u8], at: usize) -> Option<usize> {
        let text = rest(window, at);
        let found = match self.separators.quote {
            Some(quote) => memchr3(b'\n', b'\r', quote, text),
            None => memchr2(b'\n', b'\r', text),
        };
        found.map(|offset| at + offset)
    }

    /// The quote that closes the cell in which `walk` stands; moves `walk` over the text in between.
    fn close(&self, bytes: &[u8], window: &[u8], walk: &mut Walk, ended: bool) -> Close {
        let Some(quote) = self.separators.quote else {
            return Close::Nothing;
        };
        loop {
            let text = rest(window, walk.at);
            let known = self.known_line(text, walk.at);
            let found = match known {
                Some(length) => memchr(quote, text.get(..length).unwrap_or_default()),
                None => memchr(quote, text),
            };
            let Some(length) = found else {
                if known.is_some() {
                    return Close::AsBefore;
                }
                // a doubled quote may reach beyond the window
                walk.pass(bytes, window.len().max(walk.at));
                return Close::Nothing;
            };
            let at = walk.at + length;
            let escaped = self.separators.is_escaped(bytes, at);
            walk.pass(bytes, at);
            if escaped {
                walk.at = at + 1;
                continue;
            }
            match bytes.get(at + 1) {
                None if !ended => return Close::More,
                Some(next) if *next == quote => walk.at = at + 2,
                _ => return Close::At(at),
            }
        }
    }

    /// The length of the line's rest where its end is one that the dead end's walk has passed.
    fn known_line(&self, text: &[u8], at: usize) -> Option<usize> {
        let dead = self.dead_end.as_ref()?;
        let known = text.get(..dead.walk.at.checked_sub(at)?)?;
        memchr2(b'\n', b'\r', known)
    }

    /// Says what a record is that has no line end within the window.
    fn unfinished(
        &mut self,
        bytes: &[u8],
        window: &[u8],
        mut walk: Walk,
        ended: bool,
        complete: bool,
    ) -> Verdict {
        if !complete {
            return Verdict::More;
        }
        if ended && window.len() == bytes.len() {
            return Verdict::Ends {
                end: bytes.len(),
                next: bytes.len(),
                line: walk.line,
            };
        }
        if walk.line == self.line {
            return Verdict::TooLong;
        }
        walk.at = window.len().max(walk.at);
        self.give_up(walk, false)
    }

    fn give_up(&mut self, walk: Walk, hopeless: bool) -> Verdict {
        self.dead_end = Some(DeadEnd { walk, hopeless });
        Verdict::Unbalanced
    }
}

impl Walk {
    /// Moves on inside quotes.
    fn pass(&mut self, bytes: &[u8], to: usize) {
        let lines = line_ends(bytes, self.at, to);
        self.line += lines;
        self.spans |= lines > 0;
        self.at = to;
    }
}
