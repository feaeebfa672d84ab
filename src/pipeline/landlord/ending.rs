//! The end of a landlord's run, whether it has come through or not.

use std::path::Path;

use super::super::code_column::CodeColumn;
use super::{LandlordOutcome, LandlordRun};
use crate::check::context::Context;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::sorted_runs::SortedRuns;
use crate::standard::{PERSON_ALERT, PERSON_ALERT_HISTORY};
use crate::write::contractor_view::ContractorView;

/// Hits of rules over the dataset that are told at a time: some pages of findings.
const HITS: usize = 4 * 8192;

impl LandlordRun<'_> {
    /// Ends the run: rules over the dataset, files, ledger.
    pub(in super::super) fn finish(mut self) -> Result<LandlordOutcome> {
        self.tell_dataset()?;
        let standard = &self.settings.standard;
        self.tell_of_input(&self.waivers.tell(self.job, standard));
        let emitted = |table: &str| -> u64 {
            let files = self.outcome.files.iter();
            let own = files.filter(|file| file.table == table);
            own.map(|file| file.counts.emitted).sum()
        };
        self.alerts.finish(emitted(PERSON_ALERT))?;
        self.history.table.finish(emitted(PERSON_ALERT_HISTORY))?;
        self.outcome.contractor_view = self.view.map(ContractorView::finish).transpose()?;
        if let Some(layout) = &self.job.layout {
            self.unmapped
                .write(&layout.file("unmapped_values", "csv")?)?;
        }
        for file in &self.outcome.files {
            if let Some(why) = file.counts.imbalance() {
                return Err(Error::Ledger(format!("{}: {why}", file.file)));
            }
        }
        self.outcome
            .files
            .retain(|file| !file.deleted || file.counts.records_read > 0);
        self.outcome.findings = self.pages.finish()?;
        self.outcome.unmapped_values = self.unmapped.undecided();
        self.outcome.gap_values = self.unmapped.gaps();
        self.outcome.waivers = self.waivers.report(self.job, self.settings.show_values);
        self.outcome.not_run = self.not_run.tell(self.job);
        Ok(self.outcome)
    }

    /// Tells what the rules over the dataset have found, a few findings at a time.
    fn tell_dataset(&mut self) -> Result<()> {
        let folder = self.job.temporary_folder();
        let codes = std::mem::take(&mut self.codes);
        let inputs = &self.job.inputs;
        let mut told = Vec::new();
        let context = Context {
            standard: &self.settings.standard,
            policy: self.job.profile.policy,
            rules: &self.job.rules,
            as_of: self.settings.as_of,
        };
        SortedRuns::each_of(self.dataset.hits(), |hit| {
            let other = inputs.get(hit.other_input as usize);
            let other = other.map_or("", |input| &*input.name);
            if let Some(code) = codes.get(hit.input as usize) {
                told.extend(code.tell(&hit, other));
            }
            match told.len() < HITS {
                true => Ok(()),
                false => self.tell_gathered(&mut told),
            }
        })?;
        self.tell_gathered(&mut told)?;
        self.tell_history(&codes, &context, &folder)
    }

    /// Tells findings that were gathered, and makes room for further ones.
    fn tell_gathered(&mut self, told: &mut Vec<Finding>) -> Result<()> {
        self.tell_of_input(told);
        told.clear();
        self.pages.work_off()
    }

    /// Runs the rules over the histories, as those over the dataset.
    fn tell_history(
        &mut self,
        codes: &[CodeColumn],
        context: &Context<'_>,
        folder: &Path,
    ) -> Result<()> {
        let mut told = Vec::new();
        self.history.hits(context, folder)?.each(|hit| {
            let row = codes.get(hit.input as usize);
            let row = row.map_or(0, |code| code.rows.row(u64::from(hit.record)));
            let finding = self.history.tell(&hit, context.standard);
            told.extend(finding.map(|finding| Finding { row, ..finding }));
            match told.len() < HITS {
                true => Ok(()),
                false => self.tell_gathered(&mut told),
            }
        })?;
        self.tell_gathered(&mut told)
    }

    /// Ends the run of a landlord whose input cannot be read to its end: nothing of it stays.
    pub(in super::super) fn fail(self, error: Error) -> Result<LandlordOutcome> {
        let layout = self.job.layout.clone();
        drop(self);
        if let Some(layout) = layout {
            layout.remove()?;
        }
        Ok(LandlordOutcome {
            error: Some(error),
            ..LandlordOutcome::default()
        })
    }
}
