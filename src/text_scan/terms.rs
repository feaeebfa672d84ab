//! Words that tell something by themselves, unless what stands around them says otherwise.

use std::ops::Range;

use super::note::{Note, is_word};

/// A word in its forms, and what its neighbours may be.
#[derive(Debug)]
pub(super) struct Term {
    /// What all its forms begin with, in lower case.
    pub stem: &'static str,
    /// How they end; an empty one stands for the stem by itself.
    pub endings: &'static [&'static str],
    /// It counts behind one of these, or in front of one of [`Term::only_before`]; anywhere if there are
    /// none of either.
    pub only_behind: &'static [&'static str],
    /// See [`Term::only_behind`].
    pub only_before: &'static [&'static str],
    /// It does not count behind one of these.
    pub not_behind: &'static [&'static str],
    /// It does not count in front of one of these.
    pub not_before: &'static [&'static str],
    /// It does not count in a text that holds one of these.
    pub not_beside: &'static [&'static str],
}

/// What says that something is not so.
const NOT: &[&str] = &[
    "no",
    "not",
    "non",
    "nil",
    "never",
    "denies",
    "no known",
    "no previous",
    "no history of",
    "without",
    "not been",
    "never been",
    "no longer",
    "no criminal",
    "no signs of",
    "no evidence of",
    "not have",
];

impl Term {
    /// A word that always counts.
    pub const fn new(stem: &'static str, endings: &'static [&'static str]) -> Term {
        Term {
            stem,
            endings,
            only_behind: &[],
            only_before: &[],
            not_behind: &[],
            not_before: &[],
            not_beside: &[],
        }
    }

    /// Where the word stands, if its stem is at a place and it counts there.
    pub fn find(&self, note: &Note<'_>, at: usize) -> Option<Range<usize>> {
        let stem = at + self.stem.len();
        if note.lower.get(at..stem) != Some(self.stem) {
            return None;
        }
        let end = note.run(stem, |byte| byte.is_ascii_alphabetic());
        let ending = note.lower.get(stem..end)?;
        if is_word(note.byte_before(at))
            || note.byte(end).is_ascii_digit()
            || !self.endings.contains(&ending)
        {
            return None;
        }
        let bound = !self.only_behind.is_empty() || !self.only_before.is_empty();
        let fits = note.follows(at, self.only_behind) || note.precedes(end, self.only_before);
        let refused = bound && !fits
            || note.follows(at, NOT)
            || note.follows(at, self.not_behind)
            || note.precedes(end, self.not_before)
            || self.not_beside.iter().any(|word| note.lower.contains(word));
        (!refused).then_some(at..end)
    }
}
