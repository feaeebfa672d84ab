//! Text, as it is written but for what programs have spoilt on its way.

use std::borrow::Cow;

use super::{CellFault, Reading, mojibake, spreadsheet};

/// Reads the texts of some cells.
#[derive(Debug, Clone, Copy)]
pub struct TextReader {
    /// Whether some of the cells may have been read in the wrong encoding.
    suspected: bool,
    /// Whether such text is read back.
    repairing: bool,
}

impl TextReader {
    /// A reader of cells that are parts of `all`.
    pub fn of(all: &str, repairing: bool) -> TextReader {
        TextReader {
            suspected: mojibake::may_occur(all),
            repairing,
        }
    }

    /// Reads a cell that is not empty.
    pub fn read<'t>(&self, cell: &'t str) -> Reading<Cow<'t, str>> {
        if spreadsheet::is_error(cell) {
            return Reading::Fault(CellFault::SpreadsheetError);
        }
        if !self.suspected || !mojibake::is_spoilt(cell) {
            return Reading::Value(cell.into());
        }
        match mojibake::mended(cell).filter(|_| self.repairing) {
            Some(mended) => Reading::Noted(mended.into(), CellFault::MojibakeRepaired),
            None => Reading::Noted(cell.into(), CellFault::Mojibake),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_spoilt_is_told_and_mended_where_that_is_asked() {
        let cell = "itâ€™s";
        let plain = TextReader::of(cell, false);
        let repairing = TextReader::of(cell, true);
        let kept = Reading::Noted(cell.into(), CellFault::Mojibake);
        assert_eq!(plain.read(cell), kept);
        let mended = Reading::Noted("it’s".into(), CellFault::MojibakeRepaired);
        assert_eq!(repairing.read(cell), mended);
        let lost = "it\u{fffd}s";
        let kept = Reading::Noted(lost.into(), CellFault::Mojibake);
        assert_eq!(TextReader::of(lost, true).read(lost), kept);
    }

    #[test]
    fn text_and_errors() {
        let reader = TextReader::of("a café", true);
        assert_eq!(reader.read("a café"), Reading::Value("a café".into()));
        let error = Reading::Fault(CellFault::SpreadsheetError);
        assert_eq!(reader.read("#REF!"), error);
    }
}
