//! The active alerts of one landlord on their way through the rules over the dataset: in parts by person, which
//! workers judge apart from each other while the last row groups are encoded.

use std::path::PathBuf;

use super::Settings;
use super::supply::Job;
use crate::candidate::Candidates;
use crate::check::context::Context;
use crate::check::dataset::{ActiveAlert, Hit, active_alerts, dataset_hits, is_judged};
use crate::chunk::Chunk;
use crate::error::Result;
use crate::sorted_runs::SortedRuns;

/// The active alerts of some persons, to be judged by a worker.
pub(super) struct JudgeWork<'r> {
    job: &'r Job,
    settings: &'r Settings,
    alerts: SortedRuns<ActiveAlert>,
    folder: PathBuf,
}

impl JudgeWork<'_> {
    /// Does the work.
    pub(super) fn done(self) -> Result<SortedRuns<Hit>> {
        let context = Context {
            standard: &self.settings.standard,
            policy: self.job.profile.policy,
            rules: &self.job.rules,
            as_of: self.settings.as_of,
        };
        let births = self.job.references.births.as_ref();
        dataset_hits(self.alerts, births, &context, &self.folder)
    }
}

/// What the rules over the dataset need of one landlord, and what they find.
pub(super) struct DatasetRun<'r> {
    job: &'r Job,
    settings: &'r Settings,
    /// Active alerts by person; no parts where no such rule is on.
    parts: Vec<SortedRuns<ActiveAlert>>,
    /// What the rules have found in the parts that have been judged.
    hits: Vec<SortedRuns<Hit>>,
    being_judged: usize,
    ended: bool,
}

impl<'r> DatasetRun<'r> {
    /// No alerts as yet.
    pub(super) fn new(job: &'r Job, settings: &'r Settings) -> DatasetRun<'r> {
        let folder = job.temporary_folder();
        let parts = match is_judged(&job.rules) {
            true => settings.threads,
            false => 0,
        };
        DatasetRun {
            job,
            settings,
            parts: (0..parts)
                .map(|_| SortedRuns::part(&folder, parts))
                .collect(),
            hits: Vec::new(),
            being_judged: 0,
            ended: false,
        }
    }

    /// Takes note of the active alerts among the candidates of a chunk, which have passed the gate.
    pub(super) fn note(&mut self, chunk: &Chunk, batch: &Candidates, input: usize) -> Result<()> {
        if self.parts.is_empty() {
            return Ok(());
        }
        for alert in active_alerts(chunk, batch, input) {
            let part = part_of(alert.person_id, self.parts.len());
            self.parts[part].add(alert)?;
        }
        Ok(())
    }

    /// No more alerts will come.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// The next part to be judged, where no more alerts will come.
    pub(super) fn take(&mut self) -> Option<JudgeWork<'r>> {
        let alerts = self.parts.pop_if(|_| self.ended)?;
        self.being_judged += 1;
        Some(JudgeWork {
            job: self.job,
            settings: self.settings,
            alerts,
            folder: self.job.temporary_folder(),
        })
    }

    /// Takes what the rules have found in a part.
    pub(super) fn put(&mut self, hits: SortedRuns<Hit>) {
        self.being_judged -= 1;
        self.hits.push(hits);
    }

    /// Whether all parts have been judged.
    pub(super) fn is_done(&self) -> bool {
        self.ended && self.parts.is_empty() && self.being_judged == 0
    }

    /// What the rules have found in all parts, to be told in the order of the input.
    pub(super) fn hits(&mut self) -> Vec<SortedRuns<Hit>> {
        std::mem::take(&mut self.hits)
    }
}

/// The part that a person belongs to. Keys may come at any distance from each other, so they are spread.
fn part_of(person: i64, parts: usize) -> usize {
    let spread = (person as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    ((spread * parts as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_spread_over_all_parts() {
        for (parts, distance) in [(1, 1), (2, 1), (2, 2), (3, 1 << 20), (7, 10)] {
            let mut sizes = vec![0; parts];
            for person in 0..7_000 {
                sizes[part_of(person * distance - 900, parts)] += 1;
            }
            let even = 7_000 / parts;
            let fair = even * 9 / 10..=even * 11 / 10;
            assert!(sizes.iter().all(|size| fair.contains(size)), "{sizes:?}");
        }
    }
}
