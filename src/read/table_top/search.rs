//! The separators that fit a table best, and what its first records look like with them.

use super::super::cut::Separators;
use super::super::detect::DELIMITERS;
use super::super::sample::{Head, Sample, SampleRecord};
use super::super::workbook::SEPARATORS as SHEET;
use super::super::{detect, guess};
use super::{ALIKE, REASON_COLUMN, TableTop, best_match, first_filled, headerless, stranded};
use crate::cell::column_name::{Found, find_column};
use crate::dialect::{DialectWish, HeaderWish, QuoteWish};

/// A search for the top of a table.
pub(super) struct Search<'s> {
    pub(super) head: &'s Head<'s>,
    /// Bytes of the head that are passed.
    pub(super) from: usize,
    /// The delimiter, where it is known.
    pub(super) delimiter: Option<u8>,
    pub(super) wish: &'s DialectWish,
}

impl Search<'_> {
    /// The top of the table that a sample shows.
    pub(super) fn top(&self, sample: &Sample) -> Option<TableTop> {
        let place = match &self.wish.header {
            HeaderWish::Nothing => match sample.records.first()? {
                first if first.cells.last().is_some_and(|cell| cell == REASON_COLUMN) => 0,
                _ => return Some(headerless(sample, self.from, self.head)),
            },
            HeaderWish::Line(line) => sample.records.iter().position(|own| own.line >= *line)?,
            HeaderWish::Having(columns) => {
                best_match(sample, columns).map_or(0, |(place, _)| place)
            }
            HeaderWish::Guessed => first_filled(sample),
        };
        let header = sample.records.get(place)?;
        let columns = self.names(sample, header);
        let stranded = match self.wish.header {
            // who says where the header stands has seen what stands above it
            HeaderWish::Line(_) => Vec::new(),
            _ => stranded(sample, place, columns.len()),
        };
        Some(TableTop {
            preamble: place > stranded.len() || self.from > 0,
            stranded,
            columns,
            separators: sample.separators,
            end: header.end,
            next: header.next,
            next_line: header.next_line,
            next_row: header.next_row,
            header_line: Some(header.line),
            header_start: header.start,
        })
    }

    /// The first records, read with the separators that fit best.
    pub(super) fn sample(&self, most: usize) -> Sample {
        if self.head.sheet {
            return self.read(SHEET, most);
        }
        let own = self.of(self.read(self.own(), most), most);
        let own = self.spaced(own, most);
        match self.wish.escape {
            None => self.escaped(own, most),
            Some(_) => own,
        }
    }

    /// The first record alone, where it has all columns that are looked for and nothing in the head calls for
    /// other separators: no further record could then change what is found.
    pub(super) fn first_of_all_columns(&self) -> Option<Sample> {
        let HeaderWish::Having(columns) = &self.wish.header else {
            return None;
        };
        if self.head.sheet {
            return None;
        }
        let sample = self.read(self.own(), 1);
        let first = sample.records.first().filter(|first| !first.broken)?;
        let held = |name: &String| find_column(name, &first.cells) != Found::Nothing;
        let Separators {
            delimiter, quote, ..
        } = sample.separators;
        let has = |mark: &[u8]| memchr::memmem::find(self.head.bytes, mark).is_some();
        let others = quote.is_some_and(|quote| {
            has(&[delimiter, b' ', quote]) || self.wish.escape.is_none() && has(&[b'\\', quote])
        });
        (columns.iter().all(held) && !others).then_some(sample)
    }

    /// The same sample, or the one in which a space belongs to the delimiter where that mends records.
    fn spaced(&self, own: Sample, most: usize) -> Sample {
        let Separators {
            delimiter,
            quote: Some(quote),
            ..
        } = own.separators
        else {
            return own;
        };
        let separators = Separators {
            spaced: true,
            ..own.separators
        };
        self.mended(own, &[delimiter, b' ', quote], separators, most)
    }

    /// The separators that need no search.
    fn own(&self) -> Separators {
        let quote = match self.wish.quote {
            QuoteWish::Detected => Some(b'"'),
            QuoteWish::Nothing => None,
            QuoteWish::Mark(mark) => Some(mark),
        };
        let rest = self.head.bytes.get(self.from..).unwrap_or_default();
        Separators {
            delimiter: self
                .delimiter
                .unwrap_or_else(|| detect::delimiter(rest, quote)),
            quote,
            escape: self.wish.escape.filter(|escape| Some(*escape) != quote),
            spaced: false,
        }
    }

    /// The best sample, where `own` is the one that was read with the separators of the first line.
    fn of(&self, own: Sample, most: usize) -> Sample {
        match &self.wish.header {
            HeaderWish::Having(columns) => {
                let held =
                    |sample: &Sample| best_match(sample, columns).map_or(0, |(_, held)| held);
                let done = held(&own) == columns.len();
                self.best(own, most, done, |sample| (held(sample), 0))
            }
            _ => {
                let done = own.uniformity() >= ALIKE && !self.may_have_other_quotes(&own);
                self.best(own, most, done, |sample| {
                    (sample.uniformity(), sample.width())
                })
            }
        }
    }

    /// The sample of the highest rank, `own` unless another one has a higher; `own` if that is `done`.
    fn best(
        &self,
        own: Sample,
        most: usize,
        done: bool,
        rank: impl Fn(&Sample) -> (usize, usize),
    ) -> Sample {
        if done {
            return own;
        }
        let mut best = own;
        for separators in self.others(&best) {
            let sample = self.read(separators, most);
            // words of a text are alike too where there are two in each line
            let usual = DELIMITERS.contains(&separators.delimiter) || sample.width() > 2;
            if usual && rank(&sample) > rank(&best) {
                best = sample;
            }
        }
        best
    }

    /// Other separators that the wish leaves open.
    fn others(&self, own: &Sample) -> Vec<Separators> {
        let mut others: Vec<Separators> = Vec::new();
        let guessed = guess::separators(self.head, self.from);
        let delimiters = match self.delimiter {
            Some(delimiter) => vec![delimiter],
            None => DELIMITERS
                .into_iter()
                .chain(guessed.map(|(delimiter, _)| delimiter))
                .collect(),
        };
        let quotes = match (self.wish.quote, guessed) {
            (QuoteWish::Detected, Some((_, Some(guessed))))
                if Some(guessed) != own.separators.quote =>
            {
                vec![own.separators.quote, Some(guessed)]
            }
            _ => vec![own.separators.quote],
        };
        for delimiter in delimiters {
            for quote in &quotes {
                let separators = Separators {
                    delimiter,
                    quote: *quote,
                    ..own.separators
                };
                let fits = Some(delimiter) != *quote && separators != own.separators;
                if fits && !others.contains(&separators) {
                    others.push(separators);
                }
            }
        }
        others
    }

    /// Whether cells stand in single quotes, and none in double ones.
    fn may_have_other_quotes(&self, own: &Sample) -> bool {
        let mut cells = own.records.iter().flat_map(|record| &record.cells);
        let enclosed =
            |cell: &String| cell.len() > 1 && cell.starts_with('\'') && cell.ends_with('\'');
        self.wish.quote == QuoteWish::Detected
            && memchr::memchr(b'"', self.head.bytes).is_none()
            && cells.any(enclosed)
    }

    /// The same sample, or the one with backslashes as escapes where that mends records.
    fn escaped(&self, own: Sample, most: usize) -> Sample {
        let Some(quote) = own.separators.quote else {
            return own;
        };
        let separators = Separators {
            escape: Some(b'\\'),
            ..own.separators
        };
        self.mended(own, &[b'\\', quote], separators, most)
    }

    /// The sample that is read with other separators, where the head holds the `mark` that calls for them
    /// and more of the records are whole; else `own`.
    fn mended(&self, own: Sample, mark: &[u8], separators: Separators, most: usize) -> Sample {
        if memchr::memmem::find(self.head.bytes, mark).is_none() {
            return own;
        }
        let sample = self.read(separators, most);
        match sample.uniformity() > own.uniformity() {
            true => sample,
            false => own,
        }
    }

    fn read(&self, separators: Separators, most: usize) -> Sample {
        Sample::read(self.head, self.from, separators, most)
    }

    /// The names in the header; a quote in it that is not where it should be is an ordinary character,
    /// where that makes as many cells as the records have.
    fn names(&self, sample: &Sample, header: &SampleRecord) -> Vec<String> {
        let width = sample.width();
        if !header.broken || header.cells.len() == width {
            return header.cells.clone();
        }
        let bytes = self
            .head
            .bytes
            .get(header.start..header.end)
            .unwrap_or_default();
        let text = super::super::split::text_of(bytes, self.head.encoding);
        let mended = super::super::split::salvage(&text, sample.separators, width);
        mended.map_or_else(
            || header.cells.clone(),
            |cells| cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::sample::RECORDS;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_first_record_of_all_columns_shows_what_many_would(
            lines in prop::collection::vec("[ab,;\"\\\\ ]{0,9}", 0..6),
            ended in any::<bool>(),
        ) {
            let text = format!("b, a\n{}\n", lines.join("\n"));
            let columns = ["a", "b"].map(str::to_owned).to_vec();
            let wish = DialectWish { header: HeaderWish::Having(columns), ..DialectWish::default() };
            let head = Head { bytes: text.as_bytes(), ended, line: 1, encoding: None, sheet: false };
            let search = Search { head: &head, from: 0, delimiter: None, wish: &wish };
            if let Some(first) = search.first_of_all_columns() {
                prop_assert_eq!(search.top(&first), search.top(&search.sample(RECORDS)));
            }
        }
    }
}
