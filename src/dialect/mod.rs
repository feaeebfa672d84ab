//! How an input is written: its format, encoding and separators, and where its records lie.

pub mod record_path;

use record_path::RecordPath;

/// The formats that an input may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text with a header record.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// One JSON array of objects.
    Json,
    /// A sheet of a workbook, whose first row with content is its header.
    Sheet,
}

impl Format {
    /// The word used in profiles and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
            Format::Json => "json",
            Format::Sheet => "sheet",
        }
    }
}

/// The encodings that an input may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, of which ISO 8859-1 is a part as the WHATWG reads it.
    Windows1252,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
}

impl Encoding {
    /// The word used in profiles and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Windows1252 => "windows-1252",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
        }
    }
}

/// A sheet as a profile names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetWish {
    /// By its name, in any case.
    Name(String),
    /// By its place among the sheets, counted from 1; hidden ones count too.
    Number(usize),
}

/// What a profile says of an input's dialect; what it does not say is detected from the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DialectWish {
    /// Format.
    pub format: Option<Format>,
    /// Encoding.
    pub encoding: Option<Encoding>,
    /// Separator of cells (CSV).
    pub delimiter: Option<u8>,
    /// Quote character (CSV).
    pub quote: QuoteWish,
    /// Character that takes the meaning from a quote behind it (CSV).
    pub escape: Option<u8>,
    /// Where the header stands (CSV).
    pub header: HeaderWish,
    /// Beginnings of records that are footers (CSV).
    pub footers: Vec<String>,
    /// Which sheet of a workbook is read.
    pub sheet: Option<SheetWish>,
    /// Where the records lie (JSON); `None` where they are the elements of an array, or the lines.
    pub records: Option<RecordPath>,
}

/// What a profile says of quotes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QuoteWish {
    /// Nothing.
    #[default]
    Detected,
    /// Quotes have no meaning.
    Nothing,
    /// The quote character.
    Mark(u8),
}

/// What a profile says of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderWish {
    /// It is the first record that has these columns, or where none has any, the first record.
    Having(Vec<String>),
    /// It is the first record that fills most columns of the table.
    Guessed,
    /// It is the first record on or below this physical line, counted from 1.
    Line(u64),
    /// There is none; columns are named by their numbers, counted from 1.
    Nothing,
}

impl Default for HeaderWish {
    fn default() -> Self {
        HeaderWish::Having(Vec::new())
    }
}

/// The dialect that an input was read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// Format.
    pub format: Format,
    /// Encoding; `None` while the input has shown nothing but ASCII.
    pub encoding: Option<Encoding>,
    /// Whether the input begins with a byte order mark.
    pub bom: bool,
    /// Separator of cells (CSV).
    pub delimiter: u8,
    /// Quote character (CSV); `None` where quotes have no meaning.
    pub quote: Option<u8>,
    /// Character that takes the meaning from a quote behind it (CSV).
    pub escape: Option<u8>,
    /// Physical line on which the header begins, counted from 1 (CSV); `None` where there is none.
    pub header_line: Option<u64>,
    /// Line end of the first line: `\n`, `\r\n` or `\r`.
    pub line_end: &'static str,
    /// Whether the input is compressed with gzip.
    pub gzip: bool,
    /// Name of the sheet, where the input is a workbook.
    pub sheet: Option<String>,
    /// Where the records lie (JSON); `None` where they are the elements of an array, or the lines.
    pub records: Option<RecordPath>,
}
