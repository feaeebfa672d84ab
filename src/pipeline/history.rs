//! The history of one landlord's alerts in the making: the gate of changes, their table, and what the rules
//! over histories need.

use std::path::Path;

use super::core_table::CoreTable;
use super::supply::Scene;
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::history::{self, HistoryEvent, HistoryHit, LogColumn, history_hits, tell_hit};
use crate::chunk::Chunk;
use crate::error::Result;
use crate::finding::Finding;
use crate::gate::{Gate, GateFault};
use crate::sorted_runs::SortedRuns;
use crate::standard::Standard;

/// The history of one landlord's alerts.
pub(super) struct HistoryRun {
    pub table: CoreTable,
    gate: Gate,
    /// Whether a log is among the inputs; without one nothing needs to be known of alerts.
    has_log: bool,
    events: SortedRuns<HistoryEvent>,
    /// The columns of the table's fields, by input.
    columns: Vec<Vec<LogColumn>>,
}

impl HistoryRun {
    pub(super) fn new(table: CoreTable, gate: Gate, has_log: bool, folder: &Path) -> HistoryRun {
        HistoryRun {
            table,
            gate: gate.of_changes(),
            has_log,
            events: SortedRuns::new(folder),
            columns: Vec::new(),
        }
    }

    /// A log begins, or any other input, of which no columns are needed.
    pub(super) fn begin_input(&mut self, scene: &Scene<'_>) {
        let fields = 0..scene.profile.fields.len();
        let columns = fields.map(|at| LogColumn {
            title: scene.binding.title(0, at).to_owned(),
            sheet_column: scene.in_sheet(scene.binding.column(0, at)),
        });
        self.columns.push(match scene.is_log() {
            true => columns.collect(),
            false => Vec::new(),
        });
    }

    /// Passes the changes of a chunk, whose alerts have passed `alerts`.
    pub(super) fn pass(
        &mut self,
        alerts: &Gate,
        changes: &mut Candidates,
    ) -> Result<Vec<(u32, GateFault)>> {
        self.gate.pass_changes(alerts, changes)
    }

    /// Takes the changes of a chunk.
    pub(super) fn take(
        &mut self,
        scene: &Scene<'_>,
        chunk: &Chunk,
        changes: Candidates,
        standard: &Standard,
    ) -> Result<()> {
        let events = history::events(chunk, &changes, scene.input, standard);
        self.events.extend(events)?;
        self.table.queue(scene, chunk, changes);
        Ok(())
    }

    /// Notes which alerts hold.
    pub(super) fn note_alerts(&mut self, alerts: &Candidates) -> Result<()> {
        match self.has_log {
            true => self.events.extend(history::holding(alerts)),
            false => Ok(()),
        }
    }

    /// Runs the rules over the histories; what they speak about comes in the order of the input.
    pub(super) fn hits(
        &mut self,
        context: &Context<'_>,
        folder: &Path,
    ) -> Result<SortedRuns<HistoryHit>> {
        let events = std::mem::replace(&mut self.events, SortedRuns::new(folder));
        history_hits(events, context, folder)
    }

    /// What a rule speaks about, as a finding.
    pub(super) fn tell(&self, hit: &HistoryHit, standard: &Standard) -> Option<Finding> {
        let columns = self.columns.get(hit.input as usize);
        tell_hit(hit, standard, columns.map_or(&[], Vec::as_slice))
    }
}
