//! The row groups of one landlord, from the batches that wait for one to be full to the encoded ones that
//! wait for their turn.

use std::sync::Arc;

use super::in_turn::InTurn;
use crate::write::ROW_GROUP;
use crate::write::alerts::{RowGroup, RowGroupEncoder};
use crate::write::columns::Batch;

/// Bytes of text after which a row group is full, however few its rows: long notes would fill the memory.
const MOST_TEXT: usize = 6 << 20;

/// A row group's worth of batches for a worker to encode.
pub(super) struct RowGroupWork {
    pub encoder: Arc<RowGroupEncoder>,
    pub batches: Vec<Batch>,
    pub index: usize,
}

/// The row groups of one landlord.
#[derive(Default)]
pub(super) struct RowGroups {
    pending: Vec<Batch>,
    pending_rows: usize,
    pending_text: usize,
    full: InTurn<Vec<Batch>, RowGroup>,
    /// Whether no more batches will come.
    ended: bool,
}

impl RowGroups {
    /// Adds a batch of which so many rows are to be written.
    pub(super) fn push(&mut self, batch: Batch, rows: usize) {
        self.pending_rows += rows;
        self.pending_text += batch.candidates.text_bytes();
        self.pending.push(batch);
    }

    /// No more batches will come.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// The next row group to be encoded, if there are rows enough, or no more to come.
    pub(super) fn take(&mut self, encoder: &Arc<RowGroupEncoder>) -> Option<RowGroupWork> {
        let is_full = self.pending_rows >= ROW_GROUP || self.pending_text >= MOST_TEXT;
        if !is_full && !self.ended || self.pending.is_empty() {
            return None;
        }
        self.pending_rows = 0;
        self.pending_text = 0;
        self.full.push(std::mem::take(&mut self.pending));
        let (index, batches) = self.full.take()?;
        Some(RowGroupWork {
            encoder: Arc::clone(encoder),
            batches,
            index,
        })
    }

    /// Takes an encoded row group; returns all whose turn has come.
    pub(super) fn encoded(&mut self, index: usize, group: RowGroup) -> Vec<RowGroup> {
        self.full.put(index, group)
    }

    /// Whether everything has been taken, encoded and handed back.
    pub(super) fn are_done(&self) -> bool {
        self.ended && self.pending.is_empty() && self.full.is_done()
    }
}
