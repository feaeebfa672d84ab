//! Where records begin and end.
//!
//! A cutter sees a buffer that holds a part of the input and goes through it record by record. Where
//! a verdict depends on bytes that are not in the buffer yet it asks for more, so that no verdict
//! depends on how the input was cut into buffers.

mod array;
mod element;
mod lines;
mod quotes;

use super::raw_chunk::CutFault;

pub(super) use array::ArrayCutter;
pub(super) use lines::{LineCutter, Separators};

/// Goes through an input of either layout.
pub(super) enum Cutter {
    /// CSV and NDJSON.
    Lines(LineCutter),
    /// A JSON array.
    Array(ArrayCutter),
}

/// What a cutter found at a place of the buffer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A record.
    Record(Piece),
    /// The buffer must hold more before anything can be said; what lies in front of this place is
    /// done with.
    More(usize),
    /// Nothing but the input's end.
    End,
}

/// A record as a part of the buffer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte.
    pub(super) start: usize,
    /// Byte behind the last, without line end or separator.
    pub(super) end: usize,
    /// Where to go on.
    pub(super) next: usize,
    /// Physical line on which it begins, counted from 1.
    pub(super) line: u64,
    /// Why it cannot be read.
    pub(super) fault: Option<CutFault>,
}

impl Cutter {
    /// The next record at or behind `at`. `ended` says that the input ends where the buffer does.
    pub(super) fn next(&mut self, bytes: &[u8], at: usize, ended: bool) -> Step {
        match self {
            Cutter::Lines(cutter) => cutter.next(bytes, at, ended),
            Cutter::Array(cutter) => cutter.next(bytes, at, ended),
        }
    }

    /// Tells that the first `count` bytes of the buffer are gone.
    pub(super) fn forget(&mut self, count: usize) {
        if let Cutter::Lines(cutter) = self {
            cutter.forget(count);
        }
    }

    /// Whether the input has ended inside a JSON array.
    pub(super) fn truncated(&self) -> bool {
        match self {
            Cutter::Lines(_) => false,
            Cutter::Array(cutter) => cutter.truncated(),
        }
    }
}

/// The bytes from `at` on; none where `at` lies behind the end.
fn rest(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

/// Where the line goes on whose end, `\n`, `\r\n` or `\r`, stands at `at`; `None` where the buffer
/// does not tell.
fn behind_line_end(bytes: &[u8], at: usize, ended: bool) -> Option<usize> {
    match rest(bytes, at) {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r'] if !ended => None,
        _ => Some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Found = (usize, usize, u64, Option<CutFault>);

    /// Cuts with a buffer that holds no more than it must, or all.
    fn cut(mut cutter: Cutter, text: &str, step: Option<usize>, forgetful: bool) -> Vec<Found> {
        let bytes = text.as_bytes();
        let (mut gone, mut end) = (0, step.unwrap_or(bytes.len()).min(bytes.len()));
        let mut found = Vec::new();
        loop {
            if let (true, Cutter::Lines(lines)) = (forgetful, &mut cutter) {
                lines.dead_end = None;
            }
            let done = match cutter.next(&bytes[gone..end], 0, end == bytes.len()) {
                Step::Record(piece) => {
                    let place = (gone + piece.start, gone + piece.end);
                    found.push((place.0, place.1, piece.line, piece.fault));
                    piece.next
                }
                Step::More(done) => {
                    assert!(end < bytes.len());
                    end = bytes.len().min(end + step.unwrap_or(1));
                    done
                }
                Step::End => return found,
            };
            cutter.forget(done);
            gone += done;
            end = end.max(gone);
        }
    }

    fn text(parts: &'static [&'static str]) -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(parts), 0..60)
            .prop_map(|parts| parts.concat())
    }

    fn csv(max_record: usize) -> Cutter {
        let separators = Separators {
            delimiter: b',',
            quote: Some(b'"'),
        };
        Cutter::Lines(LineCutter::csv(separators, max_record))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_was_learned_of_dead_ends_changes_nothing(
            text in text(&["a", "b\",\"", ",", "\"", "\n", "\r\n", "\"\"", ",\""]),
            max_record in 1usize..40,
        ) {
            let plain = cut(csv(max_record), &text, None, true);
            prop_assert_eq!(&plain, &cut(csv(max_record), &text, None, false));
            for step in 1..4 {
                prop_assert_eq!(&plain, &cut(csv(max_record), &text, Some(step), false));
            }
        }

        #[test]
        fn elements_do_not_depend_on_the_buffer(
            text in text(&["{", "}", "[", "]", ",", "\"", "\\", "\n", "\r", " ", "a", ",\n{", "{}"]),
            max_record in 1usize..40,
        ) {
            let array = || Cutter::Array(ArrayCutter::new(max_record));
            let text = format!("[{text}");
            let plain = cut(array(), &text, None, false);
            for step in 1..4 {
                prop_assert_eq!(&plain, &cut(array(), &text, Some(step), false));
            }
        }
    }
}
