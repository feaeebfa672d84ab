//! One core table of a landlord in the making: its file, and the row groups on their way there.

use std::sync::Arc;

use super::row_groups::{RowGroupWork, RowGroups};
use super::supply::Scene;
use crate::candidate::{Candidates, Outcome};
use crate::chunk::Chunk;
use crate::error::{Error, Result};
use crate::standard::{Standard, Table};
use crate::write::alerts::{self, AlertsFile, RowGroup, RowGroupEncoder};
use crate::write::columns::Batch;
use crate::write::layout::Layout;

/// One core table of a landlord; without a file where nothing is to be written.
#[derive(Default)]
pub(super) struct CoreTable {
    file: Option<(AlertsFile, Arc<RowGroupEncoder>)>,
    groups: RowGroups,
}

impl CoreTable {
    /// Begins the file of a table.
    pub(super) fn begin(
        table: &Table,
        standard: &Standard,
        layout: &Layout,
        landlord: &str,
    ) -> Result<CoreTable> {
        let path = layout.file(&table.name, "parquet")?;
        let partitioned = layout.is_partition();
        let (file, encoder) = alerts::begin(&path, standard, table, landlord, partitioned)?;
        Ok(CoreTable {
            file: Some((file, Arc::new(encoder))),
            groups: RowGroups::default(),
        })
    }

    /// Adds the accepted candidates of a chunk.
    pub(super) fn queue(&mut self, scene: &Scene<'_>, chunk: &Chunk, candidates: Candidates) {
        let outcomes = candidates.outcomes.iter();
        let accepted = outcomes.filter(|outcome| **outcome == Outcome::Accepted);
        let accepted = accepted.count();
        if self.file.is_none() || accepted == 0 {
            return;
        }
        let batch = Batch {
            source_records: candidates
                .record_rows
                .iter()
                .map(|row| chunk.records[*row as usize].number)
                .collect(),
            candidates,
            input: scene.input,
            source_file: Arc::clone(&scene.name),
        };
        self.groups.push(batch, accepted);
    }

    /// No more candidates will come.
    pub(super) fn end(&mut self) {
        self.groups.end();
    }

    /// Whether everything has been encoded and appended.
    pub(super) fn is_done(&self) -> bool {
        self.groups.are_done()
    }

    /// The next row group to be encoded, if there are rows enough, or no more to come.
    pub(super) fn take_row_group(&mut self) -> Option<RowGroupWork> {
        let (_, encoder) = self.file.as_ref()?;
        self.groups.take(encoder)
    }

    /// Takes an encoded row group, and appends all whose turn has come; `count` is told how many rows of
    /// which input were written.
    pub(super) fn append(
        &mut self,
        index: usize,
        group: RowGroup,
        mut count: impl FnMut(usize, u64),
    ) -> Result<()> {
        for group in self.groups.encoded(index, group) {
            for (input, rows) in &group.rows {
                count(*input, *rows);
            }
            if let Some((file, _)) = &mut self.file {
                file.append(group)?;
            }
        }
        Ok(())
    }

    /// Ends the file, which must hold as many rows as were counted.
    pub(super) fn finish(self, emitted: u64) -> Result<()> {
        let Some((file, _)) = self.file else {
            return Ok(());
        };
        match file.finish()? {
            rows if rows == emitted => Ok(()),
            rows => Err(Error::Ledger(format!(
                "{emitted} rows emitted, {rows} in the file"
            ))),
        }
    }
}
