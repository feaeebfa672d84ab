//! Where records begin and end.
//!
//! A cutter sees a buffer that holds a part of the input and goes through it record by record. Where
//! a verdict depends on bytes that are not in the buffer yet it asks for more, so that no verdict
//! depends on how the input was cut into buffers.

mod array;
mod cursor;
mod element;
mod lines;
mod nested;
mod nested_lines;
mod quotes;

use super::raw_chunk::CutFault;

pub(super) use array::ArrayCutter;
pub(super) use element::{Element, find_end};
pub(super) use lines::{LineCutter, Separators};
pub(super) use nested::{Enclosing, NestedCutter};
pub(super) use nested_lines::NestedLines;

/// Goes through an input of any layout.
pub(super) enum Cutter {
    /// CSV and NDJSON.
    Lines(LineCutter),
    /// A JSON array.
    Array(ArrayCutter),
    /// Arrays within a JSON document.
    Nested(Box<NestedCutter>),
    /// Arrays within the lines of NDJSON.
    NestedLines(Box<NestedLines>),
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
    /// Row of a spreadsheet that it is, counted from 1; 0 in JSON arrays.
    pub(super) row: u64,
    /// Why it cannot be read.
    pub(super) fault: Option<CutFault>,
}

impl Cutter {
    /// The next record at or behind `at`. `ended` says that the input ends where the buffer does.
    pub(super) fn next(&mut self, bytes: &[u8], at: usize, ended: bool) -> Step {
        match self {
            Cutter::Lines(cutter) => cutter.next(bytes, at, ended),
            Cutter::Array(cutter) => cutter.next(bytes, at, ended),
            Cutter::Nested(cutter) => cutter.next(bytes, at, ended),
            Cutter::NestedLines(cutter) => cutter.next(bytes, at, ended),
        }
    }

    /// Tells that the first `count` bytes of the buffer are gone.
    pub(super) fn forget(&mut self, count: usize) {
        match self {
            Cutter::Lines(cutter) => cutter.forget(count),
            Cutter::NestedLines(cutter) => cutter.forget(count),
            Cutter::Array(_) | Cutter::Nested(_) => {}
        }
    }

    /// Whether the input has ended inside a JSON array.
    pub(super) fn truncated(&self) -> bool {
        match self {
            Cutter::Lines(_) | Cutter::NestedLines(_) => false,
            Cutter::Array(cutter) => cutter.truncated(),
            Cutter::Nested(cutter) => cutter.truncated(),
        }
    }

    /// Whether commas were missing between the elements of a JSON array, or too many.
    pub(super) fn stray_commas(&self) -> bool {
        match self {
            Cutter::Lines(_) => false,
            Cutter::Array(cutter) => cutter.stray_commas(),
            Cutter::Nested(cutter) => cutter.stray_commas(),
            Cutter::NestedLines(cutter) => cutter.nested().stray_commas(),
        }
    }

    /// What goes along the path of the records, where they have one.
    pub(super) fn nested(&mut self) -> Option<&mut NestedCutter> {
        match self {
            Cutter::Lines(_) | Cutter::Array(_) => None,
            Cutter::Nested(cutter) => Some(cutter),
            Cutter::NestedLines(cutter) => Some(cutter.nested_mut()),
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
    use crate::dialect::record_path::RecordPath;

    type Found = (usize, usize, u64, Option<CutFault>);

    /// Cuts with a buffer that holds no more than it must, or all.
    fn cut(mut cutter: Cutter, text: &str, step: Option<usize>, forgetful: bool) -> Vec<Found> {
        cut_seeing(&mut cutter, text, step, forgetful, |_| {})
    }

    fn cut_seeing(
        cutter: &mut Cutter,
        text: &str,
        step: Option<usize>,
        forgetful: bool,
        mut see: impl FnMut(&mut Cutter),
    ) -> Vec<Found> {
        let bytes = text.as_bytes();
        let (mut gone, mut end) = (0, step.unwrap_or(bytes.len()).min(bytes.len()));
        let mut found = Vec::new();
        loop {
            if let (true, Cutter::Lines(lines)) = (forgetful, &mut *cutter) {
                lines.dead_end = None;
            }
            let done = match cutter.next(&bytes[gone..end], 0, end == bytes.len()) {
                Step::Record(piece) => {
                    let place = (gone + piece.start, gone + piece.end);
                    found.push((place.0, place.1, piece.line, piece.fault));
                    see(cutter);
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
            ..Separators::default()
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

        #[test]
        fn nested_records_do_not_depend_on_the_buffer(
            text in text(&[
                "{", "}", "[", "]", ",", "\"", "\\", "\n", "\r", " ", "\"i\":1", "\"v\":", "{\"v\":[",
                "{\"w\":[{", "\"w\":[", "]}", "null", ",\n{", "\n {", "{}",
            ]),
            opening in proptest::sample::select(vec!["{\"v\":[", "{\"i\":2,\"v\":[{\"w\":[", "[", ""]),
            path in proptest::sample::select(vec!["/v/*/w/*", "/*/w/*", "/v/*", "/*/*", "/v/w/*"]),
            max_record in 1usize..60,
        ) {
            let text = format!("{opening}{text}");
            for lines in [false, true] {
                let plain = nested(path, lines, max_record, &text, None);
                for step in 1..4 {
                    prop_assert_eq!(&plain, &nested(path, lines, max_record, &text, Some(step)));
                }
            }
        }
    }

    /// The records with the objects around each.
    fn nested(
        path: &str,
        lines: bool,
        max_record: usize,
        text: &str,
        step: Option<usize>,
    ) -> Vec<(Found, Vec<String>)> {
        let path = RecordPath::parse(path).unwrap();
        let wanted = vec![vec![Box::from("i")]; path.parents()];
        let cutter = NestedCutter::new(&path, wanted.into_iter(), max_record);
        let mut cutter = match lines {
            false => Cutter::Nested(Box::new(cutter)),
            true => Cutter::NestedLines(Box::new(NestedLines::new(cutter, max_record))),
        };
        let mut around = Vec::new();
        let found = cut_seeing(&mut cutter, text, step, false, |cutter| {
            let enclosing = cutter.nested().unwrap().enclosing();
            let objects = enclosing.contexts().map(|own| own.object.clone());
            let objects = objects.map(|object| String::from_utf8(object).unwrap());
            let depth = format!("{} {}", enclosing.opened, enclosing.taken);
            around.push(objects.chain([depth]).collect::<Vec<_>>());
        });
        assert_eq!(found.len(), around.len());
        found.into_iter().zip(around).collect()
    }
}
