//! The end of one JSON value.

use memchr::memchr3;
use wide::u8x16;

use super::super::blocks::{WIDE, bits, wide_block};
use super::rest;

/// Objects and arrays within each other, beyond which an element is taken for broken; the parser
/// that gets to see it goes no deeper.
const MAX_DEPTH: u32 = 127;

/// What looking for the end of an element shows.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read) enum Element {
    /// It ends in front of this place.
    Ends(usize),
    /// It is still open where the bytes end.
    Open,
    /// It can never end properly.
    Broken,
}

/// Finds the end of the value that begins at `at`. `ended` says that the input ends where the bytes
/// do.
pub(in crate::read) fn find_end(bytes: &[u8], at: usize, ended: bool) -> Element {
    match bytes.get(at) {
        Some(b'{' | b'[') => nested(bytes, at),
        Some(b'"') => match string_end(bytes, at + 1) {
            Some(Some(end)) => Element::Ends(end),
            Some(None) => Element::Broken,
            None => Element::Open,
        },
        _ => bare(bytes, at, ended),
    }
}

/// Goes through an object or array sixty-four bytes at a time: brackets count where they do not stand in
/// strings, and what stands in strings follows from the quotes in front.
fn nested(bytes: &[u8], mut at: usize) -> Element {
    let mut open = Open::default();
    let mut strings = Strings::default();
    while at < bytes.len() {
        let block = wide_block(bytes, at);
        let inside = strings.pass(&block);
        let line_ends = bits(&block, |bytes| bytes.simd_eq(u8x16::splat(b'\n')));
        let broken = (line_ends & inside.unescaped).trailing_zeros();
        // the bit that tells `[` from `{` also tells `]` from `}`
        let mut brackets = !inside.all
            & bits(&block, |bytes| {
                let bytes = bytes | u8x16::splat(0x20);
                bytes.simd_eq(u8x16::splat(b'{')) | bytes.simd_eq(u8x16::splat(b'}'))
            });
        while brackets != 0 {
            let place = brackets.trailing_zeros();
            brackets &= brackets - 1;
            if place > broken {
                break;
            }
            let place = place as usize;
            match open.pass(block.get(place).copied().unwrap_or_default()) {
                Some(0) => return Element::Ends(at + place + 1),
                Some(_) => {}
                None => return Element::Broken,
            }
        }
        if broken < u64::BITS {
            return Element::Broken;
        }
        at += WIDE;
    }
    Element::Open
}

/// The objects and arrays that are open.
#[derive(Default)]
struct Open {
    depth: u32,
    /// One bit a level, set for an object.
    kinds: u128,
}

impl Open {
    /// Passes a bracket; returns how many are open then, or `None` where it may not stand there.
    #[inline]
    fn pass(&mut self, bracket: u8) -> Option<u32> {
        if let b'{' | b'[' = bracket {
            if self.depth == MAX_DEPTH {
                return None;
            }
            self.depth += 1;
            self.kinds = (self.kinds << 1) | u128::from(bracket == b'{');
        } else {
            if (self.kinds & 1 == 1) != (bracket == b'}') {
                return None;
            }
            self.depth -= 1;
            self.kinds >>= 1;
        }
        Some(self.depth)
    }
}

/// Whether the place reached lies in a string.
#[derive(Default)]
struct Strings {
    /// All bits where it does.
    quoted: u64,
    /// Whether an escape stands in front.
    escaped: bool,
}

/// Which of sixty-four bytes stand in strings, the opening quote with them.
struct Inside {
    all: u64,
    /// Those in front of which no escape stands.
    unescaped: u64,
}

impl Strings {
    #[inline]
    fn pass(&mut self, block: &[u8; WIDE]) -> Inside {
        let escapes = bits(block, |bytes| bytes.simd_eq(u8x16::splat(b'\\')));
        if escapes != 0 || self.escaped {
            return self.pass_each(block);
        }
        // a byte stands in a string where the number of quotes up to it is odd
        let mut inside = bits(block, |bytes| bytes.simd_eq(u8x16::splat(b'"')));
        for shift in [1, 2, 4, 8, 16, 32] {
            inside ^= inside << shift;
        }
        inside ^= self.quoted;
        self.quoted = 0u64.wrapping_sub(inside >> 63);
        Inside {
            all: inside,
            unescaped: inside,
        }
    }

    /// The same byte by byte.
    fn pass_each(&mut self, block: &[u8; WIDE]) -> Inside {
        let mut inside = Inside {
            all: 0,
            unescaped: 0,
        };
        for (place, byte) in block.iter().enumerate() {
            let (quoted, escaped) = (self.quoted != 0, self.escaped);
            self.escaped = quoted && !escaped && *byte == b'\\';
            if *byte == b'"' && !escaped {
                self.quoted = !self.quoted;
            }
            let is_inside = self.quoted != 0;
            inside.all |= u64::from(is_inside) << place;
            inside.unescaped |= u64::from(is_inside && !escaped) << place;
        }
        inside
    }
}

/// The place behind the quote that ends a string; `Some(None)` where a line ends within it, which
/// JSON does not allow, and `None` where it is still open.
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> Option<Option<usize>> {
    loop {
        at += memchr3(b'"', b'\\', b'\n', rest(bytes, at))?;
        match bytes.get(at) {
            Some(b'"') => return Some(Some(at + 1)),
            Some(b'\n') => return Some(None),
            _ => at += 2,
        }
    }
}

/// A number, a word, or what is no value at all.
fn bare(bytes: &[u8], at: usize, ended: bool) -> Element {
    let behind = rest(bytes, at + 1);
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'{' | b'}');
    match behind.iter().position(ends) {
        Some(length) => Element::Ends(at + 1 + length),
        None if ended => Element::Ends(bytes.len()),
        None => Element::Open,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same as [`nested`], byte by byte.
    fn nested_slowly(bytes: &[u8], at: usize) -> Element {
        let mut open = Vec::new();
        let mut at = at;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'"' => match string_end(bytes, at) {
                    Some(Some(end)) => at = end,
                    Some(None) => return Element::Broken,
                    None => return Element::Open,
                },
                b'{' | b'[' if open.len() == MAX_DEPTH as usize => return Element::Broken,
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                b'}' | b']' if open.pop() != Some(*byte) => return Element::Broken,
                b'}' | b']' if open.is_empty() => return Element::Ends(at),
                _ => {}
            }
        }
        Element::Open
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn elements_end_where_going_byte_by_byte_ends_them(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "{", "}", "[", "]", "{}", "\"", "\"\"", "\\", "\\\"", "\n", ",", "a", "\"key\":", "\"value\"",
                    "\"a longer text, as notes are\"", "\"é { [\"", "\\\\", "            ",
                ]),
                0..40,
            ),
            opening in prop::sample::select(vec!["{", "["]),
            closing in prop::sample::select(vec!["", "}", "]", "]}"]),
            front in 0usize..3,
        ) {
            let text = format!("{}{opening}{}{closing}", "x".repeat(front), parts.concat());
            let bytes = text.as_bytes();
            prop_assert_eq!(nested(bytes, front), nested_slowly(bytes, front));
        }
    }

    #[test]
    fn no_element_goes_deeper_than_the_parser() {
        for depth in 120..140 {
            let text = ["[".repeat(depth), "]".repeat(depth)].concat();
            assert_eq!(
                nested(text.as_bytes(), 0),
                nested_slowly(text.as_bytes(), 0)
            );
        }
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        let text = br#"{"a":"}\"]","b":[1,{}]},"#;
        assert_eq!(find_end(text, 0, true), Element::Ends(text.len() - 1));
    }

    #[test]
    fn what_cannot_end_is_broken_at_once() {
        assert_eq!(find_end(br#"{"a":[1,2}"#, 0, false), Element::Broken);
        assert_eq!(find_end(b"{\"a\":\"x\n\"}", 0, false), Element::Broken);
        assert_eq!(find_end(&[b'['; 200], 0, false), Element::Broken);
    }

    #[test]
    fn what_may_go_on_is_open() {
        assert_eq!(find_end(br#"{"a":1"#, 0, true), Element::Open);
        assert_eq!(find_end(b"{\"a\\", 0, true), Element::Open);
        assert_eq!(find_end(b"12", 0, false), Element::Open);
        assert_eq!(find_end(b"12", 0, true), Element::Ends(2));
    }
}
