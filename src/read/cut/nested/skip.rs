//! Passing a value that is longer than a record may be, a buffer at a time.

use memchr::memchr3;

use super::super::rest;

/// How far a value has been passed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Skip {
    depth: u64,
    quoted: bool,
    /// Whether the value is neither a string nor holds others.
    bare: bool,
    begun: bool,
}

/// What passing a value shows.
pub(super) enum Passed {
    /// It ends in front of this place.
    Ends(usize),
    /// It goes on behind this place, which is where the buffer ends, or shortly before.
    Open(usize),
    /// A line ends within a string, at this place.
    Broken(usize),
}

impl Skip {
    /// Passes as much of the value as the buffer holds from `at` on.
    pub(super) fn pass(&mut self, bytes: &[u8], mut at: usize) -> Passed {
        loop {
            if self.quoted {
                let Some(length) = memchr3(b'"', b'\\', b'\n', rest(bytes, at)) else {
                    return Passed::Open(bytes.len());
                };
                at += length;
                match bytes.get(at) {
                    Some(b'\n') => return Passed::Broken(at),
                    Some(b'\\') if at + 1 == bytes.len() => return Passed::Open(at),
                    Some(b'\\') => at += 2,
                    _ => {
                        self.quoted = false;
                        at += 1;
                        if self.depth == 0 {
                            return Passed::Ends(at);
                        }
                    }
                }
                continue;
            }
            let Some(byte) = bytes.get(at) else {
                return Passed::Open(at);
            };
            if self.bare && (byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}')) {
                return Passed::Ends(at);
            }
            let first = !std::mem::replace(&mut self.begun, true);
            match byte {
                b'"' if !self.bare => self.quoted = true,
                b'{' | b'[' if !self.bare => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Passed::Ends(at + 1);
                    }
                }
                _ => self.bare |= first,
            }
            at += 1;
        }
    }
}
