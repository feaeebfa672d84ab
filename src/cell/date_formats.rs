//! The formats of one field: the first that fits is taken, and what two read differently is not guessed.

use super::CellFault;
use super::date::{DateFormat, Found};

/// The formats of one field.
#[derive(Debug, Clone)]
pub(super) struct DateFormats {
    formats: Vec<DateFormat>,
    /// Whether two of them have their parts in different orders, so that they may read one cell
    /// differently.
    disagree: bool,
}

impl DateFormats {
    pub(super) fn new(formats: Vec<DateFormat>) -> DateFormats {
        let mut pairs = formats.windows(2);
        DateFormats {
            disagree: pairs.any(|pair| pair[0].order() != pair[1].order()),
            formats,
        }
    }

    /// Reads a trimmed cell.
    ///
    /// # Errors
    /// `none` where no format fits, [`CellFault::AmbiguousDate`] where two find different days.
    pub(super) fn read(&self, cell: &str, none: CellFault) -> Result<Found, CellFault> {
        let mut found = self.formats.iter().filter_map(|format| format.read(cell));
        let first = found.next().ok_or(none)?;
        match self.disagree && found.any(|other| other.days != first.days) {
            true => Err(CellFault::AmbiguousDate),
            false => Ok(first),
        }
    }

    /// The formats for a message: `dd/mm/yyyy or yyyy-mm-dd`.
    pub(super) fn expected(&self) -> String {
        let texts: Vec<&str> = self.formats.iter().map(DateFormat::as_str).collect();
        texts.join(" or ")
    }
}
