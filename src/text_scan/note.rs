//! The text of one cell, and the words around a place in it.

/// The text of one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note<'t> {
    /// As written.
    pub text: &'t str,
    /// With the letters A to Z in lower case, so that places are the same.
    pub lower: &'t str,
}

/// Whether a byte is part of a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

impl<'t> Note<'t> {
    /// The byte at a place, in lower case; a space outside the text.
    pub fn byte(&self, at: usize) -> u8 {
        self.lower.as_bytes().get(at).copied().unwrap_or(b' ')
    }

    /// The byte in front of a place.
    pub fn byte_before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b' ', |before| self.byte(before))
    }

    /// Where the run of bytes that fit ends, from a place on.
    pub fn run(&self, from: usize, fits: impl Fn(u8) -> bool) -> usize {
        let rest = self.lower.as_bytes().get(from..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| fits(**byte)).count();
        from + run
    }

    /// The text in front of a place, in lower case, without what parts words.
    pub fn before(&self, at: usize) -> &'t str {
        let before = self.lower.get(..at).unwrap_or_default();
        before.trim_end_matches(parts_words)
    }

    /// The text behind a place, in lower case, without what parts words.
    pub fn after(&self, at: usize) -> &'t str {
        let after = self.lower.get(at..).unwrap_or_default();
        after.trim_start_matches(parts_words)
    }

    /// Whether one of the phrases stands right in front of a place.
    pub fn follows(&self, at: usize, phrases: &[&str]) -> bool {
        let before = self.before(at);
        let ends = |phrase: &&str| {
            let head = before.strip_suffix(*phrase);
            head.is_some_and(|head| !head.bytes().next_back().is_some_and(is_word))
        };
        phrases.iter().any(ends)
    }

    /// Whether the text right behind a place begins with one of the phrases.
    pub fn precedes(&self, at: usize, phrases: &[&str]) -> bool {
        let after = self.after(at);
        phrases.iter().any(|phrase| after.starts_with(phrase))
    }

    /// The `most` bytes or so in front of a place, in lower case.
    pub fn shortly_before(&self, at: usize, most: usize) -> &'t str {
        let mut from = at.saturating_sub(most);
        while !self.lower.is_char_boundary(from) {
            from += 1;
        }
        self.lower.get(from..at).unwrap_or_default()
    }
}

fn parts_words(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '/' | ':' | '(' | '"' | '\'' | '#' | '=' | '\u{2013}'
        )
}
