//! The ledger: every record and every alert candidate ends in exactly one place.
//!
//! Its counts come from different stages, so that a loss in any of them shows: records from the
//! cutter, readable and unreadable ones from the splitter, candidates from the mapping, emitted
//! alerts from the Parquet file's footer, rejected records from the rejects files.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::standard::{PERSON_ALERT, PERSON_ALERT_HISTORY};

/// Counts of one input, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records that the cutter found.
    pub records_read: u64,
    /// Records from which at least one candidate came.
    pub records_with_alerts: u64,
    /// Records that say nothing.
    pub records_without_alerts: u64,
    /// Records that cannot be read.
    pub records_unreadable: u64,
    /// Records that are passed over: of a kind that the profile does not ask for, repeated headers,
    /// footers.
    pub records_skipped: u64,
    /// Alert candidates.
    pub candidates: u64,
    /// Candidates that became alerts of the output.
    pub emitted: u64,
    /// Candidates that equal an earlier one.
    pub merged: u64,
    /// Candidates that were rejected.
    pub rejected: u64,
    /// Of the rejected, those that a person must decide.
    pub review: u64,
    /// Of the rejected, those that the standard has no code for.
    pub gap: u64,
    /// Candidates that a rule of the profile says are no alerts.
    pub skipped: u64,
}

impl Counts {
    /// Adds the counts of another input.
    pub fn add(&mut self, other: &Counts) {
        self.records_read += other.records_read;
        self.records_with_alerts += other.records_with_alerts;
        self.records_without_alerts += other.records_without_alerts;
        self.records_unreadable += other.records_unreadable;
        self.records_skipped += other.records_skipped;
        self.candidates += other.candidates;
        self.emitted += other.emitted;
        self.merged += other.merged;
        self.rejected += other.rejected;
        self.review += other.review;
        self.gap += other.gap;
        self.skipped += other.skipped;
    }

    /// Everything that states an alert, or may: candidates and unreadable records.
    pub fn stated(&self) -> u64 {
        self.candidates + self.records_unreadable
    }

    /// What of that was set aside.
    pub fn set_aside(&self) -> u64 {
        self.rejected + self.records_unreadable
    }

    /// What does not add up, where something does not.
    pub fn imbalance(&self) -> Option<String> {
        let records = self.records_with_alerts
            + self.records_without_alerts
            + self.records_unreadable
            + self.records_skipped;
        if self.records_read != records {
            return Some(format!(
                "{} records read, {records} accounted for",
                self.records_read
            ));
        }
        let ends = self.emitted + self.merged + self.rejected + self.skipped;
        if self.candidates != ends {
            return Some(format!(
                "{} candidates, {ends} accounted for",
                self.candidates
            ));
        }
        None
    }
}

/// The counts of one input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileCounts {
    /// Code of the landlord.
    pub landlord: String,
    /// Name of the input.
    pub file: String,
    /// The table that its records become; left out where that is `person_alert`.
    #[serde(default = "of_alerts", skip_serializing_if = "is_of_alerts")]
    pub table: Cow<'static, str>,
    /// Whether these are not its records, but the alerts that it has deleted; left out where not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The ledger of a run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// All inputs of alerts together.
    pub total: Counts,
    /// All logs of changes together, where there are any: the candidates are changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Counts>,
    /// The alerts that logs have deleted, where there are any: each is counted as a record, without an alert
    /// where its last state is not known, and as skipped where an export has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Counts>,
    /// Input by input.
    pub files: Vec<FileCounts>,
}

impl Ledger {
    /// Alerts and unreadable records that were set aside, of exports and of alerts that logs have deleted.
    pub fn alerts_set_aside(&self) -> u64 {
        self.total.set_aside() + self.deleted.unwrap_or_default().set_aside()
    }

    /// Adds the counts of an input.
    pub fn add(&mut self, file: FileCounts) {
        let sum = match (file.deleted, &*file.table) {
            (true, _) => self.deleted.get_or_insert_default(),
            (false, PERSON_ALERT_HISTORY) => self.history.get_or_insert_default(),
            (false, _) => &mut self.total,
        };
        sum.add(&file.counts);
        self.files.push(file);
    }
}

fn of_alerts() -> Cow<'static, str> {
    PERSON_ALERT.into()
}

fn is_of_alerts(table: &str) -> bool {
    table == PERSON_ALERT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balanced() -> Counts {
        Counts {
            records_read: 13,
            records_with_alerts: 7,
            records_without_alerts: 1,
            records_unreadable: 2,
            records_skipped: 3,
            candidates: 7,
            emitted: 3,
            merged: 1,
            rejected: 2,
            skipped: 1,
            ..Counts::default()
        }
    }

    #[test]
    fn every_loss_shows() {
        assert_eq!(balanced().imbalance(), None);
        let lost: [fn(&mut Counts); 5] = [
            |counts| counts.records_read += 1,
            |counts| counts.records_skipped += 1,
            |counts| counts.records_unreadable -= 1,
            |counts| counts.emitted -= 1,
            |counts| counts.candidates += 1,
        ];
        for lose in lost {
            let mut counts = balanced();
            lose(&mut counts);
            assert!(counts.imbalance().is_some());
        }
    }
}
