//! The formats of one field: the first that fits is taken, and what two read differently is not guessed.
//! Where none fits, ISO 8601 is read: nothing else is written so, and dates of a workbook come so.

use std::sync::LazyLock;

use super::CellFault;
use super::date::{DateFormat, Found, Token};

/// ISO 8601 and what SQL databases print.
const ISO: [&str; 15] = [
    "yyyy-mm-dd",
    "yyyy-mm-ddTHH:MM:SSZ",
    "yyyy-mm-ddTHH:MM:SS",
    "yyyy-mm-ddTHH:MM:SS.fZ",
    "yyyy-mm-ddTHH:MM:SS.f",
    "yyyy-mm-dd HH:MM:SS",
    "yyyy-mm-dd HH:MM:SS.f",
    "yyyy-mm-dd HH:MM:SSZ",
    "yyyy-mm-dd HH:MM:SS.fZ",
    "yyyy-mm-dd HH:MM:SS Z",
    "yyyy-mm-dd HH:MM:SS.f Z",
    "yyyy-mm-dd HH:MM",
    "yyyy-mm-ddTHH:MM",
    "yyyy-mm-dd HH:MMZ",
    "yyyy-mm-ddTHH:MMZ",
];

static ISO_FORMATS: LazyLock<Vec<DateFormat>> = LazyLock::new(|| {
    ISO.iter()
        .flat_map(|text| DateFormat::parse(text))
        .collect()
});

/// The formats of one field.
#[derive(Debug, Clone)]
pub(super) struct DateFormats {
    formats: Vec<DateFormat>,
    /// Whether two of them have their parts in different orders, so that they may read one cell
    /// differently.
    disagree: bool,
    /// Whether ISO 8601 is read too: not where a format has the order year, day, month.
    iso: bool,
}

impl DateFormats {
    pub(super) fn new(formats: Vec<DateFormat>) -> DateFormats {
        let mut pairs = formats.windows(2);
        DateFormats {
            disagree: pairs.any(|pair| pair[0].order() != pair[1].order()),
            iso: !formats
                .iter()
                .any(|format| format.order().starts_with(&[Token::Year4, Token::Day])),
            formats,
        }
    }

    /// Reads a trimmed cell.
    ///
    /// # Errors
    /// `none` where no format fits, [`CellFault::AmbiguousDate`] where two find different days.
    pub(super) fn read(&self, cell: &str, none: CellFault) -> Result<Found, CellFault> {
        let mut found = self.formats.iter().filter_map(|format| format.read(cell));
        let Some(first) = found.next() else {
            return self.iso(cell).ok_or(none);
        };
        match self.disagree && found.any(|other| other.days != first.days) {
            true => Err(CellFault::AmbiguousDate),
            false => Ok(first),
        }
    }

    fn iso(&self, cell: &str) -> Option<Found> {
        let led_by_year = cell.as_bytes().get(4) == Some(&b'-');
        let mut formats = ISO_FORMATS.iter().filter(|_| self.iso && led_by_year);
        formats.find_map(|format| format.read(cell))
    }

    /// The formats for a message: `dd/mm/yyyy or yyyy-mm-dd`.
    pub(super) fn expected(&self) -> String {
        let texts: Vec<&str> = self.formats.iter().map(DateFormat::as_str).collect();
        texts.join(" or ")
    }
}
