//! What an invented record says, before it is written in the shape of an export.

use super::fault::Fault;

/// Most labels that a record has.
pub const MOST_LABELS: usize = 3;

/// One record: an alert, or a person with several.
#[derive(Debug, Clone, Default)]
pub struct Alert {
    /// Number of the record, counted from 1.
    pub record: u64,
    /// The landlord's key of it.
    pub reference: u64,
    /// The landlord's key of the person.
    pub person: u64,
    /// Its labels, as places in the list of them.
    pub labels: Vec<usize>,
    /// Places of two phrases, and how they are joined.
    pub notes: [u32; 3],
    /// Place of the source; 0 for none.
    pub source: u32,
    /// Place of the source's details; 0 for none.
    pub detail: u32,
    /// The users who raised and who last changed it; 0 for none.
    pub users: [u32; 2],
    /// Places of the words for whether the person was told, for the trend and for the length.
    pub words: [u32; 3],
    /// First day, counted from 1970-01-01.
    pub start: i32,
    /// Last day.
    pub end: Option<i32>,
    /// When to look again.
    pub review: Option<i32>,
    /// Whether it holds.
    pub live: bool,
    /// Day and minute of the last change.
    pub changed: (i32, u32),
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// Which of the ways to be wrong.
    pub variant: u32,
}
