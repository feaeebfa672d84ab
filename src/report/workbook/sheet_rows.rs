//! The rows of one sheet, written straight into the file of a workbook that is otherwise made.
//!
//! Handing a library each cell takes about ten times as long, a tenth of a whole run, at a time when nothing
//! else is left to do. So the library makes the workbook with a sample row in the sheet, and that row gives
//! its place to those written here. One thread writes them, and another packs them.

use std::io::{Cursor, Read, Seek, Write};
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::{Error, Result};

/// How hard the rows are packed: texts that repeat get small at any level.
const LEVEL: i64 = 1;
/// Bytes of rows that are packed at a time.
const AT_A_TIME: usize = 64 << 10;
/// Times as many that wait to be packed.
const WAITING: usize = 8;

/// The sheet's own row that those here take the place of, counted from 1. It has one cell, with a text that
/// is shown with a quote in front.
pub(super) const SAMPLE_ROW: u32 = 2;

/// Rows in the making.
pub(super) struct SheetRows {
    packer: SyncSender<String>,
    /// The style of texts that a spreadsheet would take for formulas if they were typed in.
    quoted: String,
    /// The row that cells are added to, counted from 1.
    row: u64,
    /// The same as text.
    row_number: String,
    /// Whether it has cells.
    begun: bool,
    /// What has not been handed to the packer.
    text: String,
}

/// Writes the workbook `made` with `count` rows in the sheet `sheet`, which `write` adds; `path` is where it is to
/// lie.
///
/// # Errors
/// It cannot be written, or what `write` says.
pub(super) fn fill<W: Write + Seek>(
    path: &Path,
    made: Vec<u8>,
    into: W,
    sheet: &str,
    count: u64,
    write: impl FnOnce(&mut SheetRows) -> Result<()> + Send,
) -> Result<W> {
    let failed = |error: ZipError| failed(path, &error);
    let mut made = ZipArchive::new(Cursor::new(made)).map_err(failed)?;
    let mut filled = ZipWriter::new(into);
    let mut write = Some(write);
    for at in 0..made.len() {
        let entry = made.by_index_raw(at).map_err(failed)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            .last_modified_time(entry.last_modified().unwrap_or_default());
        match write.take_if(|_| entry.name().is_ok_and(|name| name == sheet)) {
            None => filled.raw_copy_file(entry).map_err(failed)?,
            Some(write) => {
                drop(entry);
                let mut text = String::new();
                let mut entry = made.by_index(at).map_err(failed)?;
                let read = entry.read_to_string(&mut text);
                read.map_err(|error| Error::output(path, &error))?;
                filled.start_file(sheet, options).map_err(failed)?;
                put(path, &mut filled, &text, count, write)?;
            }
        }
    }
    filled.finish().map_err(failed)
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Output {
        path: path.to_owned(),
        why: error.to_string(),
    }
}

fn put(
    path: &Path,
    into: &mut dyn Write,
    sheet: &str,
    count: u64,
    write: impl FnOnce(&mut SheetRows) -> Result<()> + Send,
) -> Result<()> {
    let frame = Frame::of(sheet).ok_or_else(|| {
        let text = "a sheet of the workbook is not as it was made";
        Error::Internal(text.to_owned())
    })?;
    let last = count + u64::from(SAMPLE_ROW) - 1;
    let (packer, texts) = sync_channel(WAITING);
    let mut rows = SheetRows {
        packer,
        quoted: frame.quoted.to_owned(),
        row: u64::from(SAMPLE_ROW),
        row_number: SAMPLE_ROW.to_string(),
        begun: false,
        text: format!("{}{last}{}", frame.until_last_row, frame.until_rows),
    };
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            write(&mut rows)?;
            rows.text.push_str(frame.behind);
            rows.pack()
        });
        // where this fails nothing is received any longer, and the writer ends as well
        let packed = texts.into_iter().try_for_each(|text: String| {
            let packed = into.write_all(text.as_bytes());
            packed.map_err(|error| Error::output(path, &error))
        });
        let crashed = |_| Error::Internal("a thread that writes rows has crashed".to_owned());
        let written = writer.join().map_err(crashed)?;
        packed.and(written)
    })
}

/// A sheet around its sample row.
struct Frame<'s> {
    /// All in front of the number of its last row, as the sheet states it.
    until_last_row: &'s str,
    /// All between that number and the sample row.
    until_rows: &'s str,
    /// All behind the sample row.
    behind: &'s str,
    /// The style of the sample cell.
    quoted: &'s str,
}

impl Frame<'_> {
    fn of(sheet: &str) -> Option<Frame<'_>> {
        let (front, row) = sheet.split_once(&format!("<row r=\"{SAMPLE_ROW}\""))?;
        let (cell, behind) = row.split_once("</row>")?;
        let (_, style) = cell.split_once(" s=\"")?;
        let (quoted, _) = style.split_once('"')?;
        let (until, corner) = front.split_once("<dimension ref=\"")?;
        let last = corner.find(&format!("{SAMPLE_ROW}\""))?;
        let at = until.len() + "<dimension ref=\"".len() + last;
        let until_last_row = front.get(..at)?;
        let until_rows = front.get(at + SAMPLE_ROW.to_string().len()..)?;
        Some(Frame {
            until_last_row,
            until_rows,
            behind,
            quoted,
        })
    }
}

impl SheetRows {
    /// Adds a cell with a text, in one of the first 26 columns, counted from 0. It holds no control
    /// characters.
    pub(super) fn text(&mut self, column: u8, text: &str) {
        self.begin_cell(column);
        if text.starts_with(['=', '+', '-', '@']) {
            for part in [" s=\"", &self.quoted, "\""] {
                self.text.push_str(part);
            }
        }
        self.text.push_str(" t=\"inlineStr\"><is><t");
        if text.starts_with(' ') || text.ends_with(' ') {
            self.text.push_str(" xml:space=\"preserve\"");
        }
        self.text.push('>');
        escape(text, &mut self.text);
        self.text.push_str("</t></is></c>");
    }

    /// Adds a cell with a number.
    pub(super) fn number(&mut self, column: u8, number: i64) {
        self.begin_cell(column);
        for part in ["><v>", itoa::Buffer::new().format(number), "</v></c>"] {
            self.text.push_str(part);
        }
    }

    /// Ends a row.
    ///
    /// # Errors
    /// Nobody packs any longer.
    pub(super) fn end_row(&mut self) -> Result<()> {
        self.begin();
        self.text.push_str("</row>");
        self.begun = false;
        self.row += 1;
        self.row_number.clear();
        self.row_number
            .push_str(itoa::Buffer::new().format(self.row));
        match self.text.len() >= AT_A_TIME {
            true => self.pack(),
            false => Ok(()),
        }
    }

    fn begin(&mut self) {
        if !self.begun {
            for part in ["<row r=\"", &self.row_number, "\">"] {
                self.text.push_str(part);
            }
            self.begun = true;
        }
    }

    fn begin_cell(&mut self, column: u8) {
        self.begin();
        self.text.push_str("<c r=\"");
        self.text.push(char::from(b'A' + column));
        self.text.push_str(&self.row_number);
        self.text.push('"');
    }

    /// Hands over what has been written.
    fn pack(&mut self) -> Result<()> {
        let text = std::mem::take(&mut self.text);
        let gone = |_| Error::Internal("nobody packs the rows any longer".to_owned());
        self.packer.send(text).map_err(gone)
    }
}

/// Appends a text as XML has it. What looks like a character that a workbook writes by its number, such as
/// `_x000D_`, is kept as it is.
fn escape(text: &str, into: &mut String) {
    let is_plain = |byte: u8| !matches!(byte, b'&' | b'<' | b'>' | b'_' | 0xef);
    if text.bytes().all(is_plain) {
        return into.push_str(text);
    }
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
            '_' if is_by_number(text, at) => "_x005F_",
            _ => continue,
        };
        into.push_str(text.get(plain..at).unwrap_or_default());
        into.push_str(instead);
        plain = at + c.len_utf8();
    }
    into.push_str(text.get(plain..).unwrap_or_default());
}

/// Whether a character written by its number begins there.
fn is_by_number(text: &str, at: usize) -> bool {
    let written = text.as_bytes().get(at..at + 7);
    written.is_some_and(|written| {
        let [_, x, digits @ .., end] = written else {
            return false;
        };
        *x == b'x' && *end == b'_' && digits.iter().all(u8::is_ascii_hexdigit)
    })
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    fn made() -> Vec<u8> {
        let mut workbook = Workbook::new();
        workbook
            .add_worksheet()
            .write_string(0, 0, "first")
            .unwrap();
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "name").unwrap();
        sheet.write_string(0, 1, "count").unwrap();
        let quoted = Format::new().set_quote_prefix();
        let row = SAMPLE_ROW - 1;
        sheet
            .write_string_with_format(row, 0, "=", &quoted)
            .unwrap();
        workbook.save_to_buffer().unwrap()
    }

    fn filled(texts: &[&str]) -> Xlsx<Cursor<Vec<u8>>> {
        let path = Path::new("filled.xlsx");
        let count = texts.len() as u64;
        let into = Cursor::new(Vec::new());
        let sheet = "xl/worksheets/sheet2.xml";
        let filled = fill(path, made(), into, sheet, count, |rows| {
            for (number, text) in (1..).zip(texts) {
                rows.text(0, text);
                rows.number(1, number);
                rows.end_row()?;
            }
            Ok(())
        });
        calamine::open_workbook_from_rs(filled.unwrap()).unwrap()
    }

    #[test]
    fn texts_come_back_as_they_were() {
        let texts = [
            "plain",
            "a < b & \"c\" > d",
            " spaced ",
            "=1+1",
            "_x000D_ é 😀",
            "_x00",
        ];
        let mut book = filled(&texts);
        let range = book.worksheet_range("Sheet2").unwrap();
        assert_eq!(range.get_size(), (texts.len() + 1, 2));
        for (row, text) in (1..).zip(texts) {
            assert_eq!(range.get((row, 0)), Some(&Data::String(text.to_owned())));
            assert_eq!(range.get((row, 1)), Some(&Data::Float(row as f64)));
        }
        let first = book.worksheet_range("Sheet1").unwrap();
        assert_eq!(first.get((0, 0)), Some(&Data::String("first".to_owned())));
    }

    #[test]
    fn no_rows_leave_the_head() {
        let mut book = filled(&[]);
        let range = book.worksheet_range("Sheet2").unwrap();
        assert_eq!(range.get_size(), (1, 2));
    }

    #[test]
    fn more_rows_than_are_packed_at_a_time() {
        let text = "x".repeat(AT_A_TIME / 10);
        let texts = vec![text.as_str(); 100];
        let mut book = filled(&texts);
        let range = book.worksheet_range("Sheet2").unwrap();
        assert_eq!(range.get_size(), (101, 2));
        assert_eq!(range.get((100, 1)), Some(&Data::Float(100.0)));
    }
}
