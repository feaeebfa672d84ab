//! Bytes to chunks of cells, in two steps.
//!
//! ```text
//! file ─▶ stored ─▶ decoded ─▶ cut ─▶ RawChunk ─▶ split ─▶ Chunk
//!         count,    gzip, BOM,  where   ╎          cells
//!         hash      UTF-16      records ╎
//!         ╰──────── one reader ──────╯  ╎  ╰─ any worker ─╯
//! ```
//!
//! [`InputReader`] is sequential: only who has seen all bytes before knows whether a line end lies
//! inside quotes, on which physical line a record begins and what number it has. It decides once
//! where records begin and end, and does as little else as it can. A [`Splitter`] needs nothing but
//! a [`RawChunk`], so that splitting, which is the greater work, runs on as many threads as there
//! are. What is read depends neither on the number of threads nor on where chunks end.
//!
//! A record that cannot be read costs itself and not the file: it is listed with its number, line
//! and bytes, and reading goes on behind it. No byte of an input is lost but line ends, blank
//! lines, what separates the elements of a JSON array, and what stands beside the arrays of nested
//! records.
//!
//! # Where the time goes
//!
//! Of what reading two million records of NDJSON takes (805 MB, 1.4 s of the processor, a third of a run), hashing
//! is two fifths, taking cells out of records of a known shape under a third, and most of the rest the system's
//! copying. No digest is made of what is only looked at.
//!
//! What paid for JSON: shapes compared, and the ends of texts found, sixteen bytes at a time and without calls;
//! `null` and text told apart without a branch, as either may come; texts with escapes read within a known shape;
//! the brackets of an element found sixty-four bytes at a time, those in strings left out by the parity of quotes
//! in front; files read into room that nothing has filled before. What did not pay: chunks of 3, 4 or 5 MiB. Not
//! tried: places of all quotes of a chunk found in one pass, as `split` does for delimited text.

mod blocks;
mod cut;
mod decoded;
mod detect;
mod guess;
mod gzip;
mod nestings;
mod outline;
mod raw_chunk;
mod reader;
mod sample;
mod split;
mod stdin;
mod stored;
mod table_top;
mod utf16;
mod workbook;

use std::io::Read;
use std::path::PathBuf;

use crate::dialect::Dialect;
use crate::error::{Error, Result};

pub use outline::{ObjectPlace, object_places};
pub use raw_chunk::RawChunk;
pub use reader::InputReader;
pub use split::Splitter;
pub use stdin::give_up_waiting;
pub use workbook::{SheetFacts, THREAD as WORKBOOK_THREAD};

/// How long a record may be, in bytes of text. A quote that nothing closes, or a JSON object that
/// does not end, is looked after no further than this.
pub const MAX_RECORD: usize = 4 << 20;

/// Where an input lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputPlace {
    /// In a file.
    Path(PathBuf),
    /// On standard input.
    Stdin,
}

/// What is known of an input once it has been read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFacts {
    /// SHA-256 of the bytes as stored (compressed, where the file is), in lower-case hexadecimal
    /// digits; empty where the reader was told to [leave it](InputReader::open_without_digest).
    pub sha256: String,
    /// How many bytes those are.
    pub bytes: u64,
    /// How many records were cut, readable or not, without the header.
    pub records: u64,
    /// The dialect, with the encoding where anything but ASCII has decided it.
    pub dialect: Dialect,
    /// How many physical lines stand above the header, without those of records; 0 where these are
    /// blank.
    pub preamble_lines: u64,
    /// Whether a JSON array ends before its `]`.
    pub truncated: bool,
    /// Whether commas were missing between the elements of a JSON array, or too many.
    pub stray_commas: bool,
    /// How many arrays of records there were, and empty ones in which there could be no such; `None`
    /// where no path leads to the records.
    pub arrays: Option<u64>,
    /// Members of the objects around records that no column asks for, met behind the last chunk.
    pub unknown_members: Vec<String>,
}

/// The sheets of an input, in their order; `None` where it is no workbook.
///
/// # Errors
/// The input cannot be opened or read, or is a damaged workbook.
pub fn sheets(place: &InputPlace, name: &str) -> Result<Option<Vec<SheetFacts>>> {
    let system = |error: std::io::Error| Error::input(name, &error);
    let mut stored = stored::Stored::open(place).map_err(system)?;
    let magic = stored.peek(workbook::MAGIC_LENGTH).map_err(system)?;
    if !workbook::is_packed(magic) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    stored.read_to_end(&mut bytes).map_err(system)?;
    workbook::sheets(bytes, name).map(Some)
}
