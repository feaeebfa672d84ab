//! Records of JSON that look like one before them: the same members in the same order, written alike.
//!
//! Nearly all records of an export do. Between their values they have the same bytes, so that comparing
//! these spares reading names, and a value is where they leave off. Names are compared and the ends of texts
//! found sixteen bytes at a time: both are short, and calling a search for each costs more than all that is
//! done with them. Text with escapes is read by the JSON parser, and so is the whole record where a value is
//! an object or an array, or is none.

use std::ops::Range;

use memchr::memchr2;
use wide::u8x16;

use crate::chunk::Span;

use super::super::blocks::{BLOCK, block};
use super::{Rows, span};

const NULL: &[u8; 4] = b"null";

/// The members of a record as they are written.
pub(super) struct Shape {
    members: Vec<Member>,
    /// What stands behind the last value.
    end: Front,
}

struct Member {
    /// What stands in front of the value, from the value before it on.
    front: Front,
    /// The columns that take the value.
    columns: Box<[usize]>,
}

impl Shape {
    /// The shape of a record, of whose members `values` are the places and the columns that take them, in
    /// their order.
    pub(super) fn of(record: &str, values: impl Iterator<Item = (Span, Vec<usize>)>) -> Shape {
        let bytes = record.as_bytes();
        let mut from = 0;
        let members = values.map(|(value, columns)| {
            let front = bytes.get(from..value.start as usize).unwrap_or_default();
            from = value.end as usize;
            Member {
                front: Front::new(front),
                columns: columns.into(),
            }
        });
        let members = members.collect();
        let end = bytes.get(from..).unwrap_or_default();
        Shape {
            members,
            end: Front::new(end),
        }
    }

    /// Whether a record that lies at `place` of the chunk's text is of this shape, and all its values are
    /// plain; its cells are then in the row that begins at the span `row`. Otherwise some of them may be:
    /// those of members in front, which whoever reads the record will find to be there and fill again.
    pub(super) fn read(
        &self,
        text: &str,
        place: &Range<usize>,
        row: usize,
        rows: &mut Rows,
    ) -> bool {
        let bytes = text.as_bytes();
        let mut at = place.start;
        for member in &self.members {
            if !member.front.stands(bytes, at) {
                return false;
            }
            at += member.front.length;
            let Some((cell, end)) = value(text, at, !member.columns.is_empty(), rows) else {
                return false;
            };
            for column in &member.columns {
                if let Some(span) = rows.spans.get_mut(row + column) {
                    *span = cell;
                }
            }
            at = end;
        }
        // a text that nothing closes may have led beyond the record
        self.end.stands(bytes, at) && at + self.end.length == place.end
    }
}

/// Bytes that stand between values.
struct Front {
    /// The bytes with a bit for each that counts, sixteen at a time.
    blocks: Box<[(u8x16, u32)]>,
    length: usize,
}

impl Front {
    fn new(bytes: &[u8]) -> Front {
        let blocks = bytes.chunks(BLOCK).map(|part| {
            let counts = (1u32 << part.len()) - 1;
            (block(part, 0), counts)
        });
        Front {
            blocks: blocks.collect(),
            length: bytes.len(),
        }
    }

    /// Whether the bytes stand at a place.
    #[inline]
    fn stands(&self, bytes: &[u8], mut at: usize) -> bool {
        for (own, counts) in &self.blocks {
            let same = block(bytes, at).simd_eq(*own).to_bitmask();
            if same & counts != *counts {
                return false;
            }
            at += BLOCK;
        }
        true
    }
}

/// The plain value at a place: its cell, and where it ends.
#[inline]
fn value(text: &str, at: usize, is_wanted: bool, rows: &mut Rows) -> Option<(Span, usize)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some([first, inside @ ..]) = rest.first_chunk::<{ 2 * BLOCK + 1 }>() {
        let is_null = is_null(rest);
        let length = pair_bits(inside, stops_text).trailing_zeros();
        let closes = || inside.get(length as usize) == Some(&b'"');
        if is_null || *first == b'"' && closes() {
            // nobody can guess which of the two comes, so that choosing without a branch saves time
            let kept = usize::from(is_null).wrapping_sub(1);
            let (start, end) = ((at + 1) & kept, (at + 1 + length as usize) & kept);
            let behind = (at + NULL.len()) & !kept | (at + 2 + length as usize) & kept;
            return Some((span(start, end), behind));
        }
    }
    any_value(text, at, is_wanted, rows)
}

/// The same for values that are long, of another kind or near the end of the chunk's text.
fn any_value(text: &str, at: usize, is_wanted: bool, rows: &mut Rows) -> Option<(Span, usize)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(at..)?;
    let length = match rest.first()? {
        b'"' => {
            let end = plain_end(bytes, at + 1);
            return match bytes.get(end)? {
                b'"' => Some((span(at + 1, end), end + 1)),
                b'\\' => escaped(text, at, end, is_wanted, rows),
                _ => None,
            };
        }
        b'n' if is_null(rest) => return Some((Span::default(), at + NULL.len())),
        b't' if rest.starts_with(b"true") => 4,
        b'f' if rest.starts_with(b"false") => 5,
        b'-' | b'0'..=b'9' => number(rest)?,
        _ => return None,
    };
    Some((span(at, at + length), at + length))
}

#[inline]
fn is_null(rest: &[u8]) -> bool {
    rest.first_chunk() == Some(NULL)
}

/// Whether bytes end a text, begin an escape or may not stand in a text.
#[inline]
fn stops_text(bytes: u8x16) -> u8x16 {
    let quote = bytes.simd_eq(u8x16::splat(b'"'));
    let escape = bytes.simd_eq(u8x16::splat(b'\\'));
    let control = bytes.simd_lt(u8x16::splat(b' '));
    quote | escape | control
}

/// A bit for each of the bytes, set where `is` is: the first byte's is the lowest.
#[inline]
fn pair_bits(bytes: &[u8; 2 * BLOCK], is: impl Fn(u8x16) -> u8x16) -> u32 {
    let (parts, _) = bytes.as_chunks::<BLOCK>();
    let parts = parts.iter().rev();
    parts.fold(0, |found, part| {
        found << BLOCK | is(u8x16::from(*part)).to_bitmask()
    })
}

/// Where the text ends that is read on at `at`, or the next byte stands that is not plain; behind the last
/// byte where there is none.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        // NUL bytes behind the last byte stop a text as well
        match stops_text(block(bytes, at)).to_bitmask() {
            0 => at += BLOCK,
            found => return at + found.trailing_zeros() as usize,
        }
    }
}

/// The text with escapes whose quote stands at `at` and whose first escape at `escape`.
fn escaped(
    text: &str,
    at: usize,
    escape: usize,
    is_wanted: bool,
    rows: &mut Rows,
) -> Option<(Span, usize)> {
    let bytes = text.as_bytes();
    let mut end = escape;
    while bytes.get(end)? == &b'\\' {
        end += 2;
        end += memchr2(b'"', b'\\', bytes.get(end..)?)?;
    }
    let meant: String = serde_json::from_str(text.get(at..=end)?).ok()?;
    let cell = match is_wanted {
        true => rows.append(|tail| tail.push_str(&meant)),
        false => Span::default(),
    };
    Some((cell, end + 1))
}

/// How long the number is that stands first.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut end = match bytes.get(sign)? {
        b'0' => sign + 1,
        _ => digits(sign)?,
    };
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(end) {
        let sign = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
        end = digits(end + 1 + usize::from(sign))?;
    }
    Some(end)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::Rows;
    use super::super::members::Wanted;
    use super::super::nested::NestedSplitter;
    use crate::chunk::RecordFault;

    type Row = Result<Vec<String>, RecordFault>;

    /// The cells of records, read by one splitter or each by one of its own, and the members told of.
    fn rows(records: &[String], between: &str, together: bool) -> (Vec<Row>, BTreeSet<String>) {
        let names = ["a", "b", "/c/d", "e"].map(str::to_owned);
        let wanted = Wanted::new(&names, None).unwrap();
        let text = records.join(between);
        let (mut read, mut told) = (Vec::new(), BTreeSet::new());
        let mut rows = Rows::new(&text);
        let mut splitter = NestedSplitter::new(&wanted, &text);
        let mut start = 0;
        for record in records {
            if !together {
                let before = std::mem::replace(&mut splitter, NestedSplitter::new(&wanted, &text));
                told.extend(before.unknown());
            }
            let before = rows.spans.len();
            let outcome = splitter.row(start..start + record.len(), &mut rows);
            let cells = rows.spans[before..].iter();
            let cells = cells.map(|span| rows.text(*span, &text).to_owned());
            read.push(outcome.map(|()| cells.collect()));
            start += record.len() + between.len();
        }
        told.extend(splitter.unknown());
        (read, told)
    }

    fn member() -> impl Strategy<Value = String> {
        let name = prop::sample::select(vec!["a", "b", "c", "d", "e", "x", "a\\u0062"]);
        let value = prop::sample::select(vec![
            "\"\"",
            "\"v\"",
            "\"two words\"",
            "\"q\\\"\"",
            "\"tab\there\"",
            "null",
            "nul",
            "true",
            "false",
            "0",
            "12",
            "01",
            "1.5",
            "1.",
            "-3",
            "-0",
            "-",
            "2E-3",
            "1e",
            "\"fifteen of them\"",
            "\"sixteen of them.\"",
            "\"seventeen of them\"",
            "\"more than thirty-two, and é among them\"",
            "\"one \\\"escape\\\" behind another, \\\\\"",
            "\"thirty-two and more of them: \\u00e9\"",
            "\"no pair \\ud83d\"",
            "\"no escape \\q\"",
            "\"escaped \\n and bare\n\"",
            "{\"d\":\"in\"}",
            "{\"d\":null,\"z\":1}",
            "[1]",
            "\"é\"",
            "\"open",
            "",
        ]);
        let between = prop::sample::select(vec!["", " ", "                    "]);
        (name, value, between)
            .prop_map(|(name, value, between)| format!("{between}\"{name}\":{between}{value}"))
    }

    fn record() -> impl Strategy<Value = String> {
        let members = prop::collection::vec(member(), 0..4);
        let end = prop::sample::select(vec!["}", " }", "}}", ""]);
        (members, end).prop_map(|(members, end)| format!("{{{}{end}", members.join(",")))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn a_shape_that_was_met_changes_nothing(
            kinds in prop::collection::vec(record(), 1..5),
            order in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
            between in prop::sample::select(vec!["\n", ",", ""]),
        ) {
            let records: Vec<String> = order.iter().map(|at| at.get(&kinds).clone()).collect();
            prop_assert_eq!(rows(&records, between, true), rows(&records, between, false));
        }
    }

    #[test]
    fn other_values_of_one_shape() {
        let records: Vec<String> = (0..30)
            .map(|number| match number % 5 {
                0 => format!("{{\"a\":\"{number}\",\"b\":{number}}}"),
                1 => format!("{{\"a\":null,\"b\":\"x{number}\"}}"),
                2 => format!("{{\"a\":\"q\\\"{number}\",\"b\":-{number}}}"),
                3 => format!("{{\"a\":true,\"b\":{number}.5}}"),
                _ => format!("{{\"a\":\"{number}\",\"b\":{number},\"b\":1}}"),
            })
            .collect();
        assert_eq!(rows(&records, "\n", true), rows(&records, "\n", false));
    }
}
