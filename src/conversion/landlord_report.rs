//! What the report says of each landlord before anything is converted.

use super::Planned;
use super::extra_schemas::ExtraFile;
use crate::profile::rules_section::RulesFile;
use crate::report::{FileReport, LandlordReport};

/// The landlord's names, and the files that it is converted with.
pub(super) fn landlord_report(landlord: &Planned) -> LandlordReport {
    let name = landlord.profile_path.file_name().unwrap_or_default();
    let mut report = LandlordReport {
        code: String::new(),
        name: String::new(),
        profile: name.to_string_lossy().into_owned(),
        profile_sha256: String::new(),
        rules: Vec::new(),
        schemas: landlord.extra.iter().map(ExtraFile::report).collect(),
        error: None,
    };
    match &landlord.job {
        Ok(job) => {
            report.code = job.profile.code.clone();
            report.name = job.profile.name.clone();
            report.profile_sha256 = job.profile.hash.clone();
            let files = job.profile.rules.files.iter();
            report.rules = files.map(rules_report).collect();
        }
        Err(error) => report.error = Some(error.to_string()),
    }
    report
}

fn rules_report(file: &RulesFile) -> FileReport {
    let name = file.path.file_name().unwrap_or_default();
    FileReport {
        file: name.to_string_lossy().into_owned(),
        sha256: file.hash.clone(),
    }
}
