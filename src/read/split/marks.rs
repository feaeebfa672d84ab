//! Where the delimiters and quotes of a chunk stand, found in one pass over its text.
//!
//! Looking for each delimiter by itself costs more than all that is done with the cell behind it: cells are
//! short, and every search begins anew. Sixteen bytes are compared at a time here, and a record's cells
//! then follow from its marks alone. What is not plain, such as a doubled quote, is left to the reader that
//! goes byte by byte, record by record, so that both always agree.

use wide::u8x16;

use super::super::blocks::{WIDE, bits};
use super::super::cut::Separators;
use super::{Rows, span};

/// The places of delimiters and quotes in a chunk's text.
pub(super) struct Marks {
    places: Vec<u32>,
    /// The first that no record has been asked for.
    next: usize,
    separators: Separators,
}

impl Marks {
    /// The marks of a text; `None` where cells do not follow from them, because quotes can be escaped or
    /// spaces belong to delimiters.
    pub(super) fn of(text: &str, separators: Separators) -> Option<Marks> {
        if separators.escape.is_some() || separators.spaced {
            return None;
        }
        let delimiter = u8x16::splat(separators.delimiter);
        let quote = u8x16::splat(separators.quote.unwrap_or(separators.delimiter));
        let is_mark = |bytes: u8x16| bytes.simd_eq(delimiter) | bytes.simd_eq(quote);
        let mut places = Vec::with_capacity(text.len() / 8);
        let mut put = |at: usize, mut found: u64| {
            while found != 0 {
                places.push(at as u32 + found.trailing_zeros());
                found &= found - 1;
            }
        };
        let (blocks, rest) = text.as_bytes().as_chunks::<WIDE>();
        for (number, block) in blocks.iter().enumerate() {
            put(number * WIDE, bits(block, is_mark));
        }
        let is_mark = |byte: &u8| *byte == separators.delimiter || Some(*byte) == separators.quote;
        let found = rest.iter().rev();
        let found = found.fold(0, |found, byte| found << 1 | u64::from(is_mark(byte)));
        put(blocks.len() * WIDE, found);
        Some(Marks {
            places,
            next: 0,
            separators,
        })
    }

    /// The marks of a record that lies at `start`; records are asked for in their order.
    fn of_record(&mut self, start: usize, length: usize) -> &[u32] {
        let end = start + length;
        let rest = self.places.get(self.next..).unwrap_or_default();
        let before = rest.iter().take_while(|place| (**place as usize) < start);
        let from = self.next + before.count();
        let rest = self.places.get(from..).unwrap_or_default();
        let own = rest.iter().take_while(|place| (**place as usize) < end);
        self.next = from + own.count();
        self.places.get(from..self.next).unwrap_or_default()
    }

    /// Adds the cells of the record that lies at `start`. Returns whether it could: where a quote is not
    /// plain no cell is added.
    pub(super) fn split(&mut self, record: &[u8], start: usize, rows: &mut Rows) -> bool {
        let delimiter = self.separators.delimiter;
        let before = rows.spans.len();
        let mut from = start;
        let mut marks = self.of_record(start, record.len()).iter();
        while let Some(mark) = marks.next() {
            let at = *mark as usize;
            if record.get(at - start) == Some(&delimiter) {
                rows.spans.push(span(from, at));
                from = at + 1;
            } else if at == from {
                let mut others = marks.by_ref().map(|mark| *mark as usize);
                let close = others.find(|at| record.get(at - start) != Some(&delimiter));
                let behind = close.map(|at| record.get(at + 1 - start));
                match (close, behind) {
                    (Some(close), Some(None)) => {
                        rows.spans.push(span(at + 1, close));
                        return true;
                    }
                    (Some(close), Some(Some(next))) if *next == delimiter => {
                        rows.spans.push(span(at + 1, close));
                        from = close + 2;
                        marks.next();
                    }
                    _ => {
                        rows.spans.truncate(before);
                        return false;
                    }
                }
            }
        }
        rows.spans.push(span(from, start + record.len()));
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cells;
    use super::*;

    fn comma(quote: Option<u8>) -> Separators {
        Separators {
            delimiter: b',',
            quote,
            ..Separators::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn cells_are_those_of_the_reader_that_goes_byte_by_byte(
            lines in prop::collection::vec("[a\u{e9} ,\"]{0,40}", 1..8),
            quoted in any::<bool>(),
        ) {
            let text = lines.join("\n");
            let separators = comma(quoted.then_some(b'"'));
            let mut marks = Marks::of(&text, separators).unwrap();
            let mut start = 0;
            for line in &lines {
                let (mut quick, mut slow) = (Rows::new(&text), Rows::new(&text));
                let stray = cells::split(line, start, separators, &mut slow);
                if marks.split(line.as_bytes(), start, &mut quick) {
                    prop_assert!(!stray, "{}", line);
                    prop_assert_eq!(quick.spans, slow.spans, "{}", line);
                    prop_assert!(slow.tail.is_empty());
                } else {
                    prop_assert!(quick.spans.is_empty());
                    prop_assert!(stray || !slow.tail.is_empty(), "{}", line);
                }
                start += line.len() + 1;
            }
        }
    }

    #[test]
    fn a_bare_quote_is_text() {
        let record = "7,5\" pipe,\"a, b\",";
        let mut marks = Marks::of(record, comma(Some(b'"'))).unwrap();
        let mut rows = Rows::new(record);
        assert!(marks.split(record.as_bytes(), 0, &mut rows));
        let cells: Vec<&str> = rows
            .spans
            .iter()
            .map(|span| rows.text(*span, record))
            .collect();
        assert_eq!(cells, ["7", "5\" pipe", "a, b", ""]);
    }
}
