//! Records of JSON that look like one before them: the same members in the same order, written alike.
//!
//! Nearly all records of an export do. Between their values they have the same bytes, so that comparing
//! these spares reading names, and a value is where they leave off. Whatever is not plain, such as an
//! escape, a fraction or a nested object, is left to the JSON parser.

use memchr::memchr;

use crate::chunk::Span;

use super::span;

/// The members of a record as they are written.
pub(super) struct Shape {
    members: Vec<Member>,
    /// What stands behind the last value.
    end: Box<[u8]>,
}

struct Member {
    /// What stands in front of the value, from the value before it on.
    front: Box<[u8]>,
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
                front: front.into(),
                columns: columns.into(),
            }
        });
        let members = members.collect();
        let end = bytes.get(from..).unwrap_or_default();
        Shape {
            members,
            end: end.into(),
        }
    }

    /// Whether a record that lies at `start` is of this shape, and all its values are plain; its cells are
    /// then in `cells`, with their columns.
    pub(super) fn read(&self, record: &str, start: usize, cells: &mut Vec<(usize, Span)>) -> bool {
        cells.clear();
        let bytes = record.as_bytes();
        let mut at = 0;
        for member in &self.members {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(value) = rest.strip_prefix(&*member.front) else {
                return false;
            };
            at += member.front.len();
            let Some((cell, length)) = plain_value(value) else {
                return false;
            };
            let cell = match cell {
                Cell::Nothing => Span::default(),
                Cell::Text => span(start + at + 1, start + at + length - 1),
                Cell::Word => span(start + at, start + at + length),
            };
            cells.extend(member.columns.iter().map(|column| (*column, cell)));
            at += length;
        }
        bytes.get(at..) == Some(&*self.end)
    }
}

/// What a plain value is.
enum Cell {
    Nothing,
    /// Text in quotes.
    Text,
    /// A number, true or false.
    Word,
}

/// The value that stands first, and its length, where it is plain.
fn plain_value(bytes: &[u8]) -> Option<(Cell, usize)> {
    match bytes.first()? {
        b'"' => {
            let inside = bytes.get(1..)?;
            let length = memchr(b'"', inside)?;
            let special = |byte: &u8| *byte < b' ' || *byte == b'\\';
            // all bytes are looked at, many at a time: stopping at the first one takes longer
            let text = inside.get(..length)?.iter();
            let any = text.fold(false, |any, byte| any | special(byte));
            (!any).then_some((Cell::Text, length + 2))
        }
        b'n' => bytes.starts_with(b"null").then_some((Cell::Nothing, 4)),
        b't' => bytes.starts_with(b"true").then_some((Cell::Word, 4)),
        b'f' => bytes.starts_with(b"false").then_some((Cell::Word, 5)),
        b'0' => Some((Cell::Word, 1)),
        b'1'..=b'9' => {
            let length = bytes.iter().take_while(|byte| byte.is_ascii_digit());
            Some((Cell::Word, length.count()))
        }
        _ => None,
    }
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
    fn rows(records: &[String], together: bool) -> (Vec<Row>, BTreeSet<String>) {
        let names = ["a", "b", "/c/d", "e"].map(str::to_owned);
        let wanted = Wanted::new(&names, None).unwrap();
        let text = records.join("\n");
        let (mut read, mut told) = (Vec::new(), BTreeSet::new());
        let mut rows = Rows::new(&text);
        let mut splitter = NestedSplitter::new(&wanted);
        let mut start = 0;
        for record in records {
            if !together {
                let before = std::mem::replace(&mut splitter, NestedSplitter::new(&wanted));
                told.extend(before.unknown());
            }
            let before = rows.spans.len();
            let outcome = splitter.row(record, start, &mut rows);
            let cells = rows.spans[before..].iter();
            let cells = cells.map(|span| rows.text(*span, &text).to_owned());
            read.push(outcome.map(|()| cells.collect()));
            start += record.len() + 1;
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
            "-3",
            "{\"d\":\"in\"}",
            "{\"d\":null,\"z\":1}",
            "[1]",
            "\"é\"",
            "\"open",
            "",
        ]);
        let between = prop::sample::select(vec!["", " "]);
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
        ) {
            let records: Vec<String> = order.iter().map(|at| at.get(&kinds).clone()).collect();
            prop_assert_eq!(rows(&records, true), rows(&records, false));
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
        assert_eq!(rows(&records, true), rows(&records, false));
    }
}
