//! The sequential half: opens an input, learns its dialect, cuts it into chunks of records.

use std::sync::Arc;

use crate::dialect::{Dialect, DialectWish, Format};
use crate::error::{Error, Result};

use super::cut::{ArrayCutter, Cutter, LineCutter, Piece, Separators, Step};
use super::decoded::Decoded;
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
    /// named it, for messages; `wanted` holds the members that are the columns of a JSON input: a
    /// name of the object's own, or a JSON Pointer (`/person/id`) into objects within it.
    ///
    /// # Errors
    /// The input cannot be opened or read, or `wish` holds separators that exclude each other.
    pub fn open(
        place: &InputPlace,
        name: &str,
        wish: &DialectWish,
        wanted: &[String],
    ) -> Result<InputReader> {
        check_separators(wish)?;
        let mut text = Decoded::open(place, name, wish)?;
        let mut buffer = Vec::new();
        let ended = text.fill(&mut buffer, SNIFF)?;
        let dialect = dialect(&text, &buffer, wish);
        let separators = Separators {
            delimiter: dialect.delimiter,
            quote: dialect.quote,
        };
        let cutter = match dialect.format {
            Format::Csv => Cutter::Lines(LineCutter::csv(separators, MAX_RECORD)),
            Format::Sheet => Cutter::Lines(LineCutter::sheet(separators, MAX_RECORD)),
            Format::Ndjson => Cutter::Lines(LineCutter::ndjson(MAX_RECORD)),
            Format::Json => Cutter::Array(ArrayCutter::new(MAX_RECORD)),
        };
        let mut reader = InputReader {
            text,
            buffer,
            ended,
            cutter,
            splitter: Splitter::csv(separators, 0),
            dialect,
            header: Vec::new(),
            columns: Vec::new(),
            chunk_size: CHUNK_SIZE,
            records: 0,
        };
        match reader.dialect.format {
            Format::Csv | Format::Sheet => reader.read_header(separators)?,
            Format::Json | Format::Ndjson => reader.take_columns(wanted)?,
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
        Ok(Some(RawChunk {
            bytes: self.take_front(at),
            cuts,
            first_number,
            first_line,
            encoding: self.dialect.encoding,
        }))
    }

    /// What is known of the input once it has been read.
    pub fn finish(self) -> InputFacts {
        InputFacts {
            sha256: self.text.stored().sha256(),
            bytes: self.text.stored().bytes(),
            records: self.records,
            truncated: self.cutter.truncated(),
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
        self.splitter = Splitter::json(Arc::new(Wanted::new(wanted)));
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

fn dialect(text: &Decoded, head: &[u8], wish: &DialectWish) -> Dialect {
    if let Some(sheet) = text.sheet() {
        return workbook::dialect(sheet);
    }
    // A profile for workbooks reads the rejects of one too, which are CSV.
    let wanted = wish.format.filter(|format| *format != Format::Sheet);
    let format = wanted.or_else(|| detect::format(head));
    let format = format.unwrap_or(Format::Csv);
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
