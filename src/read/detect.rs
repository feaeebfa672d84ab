//! What the first bytes of an input tell of its dialect.

use encoding_rs::Encoding as Tables;
use memchr::{memchr, memchr2};

use super::cut::{Element, find_end};
use crate::dialect::{Encoding, Format};

use super::workbook;

/// The usual separators of cells.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The encoding that a byte order mark tells, and the mark's length in bytes. `wish` wins, but for
/// the byte order of UTF-16, which the mark proves; a UTF-8 mark is cut off and tells nothing,
/// because it is found in front of Windows-1252 too.
pub(super) fn byte_order_mark(head: &[u8], wish: Option<Encoding>) -> (Option<Encoding>, usize) {
    let wide = matches!(
        wish,
        None | Some(Encoding::Utf16Le) | Some(Encoding::Utf16Be)
    );
    match head {
        [0xff, 0xfe, ..] if wide => (Some(Encoding::Utf16Le), 2),
        [0xfe, 0xff, ..] if wide => (Some(Encoding::Utf16Be), 2),
        [0xef, 0xbb, 0xbf, ..] => (wish, 3),
        _ => (wish, 0),
    }
}

/// Why content that begins so is no table, with the remedy: pages that some systems save under the name
/// of a workbook, and workbooks that are compressed once more.
pub(super) fn no_table(head: &[u8]) -> Option<&'static str> {
    const MARKUP: [&[u8]; 5] = [b"<html", b"<!doctype", b"<?xml", b"<table", b"<workbook"];
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let begins = |mark: &&[u8]| {
        let start = text.get(..mark.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(mark))
    };
    if MARKUP.iter().any(begins) {
        return Some("is a web page or XML; open it in a spreadsheet program and save it as .xlsx");
    }
    workbook::is_packed(head).then_some("is a workbook or an archive inside gzip; unpack it")
}

/// UTF-16 without a mark: every other byte of ordinary text is NUL.
pub(super) fn utf16_by_nul(head: &[u8]) -> Option<Encoding> {
    let (pairs, _) = head.as_chunks::<2>();
    let first = pairs.iter().filter(|[byte, _]| *byte == 0).count();
    let second = pairs.iter().filter(|[_, byte]| *byte == 0).count();
    // a character of another script, or half a surrogate pair, may have its NUL on the other side
    let tells =
        |many: usize, few: usize| many * 10 >= pairs.len() * 7 && few * 10 <= pairs.len() * 2;
    match pairs.len() {
        0 | 1 => None,
        _ if tells(second, first) => Some(Encoding::Utf16Le),
        _ if tells(first, second) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Where the first byte lies that is no ASCII.
pub(super) fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    let plain = Tables::ascii_valid_up_to(bytes);
    (plain < bytes.len()).then_some(plain)
}

/// UTF-8 or Windows-1252, judged by bytes that hold more than ASCII: UTF-8 where no byte, or fewer
/// bytes than there are good sequences, contradict it. A sample that is not `whole` may end inside a
/// character.
pub(super) fn encoding(sample: &[u8], whole: bool) -> Encoding {
    let mut good = 0usize;
    let mut bad = 0usize;
    for chunk in sample.utf8_chunks() {
        let text = chunk.valid();
        good += text.chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    let cut_off = std::str::from_utf8(sample).is_err_and(|error| error.error_len().is_none());
    if bad == 0 || (cut_off && !whole) || good > bad {
        Encoding::Utf8
    } else {
        Encoding::Windows1252
    }
}

/// The format that the first bytes of content tell; `None` where there is nothing but white space.
pub(super) fn format(head: &[u8]) -> Option<Format> {
    let mut content = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    Some(match (content.next()?, content.next()) {
        // Some databases write the names of a header in brackets.
        (b'[', Some(next)) if next.is_ascii_alphabetic() => Format::Csv,
        (b'[', _) => Format::Json,
        (b'{', _) if spans_lines(head) => Format::Json,
        (b'{', _) => Format::Ndjson,
        _ => Format::Csv,
    })
}

/// Whether the object that the first bytes begin goes on behind its first line.
fn spans_lines(head: &[u8]) -> bool {
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace());
    let start = start.unwrap_or_default();
    match find_end(head, start, false) {
        Element::Ends(end) => line_ends(head, start, end) > 0,
        Element::Open | Element::Broken => false,
    }
}

/// Whether the object that the first bytes begin is the first of many lines, or the whole document.
/// `most` is how long a line may be that is a record.
pub(super) fn nested_format(head: &[u8], most: usize) -> Format {
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace());
    let start = start.unwrap_or_default();
    let window = head.get(..start + most).unwrap_or(head);
    let first = match find_end(window, start, false) {
        Element::Ends(end) => end,
        Element::Open | Element::Broken => {
            let text = window.get(start..).unwrap_or_default();
            return match begins_alike(text) {
                true => Format::Ndjson,
                false => Format::Json,
            };
        }
    };
    let behind = head.get(first..).unwrap_or_default();
    let next = behind.iter().position(|byte| !byte.is_ascii_whitespace());
    let between = behind.get(..next.unwrap_or_default()).unwrap_or_default();
    let is_line = memchr2(b'\n', b'\r', between).is_some();
    match next.and_then(|next| behind.get(next)) {
        Some(b'{') if is_line => Format::Ndjson,
        _ => Format::Json,
    }
}

/// Whether the first two lines begin an object with the same member, as the lines of one export do, also
/// where the first of them is broken.
fn begins_alike(text: &[u8]) -> bool {
    let lines = text.split(|byte| matches!(byte, b'\n' | b'\r'));
    let mut lines = lines.filter(|line| !line.trim_ascii().is_empty());
    let mut name = || {
        let line = lines.next()?;
        Some(
            line.trim_ascii_start()
                .get(..=memchr(b':', line)?)?
                .to_owned(),
        )
    };
    let first = name();
    first.is_some() && first == name()
}

/// The delimiter that occurs most outside quotes in the first record; a comma where none does.
pub(super) fn delimiter(head: &[u8], quote: Option<u8>) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let (mut quoted, mut begun) = (false, false);
    for byte in head {
        let line_end = matches!(byte, b'\n' | b'\r');
        if Some(*byte) == quote {
            quoted = !quoted;
        } else if line_end && !quoted && begun {
            break;
        } else if let Some(which) = DELIMITERS.iter().position(|d| d == byte)
            && !quoted
            && let Some(count) = counts.get_mut(which)
        {
            *count += 1;
        }
        begun |= !line_end;
    }
    let mut best = (0, b',');
    for (count, delimiter) in counts.into_iter().zip(DELIMITERS) {
        if count > best.0 {
            best = (count, delimiter);
        }
    }
    best.1
}

/// The line end of the first line; `\n` where there is none.
pub(super) fn line_end(head: &[u8]) -> &'static str {
    let Some(at) = memchr2(b'\n', b'\r', head) else {
        return "\n";
    };
    match head.get(at..) {
        Some([b'\r', b'\n', ..]) => "\r\n",
        Some([b'\r', ..]) => "\r",
        _ => "\n",
    }
}

/// How many physical lines end in `bytes[from..to]`; a `\r` in front of a `\n` ends none.
pub(super) fn line_ends(bytes: &[u8], from: usize, to: usize) -> u64 {
    let part = bytes.get(from..to).unwrap_or_default();
    // most of what is passed at once is one line
    let Some(first) = memchr2(b'\n', b'\r', part) else {
        return 0;
    };
    let (from, part) = (from + first, part.get(first..).unwrap_or_default());
    let mut count = memchr::memchr_iter(b'\n', part).count();
    if memchr(b'\r', part).is_some() {
        count += memchr::memchr_iter(b'\r', part)
            .filter(|at| bytes.get(from + at + 1) != Some(&b'\n'))
            .count();
    }
    count as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_packed_workbooks_are_no_tables() {
        for head in [
            &b"\xef\xbb\xbf <HTML><body>"[..],
            b"<?xml version=",
            b"PK\x03\x04rest",
        ] {
            assert!(no_table(head).is_some());
        }
        for head in [&b"<id>,<name>"[..], b"PK,name", b"", b"<?"] {
            assert_eq!(no_table(head), None);
        }
    }

    #[test]
    fn a_mark_tells_utf16_but_not_utf8() {
        let utf16 = (Some(Encoding::Utf16Le), 2);
        assert_eq!(byte_order_mark(b"\xff\xfea\0", None), utf16);
        assert_eq!(byte_order_mark(b"\xef\xbb\xbfa", None), (None, 3));
        let wish = Some(Encoding::Windows1252);
        assert_eq!(byte_order_mark(b"\xff\xfea\0", wish), (wish, 0));
        assert_eq!(byte_order_mark(b"\xef\xbb\xbfa", wish), (wish, 3));
    }

    #[test]
    fn nul_bytes_tell_utf16() {
        assert_eq!(utf16_by_nul(b"i\0d\0,\0"), Some(Encoding::Utf16Le));
        assert_eq!(utf16_by_nul(b"\0i\0d\0,"), Some(Encoding::Utf16Be));
        assert_eq!(utf16_by_nul(b"id,name"), None);
        assert_eq!(utf16_by_nul(b"\0\0\0\0"), None);
    }

    #[test]
    fn an_array_holds_objects() {
        assert_eq!(format(b" [\n {"), Some(Format::Json));
        assert_eq!(format(b"[person],[code]"), Some(Format::Csv));
        assert_eq!(format(b"{\"a\":1}\n"), Some(Format::Ndjson));
        assert_eq!(format(b"{\n \"a\":1\n}"), Some(Format::Json));
        assert_eq!(format(b"{\"a\":\"x\n{\"a\":\"y\"}\n"), Some(Format::Ndjson));
        assert_eq!(format(b" \n"), None);
    }

    #[test]
    fn one_object_is_a_document_and_many_are_lines() {
        for document in [
            "{\"value\":[{\"a\":1},\n{\"a\":2}]}",
            "{\n\"value\":[]}",
            "{\"value\":[]}\n",
            "{\"value\":[{\"a\":\"x\n\"},\n{",
        ] {
            assert_eq!(
                nested_format(document.as_bytes(), 40),
                Format::Json,
                "{document}"
            );
        }
        for lines in ["{\"v\":[]}\r\n{\"v\":[", "{\"v\":\"x}\n{\"v\":[]}\n"] {
            assert_eq!(
                nested_format(lines.as_bytes(), 40),
                Format::Ndjson,
                "{lines}"
            );
        }
    }

    #[test]
    fn the_majority_of_sequences_decides_the_encoding() {
        assert_eq!(encoding("£ £".as_bytes(), true), Encoding::Utf8);
        assert_eq!(encoding(b"\xc2\xa3 \xc2\xa3 \xa3", true), Encoding::Utf8);
        assert_eq!(encoding(b"\xc2\xa3 \xa3", true), Encoding::Windows1252);
        assert_eq!(encoding(b"caf\xe9", true), Encoding::Windows1252);
        assert_eq!(encoding(b"caf\xe9", false), Encoding::Utf8);
    }

    #[test]
    fn the_delimiter_is_counted_outside_quotes() {
        assert_eq!(delimiter(b"\n\"a,b,c\";d\n", Some(b'"')), b';');
        assert_eq!(delimiter(b"one\n", Some(b'"')), b',');
        assert_eq!(delimiter(b"a|b|c,d\r\n", Some(b'"')), b'|');
        assert_eq!(
            delimiter(b"\"Tenant\nNo, old\";b;c\n1,2,3,4", Some(b'"')),
            b';'
        );
    }

    #[test]
    fn physical_lines_end_in_three_ways() {
        assert_eq!(line_ends(b"a\nb\r\nc\rd", 0, 8), 3);
        assert_eq!(line_ends(b"a\r\n", 0, 2), 0);
        assert_eq!(line_ends(b"a\r\n", 2, 3), 1);
    }
}
