//! Where the table begins in a delimited text, and what separates its cells.
//!
//! The columns that a profile names tell more than any statistics: whichever separators make a record
//! hold all of them are the right ones, and that record is the header. Where nothing is named, the
//! separators are those that make the first records most alike, with the candidates of [`guess`]
//! among them, and the header is the first record that fills most columns.

use std::ops::Range;

use super::cut::Separators;
use super::detect::DELIMITERS;
use super::sample::{Head, RECORDS, Sample, SampleRecord};
use super::workbook::SEPARATORS as SHEET;
use super::{detect, guess};
use crate::cell::column_name::{Found, find_column};
use crate::chunk::REASON_COLUMN;
use crate::dialect::{DialectWish, HeaderWish, QuoteWish};

/// How many of a thousand records must be alike for the delimiter of the first line to be believed.
const ALIKE: usize = 800;

/// The top of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TableTop {
    pub(super) separators: Separators,
    /// Names of the columns, trimmed.
    pub(super) columns: Vec<String>,
    /// Bytes of the head up to the end of the header, without its line end.
    pub(super) end: usize,
    /// Where the first record begins, and the physical line that begins there.
    pub(super) next: usize,
    pub(super) next_line: u64,
    /// Row of a spreadsheet that the first record is.
    pub(super) next_row: u64,
    /// Physical line on which the header begins.
    pub(super) header_line: Option<u64>,
    /// First byte of the header.
    pub(super) header_start: usize,
    /// Whether anything but blank lines and records stands above the header.
    pub(super) preamble: bool,
    /// What stands above the header and has the shape of a record.
    pub(super) stranded: Vec<Stranded>,
}

/// A record above the header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stranded {
    /// Its bytes of the head, without line end.
    pub(super) bytes: Range<usize>,
    /// Where the next record begins.
    pub(super) next: usize,
    /// The physical lines that it takes.
    pub(super) lines: Range<u64>,
    /// Row of a spreadsheet that it is.
    pub(super) row: u64,
}

/// Finds the top of a table; `None` where the head holds no whole record, or not the line on which
/// the header should be.
pub(super) fn find(head: &Head<'_>, wish: &DialectWish) -> Option<TableTop> {
    let (said, from) = match separator_line(head.bytes) {
        Some((delimiter, behind)) if !head.sheet => (Some(delimiter), behind),
        _ => (None, 0),
    };
    let search = Search {
        head,
        from,
        delimiter: wish.delimiter.or(said),
        wish,
    };
    let most = match wish.header {
        HeaderWish::Line(line) => RECORDS.max(usize::try_from(line).unwrap_or(RECORDS)),
        _ => RECORDS,
    };
    let sample = search.sample(most);
    let place = match &wish.header {
        HeaderWish::Nothing => match sample.records.first()? {
            first if first.cells.last().is_some_and(|cell| cell == REASON_COLUMN) => 0,
            _ => return Some(headerless(&sample, from, head)),
        },
        HeaderWish::Line(line) => sample.records.iter().position(|own| own.line >= *line)?,
        HeaderWish::Having(columns) => best_match(&sample, columns).map_or(0, |(place, _)| place),
        HeaderWish::Guessed => first_filled(&sample),
    };
    let header = sample.records.get(place)?;
    let columns = search.names(&sample, header);
    let stranded = match wish.header {
        // who says where the header stands has seen what stands above it
        HeaderWish::Line(_) => Vec::new(),
        _ => stranded(&sample, place, columns.len()),
    };
    Some(TableTop {
        preamble: place > stranded.len() || from > 0,
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

/// A table whose columns have numbers for names. Its rejects have these for a header.
fn headerless(sample: &Sample, from: usize, head: &Head<'_>) -> TableTop {
    TableTop {
        separators: sample.separators,
        columns: (1..=sample.width())
            .map(|number| number.to_string())
            .collect(),
        end: from,
        next: from,
        next_line: head.line + detect::line_ends(head.bytes, 0, from),
        next_row: head.line,
        header_line: None,
        header_start: from,
        preamble: from > 0,
        stranded: Vec::new(),
    }
}

/// The records above the one at `header` that have as many cells as it has, with more than half of
/// them filled. A single cell has no shape that tells a record from a title.
fn stranded(sample: &Sample, header: usize, width: usize) -> Vec<Stranded> {
    let above = sample.records.iter().take(header);
    let alike = above
        .filter(|record| width > 1 && record.cells.len() == width && record.filled() * 2 > width);
    let stranded = alike.map(|record| Stranded {
        bytes: record.start..record.end,
        next: record.next,
        lines: record.line..record.next_line,
        row: record.row,
    });
    stranded.collect()
}

/// The delimiter that a first line such as `sep=;` names, and where the line behind it begins.
fn separator_line(bytes: &[u8]) -> Option<(u8, usize)> {
    let length = memchr::memchr2(b'\n', b'\r', bytes)?;
    let line = bytes.get(..length)?;
    let bare = line
        .strip_prefix(b"\"")
        .and_then(|line| line.strip_suffix(b"\""));
    let [name @ .., delimiter] = bare.unwrap_or(line) else {
        return None;
    };
    let says = name.eq_ignore_ascii_case(b"sep=") && delimiter.is_ascii();
    let end = match bytes.get(length..) {
        Some([b'\r', b'\n', ..]) => length + 2,
        _ => length + 1,
    };
    says.then_some((*delimiter, end))
}

struct Search<'s> {
    head: &'s Head<'s>,
    from: usize,
    delimiter: Option<u8>,
    wish: &'s DialectWish,
}

impl Search<'_> {
    /// The first records, read with the separators that fit best.
    fn sample(&self, most: usize) -> Sample {
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
        let text = super::split::text_of(bytes, self.head.encoding);
        let mended = super::split::salvage(&text, sample.separators, width);
        mended.map_or_else(
            || header.cells.clone(),
            |cells| cells.iter().map(|cell| cell.trim().to_owned()).collect(),
        )
    }
}

/// The first record that has most of the columns, and how many it has.
fn best_match(sample: &Sample, columns: &[String]) -> Option<(usize, usize)> {
    let held = |record: &SampleRecord| {
        let held = |name: &&String| find_column(name, &record.cells) != Found::Nothing;
        columns.iter().filter(held).count()
    };
    let mut best: Option<(usize, usize)> = None;
    for (place, record) in sample.records.iter().enumerate() {
        let held = held(record);
        if best.is_none_or(|(_, most)| held > most) {
            best = Some((place, held));
        }
        if held == columns.len() {
            break;
        }
    }
    best
}

/// The first record that fills more than half of the columns.
fn first_filled(sample: &Sample) -> usize {
    let width = sample.width();
    let filled = |record: &SampleRecord| record.filled() * 2 > width;
    sample.records.iter().position(filled).unwrap_or(0)
}
