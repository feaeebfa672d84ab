//! A workbook of any of the four formats, and its cells one after another.

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{
    CellErrorType, Data, DataType, Ods, OdsError, Range, Reader, Sheet, SheetType, SheetVisible,
    Style, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use memchr::memmem;
use rustc_hash::FxHashSet;

use super::table::{Place, TableText};
use super::{biff, unpacked};

type Bytes = Cursor<Vec<u8>>;

/// An opened workbook.
pub(super) enum Book {
    Xlsx(Box<Xlsx<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

/// Why a workbook cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BookFault {
    /// An archive or a document of another kind.
    NoWorkbook,
    /// A password is needed.
    Encrypted,
    /// Something in it cannot be read.
    Damaged,
    /// It unpacks to more than a workbook holds, or its repeated cells come to more.
    TooLarge,
}

type Result<T> = std::result::Result<T, BookFault>;

impl Book {
    /// Opens a workbook, which is a zip archive or a compound file.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Book> {
        let holds = |name: &[u8]| memmem::find(&bytes, name).is_some();
        if bytes.starts_with(super::COMPOUND_MAGIC) {
            let (sealed, xls) = (holds(&wide("EncryptedPackage")), holds(&wide("Book")));
            return match (sealed, xls || holds(&wide("Workbook"))) {
                (true, _) => Err(BookFault::Encrypted),
                (false, true) => {
                    let bytes = biff::sound(bytes)?;
                    Ok(Book::Xls(Box::new(Xls::new(Cursor::new(bytes))?)))
                }
                (false, false) => Err(BookFault::NoWorkbook),
            };
        }
        let (ods, xlsb) = (
            holds(b"application/vnd.oasis.opendocument.spreadsheet"),
            holds(b"xl/workbook.bin"),
        );
        if !ods && !xlsb && !holds(b"xl/") {
            return Err(BookFault::NoWorkbook);
        }
        unpacked::look_through(&bytes)?;
        if ods {
            unpacked::look_through_repeats(&bytes)?;
            Ok(Book::Ods(Box::new(Ods::new(Cursor::new(bytes))?)))
        } else if xlsb {
            Ok(Book::Xlsb(Box::new(Xlsb::new(Cursor::new(bytes))?)))
        } else {
            Ok(Book::Xlsx(Box::new(Xlsx::new(Cursor::new(bytes))?)))
        }
    }

    /// The sheets that hold cells, in their order: names, and whether they are shown.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let all: &[Sheet] = match self {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xlsb(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
        };
        let sheets = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect()
    }

    /// Whether any cell of a sheet has content.
    pub(super) fn has_content(&mut self, sheet: &str) -> Result<bool> {
        let mut table = TableText::default();
        self.read(sheet, &mut table, |table| match table.is_empty() {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })?;
        Ok(!table.is_empty())
    }

    /// Reads the cells of a sheet into `table`, and asks behind each whether to go on.
    pub(super) fn read(
        &mut self,
        sheet: &str,
        table: &mut TableText,
        mut go_on: impl FnMut(&mut TableText) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut add = |row, column, cell: &dyn Cell, digits| {
            if !cell.add(table, Place { row, column }, digits) {
                return Err(BookFault::Damaged);
            }
            Ok(go_on(table))
        };
        match self {
            Book::Xlsx(book) => {
                let formulas = formulas(book, sheet)?;
                let mut cells = book.worksheet_cells_reader(sheet)?;
                let digits: Vec<usize> = cells.styles().iter().map(digits).collect();
                while let Some((cell, style)) = cells.next_cell_with_style_id()? {
                    let (row, column) = cell.get_position();
                    let digits = digits.get(style).copied().unwrap_or_default();
                    let value = cell.get_value();
                    let without_value = value.is_empty() && formulas.contains(&(row, column));
                    let value: &dyn Cell = if without_value { &NO_VALUE } else { value };
                    if add(row, column, value, digits)?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Book::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet)?;
                while let Some(cell) = cells.next_cell()? {
                    let (row, column) = cell.get_position();
                    if add(row, column, cell.get_value(), 0)?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Book::Xls(book) => each(&book.worksheet_range(sheet)?, add),
            Book::Ods(book) => each(&book.worksheet_range(sheet)?, add),
        }
    }
}

/// What a formula is read as whose value the program that wrote the workbook has not saved: it is not
/// empty, and what it would be is not available.
const NO_VALUE: Data = Data::Error(CellErrorType::NA);

/// The places of formulas in a sheet.
fn formulas(book: &mut Xlsx<Bytes>, sheet: &str) -> Result<FxHashSet<(u32, u32)>> {
    let mut formulas = FxHashSet::default();
    let mut cells = book.worksheet_cells_reader(sheet)?;
    while let Some(cell) = cells.next_formula()? {
        if !cell.get_value().is_empty() {
            formulas.insert(cell.get_position());
        }
    }
    Ok(formulas)
}

/// The cells of a sheet that lies in memory whole.
fn each(
    range: &Range<Data>,
    mut add: impl FnMut(u32, u32, &dyn Cell, usize) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        if add(top + row as u32, left + column as u32, cell, 0)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// A cell of either kind that the formats have.
trait Cell {
    fn add(&self, table: &mut TableText, place: Place, digits: usize) -> bool;
}

impl<D: DataType> Cell for D {
    fn add(&self, table: &mut TableText, place: Place, digits: usize) -> bool {
        table.add(place, self, digits)
    }
}

/// How many digits a style shows at least: that of `00000` shows 5.
fn digits(style: &Style) -> usize {
    let format = style.number_format.as_ref();
    let code = format.map_or("", |format| format.format_code.as_str());
    match code.bytes().all(|byte| byte == b'0') {
        true => code.len(),
        false => 0,
    }
}

/// A name as it stands in a compound file.
fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

impl From<XlsxError> for BookFault {
    fn from(error: XlsxError) -> BookFault {
        match error {
            XlsxError::Password => BookFault::Encrypted,
            _ => BookFault::Damaged,
        }
    }
}

impl From<XlsbError> for BookFault {
    fn from(error: XlsbError) -> BookFault {
        match error {
            XlsbError::Password => BookFault::Encrypted,
            _ => BookFault::Damaged,
        }
    }
}

impl From<XlsError> for BookFault {
    fn from(error: XlsError) -> BookFault {
        match error {
            XlsError::Password => BookFault::Encrypted,
            _ => BookFault::Damaged,
        }
    }
}

impl From<OdsError> for BookFault {
    fn from(error: OdsError) -> BookFault {
        match error {
            OdsError::Password => BookFault::Encrypted,
            _ => BookFault::Damaged,
        }
    }
}
