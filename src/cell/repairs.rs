//! Which damage by spreadsheets a profile asks to be repaired.

/// Which damage by spreadsheets a profile asks to be repaired; each repair is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repairs {
    /// Text that was read in the wrong encoding is read back.
    pub mojibake: bool,
    /// Dates become the codes that they were.
    pub code_dates: bool,
    /// Keys get their leading zeros back.
    pub leading_zeros: bool,
}
