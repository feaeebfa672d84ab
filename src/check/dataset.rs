//! What rules over the whole dataset need of each alert, in 24 bytes.

/// An accepted active alert and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActiveAlert {
    /// Key of the person.
    pub person_id: i64,
    /// Key of the code.
    pub code_id: i32,
    /// Index of the input.
    pub input: u32,
    /// Number of the record in the input.
    pub record: u32,
    /// Physical line of the record.
    pub line: u32,
}
