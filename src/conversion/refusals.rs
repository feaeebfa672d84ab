//! What a conversion does not begin with, because it would destroy or mix up what is there.

use std::path::{Path, PathBuf};

use super::{Planned, Subject};
use crate::error::{Error, Result};
use crate::pipeline::{Input, InputKind};
use crate::profile::Profile;
use crate::profile::rules_section::RuleChoices;
use crate::read::InputPlace;

/// Refuses an output folder that holds something the run reads, which replacing it would destroy.
pub(super) fn refuse_replacing_sources(
    folder: &Path,
    subject: &Subject,
    planned: &[Planned],
    rules: &RuleChoices,
) -> Result<()> {
    let Ok(folder) = folder.canonicalize() else {
        return Ok(());
    };
    let jobs = planned
        .iter()
        .filter_map(|landlord| landlord.job.as_ref().ok());
    let read = jobs.flat_map(|job| {
        let inputs = job.inputs.iter().filter_map(|input| match &input.place {
            InputPlace::Path(path) => Some(path.as_path()),
            InputPlace::Stdin => None,
        });
        let profile = [job.profile.path.as_path()];
        let crosswalks = job.profile.crosswalk_files.iter().map(PathBuf::as_path);
        let rules = job.profile.rules.files.iter();
        let rules = rules.map(|file| file.path.as_path());
        profile
            .into_iter()
            .chain(crosswalks)
            .chain(rules)
            .chain(inputs)
    });
    let extra = planned.iter().flat_map(|landlord| &landlord.extra);
    let extra = extra.map(|file| file.path.as_path());
    let references = planned
        .iter()
        .flat_map(|landlord| landlord.reference_paths.iter());
    let batch = match subject {
        Subject::Batch(path) => Some(path.as_path()),
        Subject::Landlord { .. } => None,
    };
    let inside = |path: &&Path| {
        path.canonicalize()
            .is_ok_and(|path| path.starts_with(&folder))
    };
    let shared = rules.files.iter().map(|file| file.path.as_path());
    let mut read = read
        .chain(references)
        .chain(batch)
        .chain(shared)
        .chain(extra);
    match read.find(inside) {
        None => Ok(()),
        Some(path) => Err(Error::Usage(format!(
            "{} lies inside the output folder, which is replaced whole; choose another --out",
            path.display()
        ))),
    }
}

/// Refuses to replace the output that the run goes on from, of which something may be wanted again.
pub(super) fn refuse_replacing_previous(folder: &Path, previous: Option<&PathBuf>) -> Result<()> {
    let real = |path: &Path| path.canonicalize().ok();
    match previous.filter(|previous| real(folder).is_some() && real(folder) == real(previous)) {
        None => Ok(()),
        Some(previous) => Err(Error::Usage(format!(
            "{} is what --since goes on from, and would be replaced; choose another --out",
            previous.display()
        ))),
    }
}

/// Refuses a log of changes beside an earlier output: each change would be told twice.
pub(super) fn refuse_two_histories(inputs: &[Input], since: bool) -> Result<()> {
    match inputs
        .iter()
        .find(|input| input.kind == InputKind::Log && since)
    {
        None => Ok(()),
        Some(log) => Err(Error::Usage(format!(
            "{} is a log of changes, and --since derives them; give one of the two",
            log.name
        ))),
    }
}

/// Refuses a log of changes of which the profile says nothing.
pub(super) fn refuse_unmapped_logs(profile: &Profile, inputs: &[Input]) -> Result<()> {
    let log = inputs.iter().find(|input| input.kind == InputKind::Log);
    match log.filter(|_| profile.history.is_none()) {
        None => Ok(()),
        Some(log) => Err(Error::Usage(format!(
            "{} is a log of changes, and {} does not say how it is written; add [history]",
            log.name,
            profile.path.display()
        ))),
    }
}

/// Refuses landlords whose keys or folders would be mixed up.
pub(super) fn refuse_shared_codes(planned: &[Planned]) -> Result<()> {
    let mut seen: Vec<(&str, u64)> = Vec::new();
    for job in planned
        .iter()
        .filter_map(|landlord| landlord.job.as_ref().ok())
    {
        let (code, namespace) = (job.profile.code.as_str(), job.keys.namespace());
        for (other, taken) in &seen {
            if other.eq_ignore_ascii_case(code) {
                return Err(Error::Usage(format!(
                    "two landlords of the batch have the code {code}; give each its own"
                )));
            }
            if *taken == namespace {
                let text = format!(
                    "the landlord codes {other} and {code} lead to the same keys; change one of them"
                );
                return Err(Error::Usage(text));
            }
        }
        seen.push((code, namespace));
    }
    Ok(())
}
