//! The end of one JSON value.

use memchr::memchr3;

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

fn nested(bytes: &[u8], mut at: usize) -> Element {
    let mut depth = 0u32;
    // one bit a level, set for an object
    let mut kinds = 0u128;
    loop {
        let mut marks = rest(bytes, at).iter();
        let Some(offset) = marks.position(|byte| is_mark(*byte)) else {
            return Element::Open;
        };
        at += offset;
        let mark = bytes.get(at).copied().unwrap_or_default();
        at += 1;
        match mark {
            b'"' => match string_end(bytes, at) {
                Some(Some(end)) => at = end,
                Some(None) => return Element::Broken,
                None => return Element::Open,
            },
            b'{' | b'[' => {
                if depth == MAX_DEPTH {
                    return Element::Broken;
                }
                depth += 1;
                kinds = (kinds << 1) | u128::from(mark == b'{');
            }
            _ => {
                if (kinds & 1 == 1) != (mark == b'}') {
                    return Element::Broken;
                }
                depth -= 1;
                kinds >>= 1;
                if depth == 0 {
                    return Element::Ends(at);
                }
            }
        }
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
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
    use super::*;

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
