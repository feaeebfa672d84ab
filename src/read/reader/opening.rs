//! What is learnt of an input before its first record: dialect, header, columns.

use std::ops::Range;

use super::super::cut::{ArrayCutter, Cutter, LineCutter, NestedCutter, NestedLines, Separators};
use super::super::decoded::Decoded;
use super::super::raw_chunk::{Cut, CutFault, RawChunk};
use super::super::sample::Head;
use super::super::split::{self, Splitter, Table, Wanted};
use super::super::table_top::{self, Stranded, TableTop};
use super::super::{MAX_RECORD, detect, workbook};
use super::{InputReader, SNIFF};
use crate::dialect::{Dialect, DialectWish, Format, HeaderWish, QuoteWish};
use crate::error::{Error, Result};

impl InputReader {
    /// Reads what stands above the records: preamble and header.
    pub(super) fn read_top(&mut self, name: &str, wish: &DialectWish) -> Result<()> {
        let line = self.pass_blank_lines()?;
        if self.is_white()? {
            self.buffer.clear();
        }
        self.decide_encoding(self.buffer.len().min(SNIFF))?;
        let found = match self.find_top(wish, line) {
            None if !self.ended => {
                self.read_more()?;
                self.find_top(wish, line)
            }
            found => found,
        };
        let Some(top) = found else {
            self.splitter = Splitter::csv(Table::default());
            return match wish.header {
                HeaderWish::Line(wanted) if self.has_content() => Err(Error::Input {
                    path: name.to_owned(),
                    why: format!(
                        "there is no line {wanted}, on which header_row says that the header is"
                    ),
                }),
                _ => Ok(()),
            };
        };
        self.dialect.delimiter = top.separators.delimiter;
        self.dialect.quote = top.separators.quote;
        self.dialect.escape = top.separators.escape;
        self.dialect.header_line = top.header_line;
        let header = self
            .buffer
            .get(top.header_start..top.end)
            .unwrap_or_default();
        self.splitter = Splitter::csv(Table {
            separators: top.separators,
            width: top.columns.len(),
            header: split::text_of(header, self.dialect.encoding).into_owned(),
            footers: wish.footers.clone(),
        });
        let stranded_lines = top
            .stranded
            .iter()
            .map(|own| own.lines.end - own.lines.start);
        self.preamble_lines = match (top.preamble, top.header_line) {
            (true, Some(header)) => header - 1 - stranded_lines.sum::<u64>(),
            (true, None) => top.next_line - line,
            (false, _) => 0,
        };
        let shown = match top.preamble || matches!(wish.header, HeaderWish::Line(_)) {
            true => 0,
            false => top.header_start,
        };
        self.header = self.shown_header(shown..top.end, &top.stranded);
        self.decide_encoding(top.next)?;
        self.stranded = self.stranded_chunk(&top);
        self.columns = top.columns;
        if top.header_line.is_none() {
            // rejects need a header, to tell the reason from the landlord's own columns
            let delimiter = char::from(top.separators.delimiter).to_string();
            self.header.extend(self.columns.join(&delimiter).bytes());
        }
        let cutter = match self.dialect.format {
            Format::Sheet => LineCutter::sheet(top.separators, MAX_RECORD),
            _ => LineCutter::csv(top.separators, MAX_RECORD),
        };
        self.cutter = Cutter::Lines(cutter.starting_on(top.next_line, top.next_row));
        self.drop_front(top.next);
        Ok(())
    }

    /// The bytes of the header and of what stands above it, without the records among them.
    fn shown_header(&self, shown: Range<usize>, stranded: &[Stranded]) -> Vec<u8> {
        let mut header = Vec::new();
        let mut from = shown.start;
        for record in stranded {
            header.extend_from_slice(
                self.buffer
                    .get(from..record.bytes.start)
                    .unwrap_or_default(),
            );
            from = from.max(record.next);
        }
        header.extend_from_slice(self.buffer.get(from..shown.end).unwrap_or_default());
        header
    }

    /// The records above the header, which are the first of the input.
    fn stranded_chunk(&mut self, top: &TableTop) -> Option<RawChunk> {
        let first = top.stranded.first()?;
        let (first_line, first_row) = (first.lines.start, first.row);
        let cut = |own: &Stranded| Cut {
            start: own.bytes.start as u32,
            end: own.bytes.end as u32,
            line: (own.lines.start - first_line) as u32,
            row: (own.row - first_row) as u32,
            fault: Some(CutFault::AboveHeader),
        };
        let cuts: Vec<Cut> = top.stranded.iter().map(cut).collect();
        self.records = cuts.len() as u64;
        Some(RawChunk {
            bytes: self.buffer.get(..top.end)?.to_vec(),
            cuts,
            first_number: 1,
            first_line,
            first_row,
            encoding: self.dialect.encoding,
            ending: None,
            nestings: Vec::new(),
            contexts: Vec::new(),
            strangers: Vec::new(),
        })
    }

    fn find_top(&self, wish: &DialectWish, line: u64) -> Option<TableTop> {
        let head = Head {
            bytes: &self.buffer,
            ended: self.ended,
            line,
            encoding: self.dialect.encoding,
            sheet: self.dialect.format == Format::Sheet,
        };
        table_top::find(&head, wish)
    }

    /// Passes blank lines that fill all that has been read; returns the physical line behind them.
    fn pass_blank_lines(&mut self) -> Result<u64> {
        let mut line = 1;
        while !self.ended && !self.has_content() {
            // a line end of two bytes may be cut in two
            let whole = self.buffer.len() - usize::from(self.buffer.ends_with(b"\r"));
            line += detect::line_ends(&self.buffer, 0, whole);
            self.buffer.drain(..whole);
            self.fill(SNIFF)?;
        }
        Ok(line)
    }

    /// Whether all of the input is white space, which no more of it than the longest record can hide.
    fn is_white(&mut self) -> Result<bool> {
        let white = |buffer: &[u8]| buffer.iter().all(u8::is_ascii_whitespace);
        while !self.ended && self.buffer.len() <= MAX_RECORD && white(&self.buffer) {
            self.read_more()?;
        }
        Ok(self.ended && white(&self.buffer))
    }

    fn has_content(&self) -> bool {
        self.buffer
            .iter()
            .any(|byte| !matches!(byte, b'\n' | b'\r'))
    }

    /// Takes the members that are wanted for columns, if there is any content.
    pub(super) fn take_columns(&mut self, wanted: &[String]) -> Result<()> {
        while detect::format(&self.buffer).is_none() && self.buffer.len() < MAX_RECORD {
            if self.ended {
                return Ok(());
            }
            self.read_more()?;
        }
        self.columns = wanted.to_vec();
        Ok(())
    }
}

/// What cuts an input of that dialect. Where delimited text has its table is found later, and so are its
/// separators.
pub(super) fn cutter(dialect: &Dialect, wanted: &Wanted) -> Cutter {
    let separators = Separators::default();
    let nested = |path| NestedCutter::new(path, wanted.of_parents(), MAX_RECORD);
    match (dialect.format, &dialect.records) {
        (Format::Csv, _) => Cutter::Lines(LineCutter::csv(separators, MAX_RECORD)),
        (Format::Sheet, _) => Cutter::Lines(LineCutter::sheet(separators, MAX_RECORD)),
        (Format::Ndjson, None) => Cutter::Lines(LineCutter::ndjson(MAX_RECORD)),
        (Format::Json, None) => Cutter::Array(ArrayCutter::new(MAX_RECORD)),
        (Format::Json, Some(path)) => Cutter::Nested(Box::new(nested(path))),
        (Format::Ndjson, Some(path)) => {
            Cutter::NestedLines(Box::new(NestedLines::new(nested(path), MAX_RECORD)))
        }
    }
}

/// The dialect as far as it is known without looking for the table.
pub(super) fn dialect(text: &Decoded, head: &[u8], wish: &DialectWish) -> Dialect {
    if let Some(sheet) = text.sheet() {
        return workbook::dialect(sheet);
    }
    // a profile for workbooks reads the rejects of one too, which are CSV
    let wanted = wish.format.filter(|format| *format != Format::Sheet);
    let format = wanted.or_else(|| detect::format(head));
    let format = format.unwrap_or(Format::Csv);
    let is_json = matches!(format, Format::Json | Format::Ndjson);
    Dialect {
        format,
        encoding: text.encoding(),
        bom: text.bom(),
        delimiter: wish.delimiter.unwrap_or(b','),
        quote: match wish.quote {
            QuoteWish::Detected => Some(b'"'),
            QuoteWish::Nothing => None,
            QuoteWish::Mark(mark) => Some(mark),
        },
        escape: wish.escape,
        header_line: None,
        line_end: detect::line_end(head),
        gzip: text.gzip(),
        sheet: None,
        records: wish.records.clone().filter(|_| is_json),
    }
}

/// Refuses separators that exclude each other.
pub(super) fn check_separators(wish: &DialectWish) -> Result<()> {
    let fits = |byte: u8| byte.is_ascii() && !matches!(byte, b'\n' | b'\r');
    let usage = |text: &str| Err(Error::Usage(text.to_owned()));
    let quote = match wish.quote {
        QuoteWish::Mark(mark) => Some(mark),
        QuoteWish::Detected => Some(b'"'),
        QuoteWish::Nothing => None,
    };
    if !wish.delimiter.is_none_or(fits) {
        return usage("delimiter: must be one ASCII character and no line end");
    }
    if !quote.is_none_or(fits) {
        return usage("quote: must be one ASCII character and no line end");
    }
    if !wish.escape.is_none_or(fits) {
        return usage("escape: must be one ASCII character and no line end");
    }
    if wish.delimiter.is_some() && wish.delimiter == quote {
        return usage("delimiter: is the quote character too; choose another");
    }
    if wish.escape.is_some() && wish.escape == wish.delimiter {
        return usage("escape: is the delimiter too; choose another");
    }
    Ok(())
}
