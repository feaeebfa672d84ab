//! A sheet of a workbook as the delimited text that it would be saved as.
//!
//! A workbook is recognised by its first bytes, whatever its name. It is parsed on a thread of its own,
//! a few lines ahead of who reads them: a row at a time where the format allows it, as `.xlsx` does. Some
//! broken workbooks make the parser panic; that ends the thread and not the run.

mod biff;
mod book;
mod choice;
mod listing;
mod spread;
mod table;
mod typed;
mod unpacked;

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use crate::dialect::{Dialect, Encoding, Format, SheetWish};
use crate::error::{Error, Problem, Result};

use super::cut::Separators;
use book::{Book, BookFault};
pub use listing::SheetFacts;
pub(super) use listing::sheets;
use table::TableText;

/// Name of the thread that parses a workbook: a panic there is told as a damaged workbook.
pub const THREAD: &str = "workbook";

const ZIP_MAGIC: &[u8] = b"PK\x03\x04";
const COMPOUND_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Bytes by which a workbook is recognised.
pub(super) const MAGIC_LENGTH: usize = 8;

/// Bytes of text that are handed over at a time.
const BLOCK: usize = 64 << 10;
/// Blocks that the parser may be ahead.
const AHEAD: usize = 8;

/// Whether an input with these first bytes may be a workbook: a zip archive or a compound file.
pub(super) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(ZIP_MAGIC) || head.starts_with(COMPOUND_MAGIC)
}

/// What separates the cells in the text of a sheet.
pub(super) const SEPARATORS: Separators = Separators {
    delimiter: b',',
    quote: Some(b'"'),
    escape: None,
    spaced: false,
};

/// How the text of a sheet is written.
pub(super) fn dialect(sheet: &str) -> Dialect {
    Dialect {
        format: Format::Sheet,
        encoding: Some(Encoding::Utf8),
        bom: false,
        delimiter: SEPARATORS.delimiter,
        quote: SEPARATORS.quote,
        escape: SEPARATORS.escape,
        header_line: None,
        line_end: "\n",
        gzip: false,
        sheet: Some(sheet.to_owned()),
        records: None,
    }
}

/// The text of a sheet.
pub(super) struct SheetText {
    /// Name of the sheet.
    pub(super) name: String,
    /// In which column of the sheet its table begins, counted from 0; known once lines have been read.
    pub(super) first_column: u32,
    lines: Receiver<Parsed>,
    block: Vec<u8>,
    served: usize,
    ended: bool,
}

/// What the parser hands over.
enum Parsed {
    Sheet(String),
    /// Lines of the table, which begins in that column.
    Lines(Vec<u8>, u32),
    End,
    Fault(BookFault),
    /// The sheet cannot be chosen, for this reason.
    NoChoice(String),
}

impl SheetText {
    /// Opens a sheet of the workbook that has these bytes; `input` is its name for messages.
    ///
    /// # Errors
    /// It is no workbook, or is damaged or encrypted; or the wish names no sheet of it, or is needed.
    pub(super) fn open(bytes: Vec<u8>, input: &str, wish: Option<&SheetWish>) -> Result<SheetText> {
        let (sender, lines) = sync_channel(AHEAD);
        let wish = wish.cloned();
        let parser = thread::Builder::new().name(THREAD.to_owned());
        let started = parser.spawn(move || parse(bytes, wish.as_ref(), &sender));
        started.map_err(|error| Error::input(input, &error))?;
        match lines.recv() {
            Ok(Parsed::Sheet(name)) => Ok(SheetText {
                name,
                first_column: 0,
                lines,
                block: Vec::new(),
                served: 0,
                ended: false,
            }),
            Ok(Parsed::NoChoice(text)) => Err(Error::Profile(vec![Problem {
                file: input.to_owned(),
                line: None,
                text,
            }])),
            Ok(Parsed::Fault(fault)) => Err(told(input, fault)),
            Ok(Parsed::Lines(..) | Parsed::End) | Err(_) => Err(told(input, BookFault::Damaged)),
        }
    }
}

impl Read for SheetText {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.served == self.block.len() && !self.ended {
            match self.lines.recv() {
                Ok(Parsed::Lines(block, first_column)) => {
                    self.block = block;
                    self.first_column = first_column;
                    self.served = 0;
                }
                Ok(Parsed::End) => self.ended = true,
                Ok(Parsed::Fault(fault)) => return Err(io::Error::other(why(fault))),
                _ => return Err(io::Error::other(why(BookFault::Damaged))),
            }
        }
        let mut waiting = self.block.get(self.served..).unwrap_or_default();
        let count = waiting.read(into)?;
        self.served += count;
        Ok(count)
    }
}

fn told(input: &str, fault: BookFault) -> Error {
    Error::Input {
        path: input.to_owned(),
        why: why(fault).to_owned(),
    }
}

fn why(fault: BookFault) -> &'static str {
    match fault {
        BookFault::NoWorkbook => {
            "is an archive or document and no workbook; unpack it, or export again"
        }
        BookFault::Encrypted => "the workbook is protected by a password; save it without one",
        BookFault::Damaged => {
            "the workbook is damaged or incomplete; copy it again, or open it in a spreadsheet program and \
             save it as .xlsx"
        }
        BookFault::TooLarge => {
            "the workbook unpacks to more than it can reasonably hold; save the sheet alone as .xlsx or .csv"
        }
    }
}

/// Parses a workbook. The receiver may be gone at any time, when nobody wants to read on.
fn parse(bytes: Vec<u8>, wish: Option<&SheetWish>, sender: &SyncSender<Parsed>) {
    let last = match Book::open(bytes).and_then(|book| sheet(book, wish, sender)) {
        Ok(last) => last,
        Err(fault) => Parsed::Fault(fault),
    };
    let _ = sender.send(last);
}

fn sheet(
    mut book: Book,
    wish: Option<&SheetWish>,
    sender: &SyncSender<Parsed>,
) -> std::result::Result<Parsed, BookFault> {
    let sheets = book.sheets();
    let name = match choice::choose(&sheets, wish, |name| book.has_content(name))? {
        Ok(name) => name,
        Err(text) => return Ok(Parsed::NoChoice(text)),
    };
    let _ = sender.send(Parsed::Sheet(name.clone()));
    let mut table = TableText::default();
    book.read(&name, &mut table, |table| {
        if table.lines.len() < BLOCK {
            return ControlFlow::Continue(());
        }
        let lines = std::mem::take(&mut table.lines);
        match sender.send(Parsed::Lines(lines, table.first_column())) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    table.finish();
    let first_column = table.first_column();
    let _ = sender.send(Parsed::Lines(table.lines, first_column));
    Ok(Parsed::End)
}
