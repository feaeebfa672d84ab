//! Records of a table that are none of its rows.

use super::Table;
use super::footer::stated_rows;
use crate::chunk::PassedOver;

/// What stands in front of the first record of a file, and in the middle of files put together.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether a record holds nothing but NUL bytes and Ctrl-Z.
pub(in crate::read) fn is_padding(record: &[u8]) -> bool {
    !record.is_empty() && record.iter().all(|byte| matches!(byte, 0 | 0x1a))
}

impl Table {
    /// Why a record is passed over, where it is, as far as the record alone can tell.
    pub(super) fn passes_over(&self, record: &str) -> Option<PassedOver> {
        let bare = match record.as_bytes().first() {
            // the first byte of the mark, so that nearly all records are told by one
            Some(0xef) => record.strip_prefix(BYTE_ORDER_MARK).unwrap_or(record),
            _ => record,
        };
        if bare == self.header && !bare.is_empty() {
            return Some(PassedOver::RepeatedHeader);
        }
        if is_padding(bare.as_bytes()) {
            return Some(PassedOver::Padding);
        }
        let begins = |footer: &String| bare.trim_start().starts_with(footer.as_str());
        let is_footer = self.footers.iter().any(begins);
        is_footer.then(|| PassedOver::Footer {
            rows: stated_rows(bare),
        })
    }
}
