//! An output folder of an earlier run, read back: what its report says, where its tables lie, and their
//! rows.

pub mod cells;
pub mod code_lists;
pub mod stored_table;
pub mod vanished;

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cell::date::days;
use crate::error::{Error, Result};
use crate::standard::PERSON_ALERT;

/// An output folder of `pac convert`.
#[derive(Debug)]
pub struct Snapshot {
    root: PathBuf,
    /// Day as of which it was made, as days since 1970-01-01.
    pub as_of: i32,
    /// SHA-256 of its list of alert codes.
    pub code_list_hash: String,
    /// The landlords in it, in their order.
    pub landlords: Vec<Landlord>,
    /// Whether each landlord has a folder of its own.
    pub partitioned: bool,
    files: Vec<ReportedFile>,
}

/// A landlord of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Landlord {
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Deserialize)]
struct Report {
    standard: ReportedStandard,
    #[serde(default)]
    ledger: ReportedLedger,
    as_of: String,
    landlords: Vec<Landlord>,
    since: Option<ReportedSince>,
}

#[derive(Default, Deserialize)]
struct ReportedLedger {
    files: Vec<ReportedFile>,
}

/// The counts of one export that tell how much of it did not go through.
#[derive(Debug, Deserialize)]
struct ReportedFile {
    landlord: String,
    #[serde(default = "person_alert")]
    table: String,
    rejected: u64,
    records_unreadable: u64,
}

fn person_alert() -> String {
    PERSON_ALERT.to_owned()
}

/// Landlords that a run since an earlier one has not converted, and carried on as they were.
#[derive(Deserialize)]
struct ReportedSince {
    landlords_missing: Vec<Landlord>,
}

#[derive(Deserialize)]
struct ReportedStandard {
    code_list_sha256: String,
}

impl Snapshot {
    /// Opens an output folder.
    ///
    /// # Errors
    /// The folder is no output of `pac convert`, or cannot be read.
    pub fn open(root: &Path) -> Result<Snapshot> {
        let no_output = |why: &str| Error::Input {
            path: root.display().to_string(),
            why: format!("is no output folder of pac convert: {why}; name one"),
        };
        let text = std::fs::read(root.join("report.json"));
        let text = text.map_err(|_| no_output("it has no report.json"))?;
        let report: Report = serde_json::from_slice(&text)
            .map_err(|_| no_output("its report.json is not that of a conversion"))?;
        let as_of = chrono::NaiveDate::parse_from_str(&report.as_of, "%Y-%m-%d").ok();
        let as_of = as_of.and_then(|date| {
            use chrono::Datelike;
            days(date.year(), date.month(), date.day())
        });
        let flat = root.join(format!("{PERSON_ALERT}.parquet")).is_file();
        let partitioned = root.join(PERSON_ALERT).is_dir();
        if !flat && !partitioned {
            return Err(no_output("it has no person_alert"));
        }
        let mut landlords = report.landlords;
        landlords.retain(|landlord| landlord.error.is_none());
        landlords.extend(
            report
                .since
                .into_iter()
                .flat_map(|since| since.landlords_missing),
        );
        Ok(Snapshot {
            root: root.to_owned(),
            as_of: as_of.ok_or_else(|| no_output("its report names no day"))?,
            code_list_hash: report.standard.code_list_sha256,
            landlords,
            partitioned,
            files: report.ledger.files,
        })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The landlord with that code, in any case.
    pub fn landlord(&self, code: &str) -> Option<&Landlord> {
        let mut landlords = self.landlords.iter();
        landlords.find(|landlord| landlord.code.eq_ignore_ascii_case(code))
    }

    /// How many alerts of a landlord's exports, and records of unknown alerts, did not go through.
    pub fn set_aside(&self, landlord: &str) -> u64 {
        let own = self.files.iter();
        let own = own.filter(|file| file.landlord == landlord && file.table == PERSON_ALERT);
        own.map(|file| file.rejected + file.records_unreadable)
            .sum()
    }

    /// A file of one landlord, such as that of `person_alert` with the ending `parquet`.
    pub fn file(&self, landlord: &str, stem: &str, ending: &str) -> PathBuf {
        self.root.join(match self.partitioned {
            true => format!("{stem}/landlord={landlord}/part-0.{ending}"),
            false => format!("{stem}.{ending}"),
        })
    }
}
