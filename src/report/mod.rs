//! What a run has to say for itself: the ledger, the counts of findings, and what was read with what.
//! One structure feeds `report.json` and the terminal, so the two cannot disagree.

pub mod account;
pub mod audience;
pub mod change_counts;
pub mod changes;
pub mod combined;
pub mod datapackage;
pub mod finding_counts;
pub mod fix_first;
pub mod inputs;
pub mod labels;
pub mod ledger;
pub mod named_counts;
pub mod not_run;
pub mod numerals;
pub mod page;
pub mod portrait;
pub mod references;
pub mod reject_limit;
pub mod shown;
pub mod suppression;
pub mod text;
pub mod verdict;
pub mod waivers;
pub mod workbook;

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::standard::Standard;
use crate::write::contractor_view::ViewCounts;
use crate::write::folder;
use changes::ChangesReport;
pub use finding_counts::FindingCounts;
use fix_first::FixFirst;
pub use inputs::{DateOrderReport, FlagReport, FreeTextReport, InputReport};
use labels::LabelMappedDifferently;
use ledger::Ledger;
use not_run::NotRun;
use portrait::{CodeInWords, Portrait};
use references::ReferenceReport;
use reject_limit::RejectLimit;
use verdict::Verdict;
use waivers::WaiverReport;

/// The report of a run, as it stands in `report.json`. It depends on the inputs, the profiles and the
/// day of the run alone: neither the clock nor the machine nor the number of threads is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// The program.
    pub tool: Tool,
    /// The standard that was mapped onto.
    pub standard: StandardUsed,
    /// The day as of which alerts were judged.
    pub as_of: String,
    /// The day of the earliest run, where several of different days are told of as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest_as_of: Option<String>,
    /// Whether the result can be used.
    pub verdict: Verdict,
    /// The landlords, in the order given.
    pub landlords: Vec<LandlordReport>,
    /// The inputs of all landlords that were converted.
    pub inputs: Vec<InputReport>,
    /// The reference files that keys were resolved by or checked against.
    pub references: Vec<ReferenceReport>,
    /// The checks that were not run.
    pub not_run: Vec<NotRun>,
    /// The findings that somebody answers for, waiver by waiver.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverReport>,
    /// What has changed since an earlier output, where the run was told of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<ChangesReport>,
    /// The proof that nothing was lost.
    pub ledger: Ledger,
    /// The findings, counted.
    pub findings: FindingCounts,
    /// Distinct values that somebody must decide on.
    pub unmapped_values: usize,
    /// Distinct values that are decided: the standard has no code for them.
    pub gap_values: usize,
    /// What to mend first.
    pub fix_first: FixFirst,
    /// What the alerts look like, landlord by landlord; nothing where none were written.
    pub portraits: Vec<Portrait>,
    /// The codes that these alerts have, in words.
    pub codes: Vec<CodeInWords>,
    /// Labels that landlords map to different codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels_mapped_differently: Vec<LabelMappedDifferently>,
}

/// The program that wrote a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
}

impl Tool {
    /// This program.
    pub fn own() -> Tool {
        Tool {
            name: "pac".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

/// The standard that a run mapped onto.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StandardUsed {
    /// What it is called.
    pub name: String,
    /// Edition of the tables.
    pub edition: String,
    /// Release of the code lists.
    pub release: String,
    /// SHA-256 over schemas and code lists.
    pub sha256: String,
    /// SHA-256 of the list of alert codes by itself.
    pub code_list_sha256: String,
}

/// One landlord of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LandlordReport {
    /// Code of the landlord; empty where its profile could not be read.
    pub code: String,
    /// Name of the landlord.
    pub name: String,
    /// File name of the profile.
    pub profile: String,
    /// SHA-256 of the profile.
    pub profile_sha256: String,
    /// The files of rules that were read beside the profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<FileReport>,
    /// The JSON Schemas of the user's own that the alerts were held against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemas: Vec<FileReport>,
    /// How much of its exports may be set aside, where the user says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reject_limit: Option<RejectLimit>,
    /// How much of its active alerts the contractor's view shows, where the profile asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contractor_view: Option<ViewCounts>,
    /// Why the landlord was not converted, where it was not.
    pub error: Option<String>,
}

/// A file that was read beside a profile.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileReport {
    /// Its file name.
    pub file: String,
    /// SHA-256 of its text.
    pub sha256: String,
}

impl Report {
    /// A report that says nothing yet of landlords and inputs.
    pub fn new(standard: &Standard, as_of: &str) -> Report {
        let standard = StandardUsed {
            name: standard.name.clone(),
            edition: standard.edition.clone(),
            release: standard.release.clone(),
            sha256: standard.hash.clone(),
            code_list_sha256: standard.code_list_hash.clone(),
        };
        Report::blank(Tool::own(), standard, as_of.to_owned())
    }

    /// The same, made by that program with that standard.
    fn blank(tool: Tool, standard: StandardUsed, as_of: String) -> Report {
        Report {
            tool,
            standard,
            as_of,
            earliest_as_of: None,
            verdict: Verdict::default(),
            landlords: Vec::new(),
            inputs: Vec::new(),
            references: Vec::new(),
            not_run: Vec::new(),
            waivers: Vec::new(),
            since: None,
            ledger: Ledger::default(),
            findings: FindingCounts::default(),
            unmapped_values: 0,
            gap_values: 0,
            fix_first: FixFirst::default(),
            portraits: Vec::new(),
            codes: Vec::new(),
            labels_mapped_differently: Vec::new(),
        }
    }

    /// How many landlords were not converted.
    pub fn failed(&self) -> u64 {
        let failed = self.landlords.iter().filter(|own| own.error.is_some());
        failed.count() as u64
    }

    /// The day of the run, or the first and the last one where they are several.
    pub fn days(&self) -> String {
        match &self.earliest_as_of {
            Some(earliest) => format!("{earliest} to {}", self.as_of),
            None => self.as_of.clone(),
        }
    }

    /// Writes `report.json`.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        write_json(path, self)
    }
}

/// Writes a value as indented JSON.
pub(crate) fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    use std::io::Write;
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| crate::error::Error::Internal(error.to_string()))?;
    let mut file = folder::create_file(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.write_all(b"\n"));
    written.map_err(|error| crate::error::Error::output(path, &error))
}
