//! What the report says of each landlord.

use std::sync::Arc;

use super::extra_schemas::ExtraFile;
use super::{Options, Planned};
use crate::pipeline::{Job, LandlordOutcome};
use crate::profile::rules_section::RulesFile;
use crate::report::fix_first::LandlordObstacles;
use crate::report::ledger::Counts;
use crate::report::reject_limit::RejectLimit;
use crate::report::{FileReport, LandlordReport, Report};
use crate::standard::PERSON_ALERT;

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
        reject_limit: None,
        contractor_view: None,
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

/// Adds what came of a landlord; returns what stands in the way of its alerts.
pub(super) fn gather(
    report: &mut Report,
    outcome: LandlordOutcome,
    job: &Job,
    place: &str,
) -> LandlordObstacles {
    for file in outcome.files {
        report.ledger.add(file);
    }
    report.inputs.extend(outcome.inputs);
    report.waivers.extend(outcome.waivers);
    report.not_run.extend(outcome.not_run);
    report.findings.merge(&outcome.findings, place);
    report.unmapped_values += outcome.unmapped_values;
    report.gap_values += outcome.gap_values;
    LandlordObstacles {
        landlord: job.profile.code.clone(),
        files: job
            .inputs
            .iter()
            .map(|input| Arc::clone(&input.name))
            .collect(),
        obstacles: outcome.obstacles,
    }
}

/// What was set aside of a landlord's exports, held against what may be.
pub(super) fn reject_limit(
    outcome: &LandlordOutcome,
    job: &Job,
    options: &Options,
) -> Option<RejectLimit> {
    let most = options.max_reject_percent;
    let most = most.or(job.profile.policy.max_reject_percent)?;
    let mut counts = Counts::default();
    let exports = outcome
        .files
        .iter()
        .filter(|file| file.table == PERSON_ALERT && !file.deleted);
    for file in exports {
        counts.add(&file.counts);
    }
    Some(RejectLimit::of(&counts, most))
}
