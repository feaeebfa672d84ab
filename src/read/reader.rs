//! The sequential half: opens an input, learns its dialect, cuts it into chunks of records.

use std::sync::Arc;

use crate::dialect::record_path::RecordPath;
use crate::dialect::{Dialect, DialectWish, Format};
use crate::error::{Error, Result};

use super::cut::{
    ArrayCutter, Cutter, LineCutter, NestedCutter, NestedLines, Piece, Separators, Step,
};
use super::decoded::Decoded;
use super::nestings::Nestings;
use super::raw_chunk::{Cut, RawChunk};
use super::split::{self, Splitter, Wanted};
use super::{InputFacts, InputPlace, MAX_RECORD, detect, workbook};

/// Bytes of text in a chunk, unless a single record needs more.
const CHUNK_SIZE: usize = 16 << 20;
/// Records in a chunk: bounds the memory that very short records need.
const CHUNK_RECORDS: usize = 1 << 18;
/// Bytes looked at to learn format, delimiter and line end.
const SNIFF: usize = 64 << 10;
/// Bytes that decide between UTF-8 and Windows-1252, from the first one on that is no ASCII.
const ENCODING_SAMPLE: usize = 1 << 20;
/// Room behind a chunk's bytes for the text of cells that are unescaped.
const SLACK: usize = 256 << 10;

/// An opened input, of which chunk after chunk is read.
pub struct InputReader {
    text: Decoded,
    /// Text that has been read and not yet handed out.
    buffer: Vec<u8>,
    /// Whether the buffer ends where the input does.
    ended: bool,
    cutter: Cutter,
    dialect: Dialect,
    header: Vec<u8>,
    columns: Vec<String>,
    splitter: Splitter,
    chunk_size: usize,
    records: u64,
}

impl InputReader {
    /// Opens an input, learns its dialect and reads its header. `name` is the input as the operator
    /// named it, for messages; `wanted` holds the members that are the columns of a JSON input, as
    /// [`Place::of`](crate::dialect::record_path::Place::of) reads them.
    ///
    /// # Errors
    /// The input cannot be opened or read, `wish` holds separators that exclude each other, or a column
    /// leads nowhere.
    pub fn open(
        place: &InputPlace,
        name: &str,
        wish: &DialectWish,
        wanted: &[String],
    ) -> Result<InputReader> {
        check_separators(wish)?;
        let mut text = Decoded::open(place, name, wish)?;
        let mut buffer = Vec::new();
        let mut ended = text.fill(&mut buffer, SNIFF)?;
        let mut dialect = dialect(&text, &buffer, wish);
        if wish.format.is_none() && dialect.records.is_some() && dialect.format == Format::Ndjson {
            ended = ended || text.fill(&mut buffer, 2 * MAX_RECORD)?;
            dialect.format = detect::nested_format(&buffer, MAX_RECORD);
        }
        let separators = Separators {
            delimiter: dialect.delimiter,
            quote: dialect.quote,
        };
        let columns = match dialect.format {
            Format::Csv | Format::Sheet => &[],
            Format::Json | Format::Ndjson => wanted,
        };
        let wanted = Wanted::new(columns, dialect.records.as_ref()).map_err(Error::Usage)?;
        let cutter = cutter(&dialect, separators, &wanted);
        let mut reader = InputReader {
            text,
            buffer,
            ended,
            cutter,
            splitter: Splitter::json(Arc::new(wanted)),
            dialect,
            header: Vec::new(),
            columns: Vec::new(),
            chunk_size: CHUNK_SIZE,
            records: 0,
        };
        match reader.dialect.format {
            Format::Csv | Format::Sheet => reader.read_header(separators)?,
            Format::Json | Format::Ndjson => reader.take_columns(columns)?,
        }
        Ok(reader)
    }

    /// The same reader with another size of chunk, in bytes of text; what is read does not depend
    /// on it.
    pub fn with_chunk_size(mut self, bytes: usize) -> InputReader {
        self.chunk_size = bytes.clamp(1, 1 << 28);
        self
    }

    /// The dialect, as far as it is known: the encoding may be decided by a later chunk.
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// The columns: the header's cells, trimmed, or the members wanted; none where the input has no
    /// content.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The bytes of the header record, without byte order mark and line end, in the input's
    /// encoding (UTF-8 where that is UTF-16); empty where the input has none.
    pub fn header(&self) -> &[u8] {
        &self.header
    }

    /// What splits the chunks of this input into cells.
    pub fn splitter(&self) -> Splitter {
        self.splitter.clone()
    }

    /// Size of the stored file in bytes; `None` for standard input and the like.
    pub fn size(&self) -> Option<u64> {
        self.text.stored().size()
    }

    /// How many bytes of the stored file have been read.
    pub fn bytes_read(&self) -> u64 {
        self.text.stored().bytes()
    }

    /// The next chunk; `None` at the end of the input.
    ///
    /// # Errors
    /// The system refuses to read on, or the gzip stream is damaged.
    pub fn next_chunk(&mut self) -> Result<Option<RawChunk>> {
        let mut cuts = Vec::new();
        let mut nestings = Nestings::default();
        let levels = self.dialect.records.as_ref().map(RecordPath::parents);
        let mut first_line = 0;
        let mut at = 0;
        self.fill(self.chunk_size)?;
        while cuts.is_empty() || (at < self.chunk_size && cuts.len() < CHUNK_RECORDS) {
            match self.cutter.next(&self.buffer, at, self.ended) {
                Step::Record(piece) => {
                    if cuts.is_empty() {
                        first_line = piece.line;
                    }
                    at = piece.next;
                    if let (Some(levels), Some(nested)) = (levels, self.cutter.nested()) {
                        nestings.note(cuts.len(), &nested.enclosing(), levels);
                    }
                    cuts.push(cut(&piece, first_line));
                }
                Step::More(done) if !cuts.is_empty() => {
                    at = done;
                    break;
                }
                Step::More(done) => {
                    self.drop_front(done);
                    at = 0;
                    self.read_more()?;
                }
                Step::End => {
                    at = self.buffer.len();
                    break;
                }
            }
        }
        if cuts.is_empty() {
            self.drop_front(at);
            return Ok(None);
        }
        self.decide_encoding(at)?;
        let first_number = self.records + 1;
        self.records += cuts.len() as u64;
        let mut bytes = self.take_front(at);
        let (nestings, contexts) = nestings.append(&mut bytes);
        Ok(Some(RawChunk {
            bytes,
            cuts,
            first_number,
            first_line,
            encoding: self.dialect.encoding,
            nestings,
            contexts,
            strangers: self.take_strangers(),
        }))
    }

    /// Members of the objects around records that no column asks for, each once.
    fn take_strangers(&mut self) -> Vec<String> {
        let nested = self.cutter.nested();
        nested.map_or(Vec::new(), NestedCutter::take_strangers)
    }

    /// What is known of the input once it has been read.
    pub fn finish(mut self) -> InputFacts {
        InputFacts {
            unknown_members: self.take_strangers(),
            arrays: self.cutter.nested().map(|nested| nested.arrays()),
            sha256: self.text.stored().sha256(),
            bytes: self.text.stored().bytes(),
            records: self.records,
            truncated: self.cutter.truncated(),
            stray_commas: self.cutter.stray_commas(),
            dialect: self.dialect,
        }
    }

    fn read_header(&mut self, separators: Separators) -> Result<()> {
        let piece = loop {
            match self.cutter.next(&self.buffer, 0, self.ended) {
                Step::Record(piece) => break piece,
                Step::End => return Ok(()),
                Step::More(done) => {
                    self.drop_front(done);
                    self.read_more()?;
                }
            }
        };
        self.decide_encoding(piece.end)?;
        let record = self.buffer.get(piece.start..piece.end);
        self.header = record.unwrap_or_default().to_vec();
        self.columns = split::header(&self.header, self.dialect.encoding, separators);
        self.splitter = Splitter::csv(separators, self.columns.len());
        self.drop_front(piece.next);
        Ok(())
    }

    fn take_columns(&mut self, wanted: &[String]) -> Result<()> {
        while detect::format(&self.buffer).is_none() && self.buffer.len() < MAX_RECORD {
            if self.ended {
                return Ok(());
            }
            self.read_more()?;
        }
        self.columns = wanted.to_vec();
        Ok(())
    }

    /// Decides the encoding where the first `length` bytes of the buffer call for it. The sample
    /// begins with the first byte that does, wherever chunks begin and end.
    fn decide_encoding(&mut self, length: usize) -> Result<()> {
        if self.dialect.encoding.is_some() {
            return Ok(());
        }
        let front = self.buffer.get(..length).unwrap_or_default();
        let Some(first) = detect::first_beyond_ascii(front) else {
            return Ok(());
        };
        self.fill(first + ENCODING_SAMPLE)?;
        let end = self.buffer.len().min(first + ENCODING_SAMPLE);
        let whole = self.ended && end == self.buffer.len();
        let sample = self.buffer.get(first..end).unwrap_or_default();
        self.dialect.encoding = Some(detect::encoding(sample, whole));
        Ok(())
    }

    /// Reads on by what the longest record may need.
    fn read_more(&mut self) -> Result<()> {
        let ahead = self.buffer.len() + MAX_RECORD + SNIFF;
        self.fill(ahead.max(self.chunk_size))
    }

    fn fill(&mut self, target: usize) -> Result<()> {
        if !self.ended && self.buffer.len() < target {
            self.buffer.reserve(target + SLACK - self.buffer.len());
            self.ended = self.text.fill(&mut self.buffer, target)?;
        }
        Ok(())
    }

    fn drop_front(&mut self, count: usize) {
        self.buffer.drain(..count.min(self.buffer.len()));
        self.cutter.forget(count);
    }

    fn take_front(&mut self, count: usize) -> Vec<u8> {
        let kept = self.buffer.get(count..).unwrap_or_default();
        let room = if self.ended { 0 } else { self.chunk_size };
        let mut rest = Vec::with_capacity(kept.len().max(room + SLACK));
        rest.extend_from_slice(kept);
        self.buffer.truncate(count);
        self.cutter.forget(count);
        std::mem::replace(&mut self.buffer, rest)
    }
}

fn cut(piece: &Piece, first_line: u64) -> Cut {
    Cut {
        start: piece.start as u32,
        end: piece.end as u32,
        line: (piece.line - first_line) as u32,
        fault: piece.fault,
    }
}

fn cutter(dialect: &Dialect, separators: Separators, wanted: &Wanted) -> Cutter {
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

fn dialect(text: &Decoded, head: &[u8], wish: &DialectWish) -> Dialect {
    if let Some(sheet) = text.sheet() {
        return workbook::dialect(sheet);
    }
    // A profile for workbooks reads the rejects of one too, which are CSV.
    let wanted = wish.format.filter(|format| *format != Format::Sheet);
    let format = wanted.or_else(|| detect::format(head));
    let format = format.unwrap_or(Format::Csv);
    let is_json = matches!(format, Format::Json | Format::Ndjson);
    let delimiter = match format {
        Format::Csv => detect::delimiter(head, wish.quote),
        Format::Json | Format::Ndjson | Format::Sheet => b',',
    };
    Dialect {
        format,
        encoding: text.encoding(),
        bom: text.bom(),
        delimiter: wish.delimiter.unwrap_or(delimiter),
        quote: wish.quote,
        line_end: detect::line_end(head),
        gzip: text.gzip(),
        sheet: None,
        records: wish.records.clone().filter(|_| is_json),
    }
}

fn check_separators(wish: &DialectWish) -> Result<()> {
    let fits = |byte: u8| byte.is_ascii() && !matches!(byte, b'\n' | b'\r');
    let usage = |text: &str| Err(Error::Usage(text.to_owned()));
    if !wish.delimiter.is_none_or(fits) {
        return usage("delimiter: must be one ASCII character and no line end");
    }
    if !wish.quote.is_none_or(fits) {
        return usage("quote: must be one ASCII character and no line end");
    }
    if wish.delimiter.is_some() && wish.delimiter == wish.quote {
        return usage("delimiter: is the quote character too; choose another");
    }
    Ok(())
}

impl std::fmt::Debug for InputReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InputReader")
            .field("dialect", &self.dialect)
            .field("columns", &self.columns.len())
            .field("records", &self.records)
            .finish_non_exhaustive()
    }
}
