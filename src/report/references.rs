//! What a report says of reference files: those that keys were resolved by or checked against, and the
//! checks that were not run for want of one.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::not_run::NotRun;

/// A reference file that was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReferenceReport {
    /// Code of the landlord.
    pub landlord: String,
    /// What it lists: `persons` or `organisations`.
    pub list: Cow<'static, str>,
    /// Its file name.
    pub file: String,
    /// SHA-256 of its bytes, as stored.
    pub sha256: String,
    /// What was done with the keys of alerts: `resolved` or `checked`.
    pub keys_are: Cow<'static, str>,
    /// Its rows, without the header.
    pub rows: u64,
    /// Rows that cannot be read, or hold no key, or no number where keys are resolved.
    pub rows_unusable: u64,
    /// Different keys.
    pub keys: u64,
    /// Keys that stand for two numbers.
    pub keys_contradictory: u64,
    /// What it says of dates of birth, where it was asked for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates_of_birth: Option<BirthDatesReport>,
}

/// What a file of persons says of dates of birth.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BirthDatesReport {
    /// Persons of whom one is known.
    pub persons: u64,
    /// Persons with two, of whom none is taken.
    pub persons_contradictory: u64,
    /// Rows with a cell that is no such date: unreadable, a placeholder, or later than the day of the run.
    pub rows_unusable: u64,
}

/// What there is to say of the reference files of a landlord.
#[derive(Debug, Default)]
pub struct ReferencesReport {
    /// The files that were read.
    pub references: Vec<ReferenceReport>,
    /// The checks that were not run.
    pub not_run: Vec<NotRun>,
}
