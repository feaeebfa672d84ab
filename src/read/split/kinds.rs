//! Records of other kinds than the profile asks for.

use std::collections::HashSet;
use std::sync::Arc;

use crate::cell::fold;

/// Which records are wanted, by one of their cells.
#[derive(Debug, Clone)]
pub(super) struct Kinds {
    /// The cell's column.
    pub(super) column: usize,
    /// What stands in the cell of a wanted record, folded.
    pub(super) values: Arc<HashSet<String>>,
}

impl Kinds {
    /// Whether a record with that cell is wanted. One that does not say its kind is, because nobody
    /// has said that it may be passed over.
    pub(super) fn want(&self, cell: &str) -> bool {
        let cell = fold(cell);
        cell.is_empty() || self.values.contains(cell.as_ref())
    }
}
