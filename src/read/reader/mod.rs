//! The sequential half: opens an input, learns its dialect, cuts it into chunks of records.

mod opening;

use std::sync::Arc;

use memchr::memmem;

use crate::chunk::REASON_COLUMN;
use crate::dialect::record_path::RecordPath;
use crate::dialect::{Dialect, DialectWish, Encoding, Format};
use crate::error::{Error, Result};

use super::cut::{Cutter, NestedCutter, Piece, Step};
use super::decoded::Decoded;
use super::nestings::Nestings;
use super::raw_chunk::{Cut, Ending, RawChunk};
use super::split::{Splitter, Wanted};
use super::{InputFacts, InputPlace, MAX_RECORD, detect};

/// Bytes of text in a chunk, unless a single record needs more.
const CHUNK_SIZE: usize = 16 << 20;
/// Records in a chunk: bounds the memory that very short records need.
const CHUNK_RECORDS: usize = 1 << 18;
/// Bytes looked at to learn format, delimiter and line end.
const SNIFF: usize = 64 << 10;
/// Bytes that decide between UTF-8 and Windows-1252, from the first one on that is no ASCII.
const ENCODING_SAMPLE: usize = 1 << 20;
/// Bytes at the end of an input that are in one chunk.
const TAIL: usize = 4 << 10;
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
    preamble_lines: u64,
    /// The records above the header, until they are handed out.
    stranded: Option<RawChunk>,
    chunk_size: usize,
    records: u64,
    /// How many the last chunk had.
    usual_records: usize,
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
        InputReader::open_as(place, name, wish, wanted, true)
    }

    /// The same for somebody who needs no digest of the input, which takes time to make.
    ///
    /// # Errors
    /// As [`InputReader::open`].
    pub fn open_without_digest(
        place: &InputPlace,
        name: &str,
        wish: &DialectWish,
        wanted: &[String],
    ) -> Result<InputReader> {
        InputReader::open_as(place, name, wish, wanted, false)
    }

    fn open_as(
        place: &InputPlace,
        name: &str,
        wish: &DialectWish,
        wanted: &[String],
        digest: bool,
    ) -> Result<InputReader> {
        opening::check_separators(wish)?;
        let mut text = Decoded::open(place, name, wish, digest)?;
        let mut buffer = Vec::new();
        let mut ended = text.fill(&mut buffer, SNIFF)?;
        let mut dialect = opening::dialect(&text, &buffer, wish);
        if wish.format.is_none() && dialect.records.is_some() && dialect.format == Format::Ndjson {
            ended = ended || text.fill(&mut buffer, 2 * MAX_RECORD)?;
            dialect.format = detect::nested_format(&buffer, MAX_RECORD);
        }
        let columns = match dialect.format {
            Format::Csv | Format::Sheet => &[],
            Format::Json | Format::Ndjson => wanted,
        };
        let wanted = Wanted::new(columns, dialect.records.as_ref()).map_err(Error::Usage)?;
        let cutter = opening::cutter(&dialect, &wanted);
        let mut reader = InputReader {
            text,
            buffer,
            ended,
            cutter,
            splitter: Splitter::json(Arc::new(wanted)),
            dialect,
            header: Vec::new(),
            columns: Vec::new(),
            preamble_lines: 0,
            stranded: None,
            chunk_size: CHUNK_SIZE,
            records: 0,
            usual_records: 0,
        };
        match reader.dialect.format {
            Format::Csv | Format::Sheet => reader.read_top(name, wish)?,
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

    /// The bytes of the header record and of what stands above it but for records, without byte order
    /// mark and without the header's line end, in the input's encoding (UTF-8 where that is UTF-16); the numbers of the
    /// columns where the input has no header, and nothing where it has no content.
    pub fn header(&self) -> &[u8] {
        &self.header
    }

    /// How many physical lines stand above the header, without those of records; 0 where these are
    /// blank.
    pub fn preamble_lines(&self) -> u64 {
        self.preamble_lines
    }

    /// In which column of a spreadsheet the first column stands, counted from 0; `None` where the input is
    /// JSON, which none shows as a table.
    pub fn sheet_column(&self) -> Option<u32> {
        match self.dialect.format {
            Format::Csv => Some(0),
            Format::Sheet => Some(self.text.first_column()),
            Format::Json | Format::Ndjson => None,
        }
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
        if let Some(stranded) = self.stranded.take() {
            return Ok(Some(stranded));
        }
        let mut cuts = Vec::with_capacity(self.room_for_cuts());
        let mut nestings = Nestings::default();
        let levels = self.dialect.records.as_ref().map(RecordPath::parents);
        let (mut first_line, mut first_row) = (0, 0);
        let mut at = 0;
        self.fill(self.chunk_size)?;
        while cuts.is_empty()
            || (at < self.chunk_size && cuts.len() < CHUNK_RECORDS)
            || self.is_near_end(at)?
        {
            match self.cutter.next(&self.buffer, at, self.ended) {
                Step::Record(piece) => {
                    if cuts.is_empty() {
                        (first_line, first_row) = (piece.line, piece.row);
                    }
                    at = piece.next;
                    if let (Some(levels), Some(nested)) = (levels, self.cutter.nested()) {
                        nestings.note(cuts.len(), &nested.enclosing(), levels);
                    }
                    cuts.push(cut(&piece, first_line, first_row));
                }
                Step::More(done) if !cuts.is_empty() && !self.is_near_end(done)? => {
                    at = done;
                    break;
                }
                Step::More(done) if !cuts.is_empty() => at = done,
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
        let ending = self.ending(at);
        let first_number = self.records + 1;
        self.records += cuts.len() as u64;
        self.usual_records = cuts.len();
        let mut bytes = self.take_front(at);
        let (nestings, contexts) = nestings.append(&mut bytes);
        Ok(Some(RawChunk {
            bytes,
            cuts,
            first_number,
            first_line,
            first_row,
            encoding: self.dialect.encoding,
            ending,
            nestings,
            contexts,
            strangers: self.take_strangers(),
        }))
    }

    /// How many records the next chunk is likely to have: as many as those before it, and a few more.
    fn room_for_cuts(&self) -> usize {
        self.usual_records + self.usual_records / 16
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
            preamble_lines: self.preamble_lines,
            dialect: self.dialect,
        }
    }

    /// Whether the input ends soon behind `at`: what comes then belongs to the last chunk, wherever
    /// chunks would end, because only the last chunk can tell what stands below the table.
    fn is_near_end(&mut self, at: usize) -> Result<bool> {
        self.fill(at + TAIL)?;
        Ok(self.ended && self.buffer.len() <= at + TAIL)
    }

    /// How the input ends, where nothing comes behind the first `at` bytes of the buffer.
    fn ending(&self, at: usize) -> Option<Ending> {
        let last = self.buffer.last().copied();
        let ended = self.ended && at == self.buffer.len() && self.dialect.format != Format::Json;
        ended.then_some(match last {
            Some(b'\n' | b'\r') => Ending::LineEnd,
            _ => Ending::Open,
        })
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
        let of_rejects = self.columns.iter().any(|name| name == REASON_COLUMN)
            || memmem::find(front, REASON_COLUMN.as_bytes()).is_some();
        self.fill(first + ENCODING_SAMPLE)?;
        let end = self.buffer.len().min(first + ENCODING_SAMPLE);
        let whole = self.ended && end == self.buffer.len();
        let sample = self.buffer.get(first..end).unwrap_or_default();
        // nothing is undecodable in Windows-1252, so what was so before came from UTF-8
        let undecodable = of_rejects && memmem::find(sample, b"PAC003 ").is_some();
        self.dialect.encoding = Some(match undecodable {
            true => Encoding::Utf8,
            false => detect::encoding(sample, whole),
        });
        Ok(())
    }

    /// Reads on by what the longest record may need.
    fn read_more(&mut self) -> Result<()> {
        let ahead = self.buffer.len() + MAX_RECORD + SNIFF;
        self.fill(ahead.max(self.chunk_size))
    }

    fn fill(&mut self, target: usize) -> Result<()> {
        if !self.ended && self.buffer.len() < target {
            if self.buffer.capacity() < target {
                let left = self.text.left().unwrap_or(usize::MAX);
                let end = target.min(self.buffer.len().saturating_add(left));
                let slack = SLACK.min(end / 8);
                self.buffer.reserve(end + slack - self.buffer.len());
            }
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

fn cut(piece: &Piece, first_line: u64, first_row: u64) -> Cut {
    Cut {
        start: piece.start as u32,
        end: piece.end as u32,
        line: (piece.line - first_line) as u32,
        row: piece.row.saturating_sub(first_row) as u32,
        fault: piece.fault,
    }
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
