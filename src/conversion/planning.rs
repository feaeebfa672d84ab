//! What is to be done for each landlord of a run, found before anything is written.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use super::extra_schemas::{self, ExtraFile};
use super::refusals::{refuse_two_histories, refuse_unmapped_logs};
use super::{Options, ReferencePaths, batch, inputs, references};
use crate::cell::key::KeySpace;
use crate::check::settings::RuleSettings;
use crate::check::waivers::Waivers;
use crate::error::{Error, Result};
use crate::pipeline::{self, Input, Job};
use crate::profile::rules_section::{self, RuleChoices, SettableRule};
use crate::profile::{self, Profile};
use crate::report::references::ReferencesReport;
use crate::standard::Standard;

/// A landlord of the run: what is to be done, or why it cannot be.
pub(super) struct Planned {
    pub profile_path: PathBuf,
    pub reference_paths: ReferencePaths,
    pub references: ReferencesReport,
    pub extra: Vec<ExtraFile>,
    pub job: Result<Job>,
}

/// What files of rules say; a later one prevails.
pub(super) fn rules_of(
    files: &[PathBuf],
    settable: &[SettableRule],
    standard: &Standard,
) -> Result<RuleChoices> {
    let mut rules = RuleChoices::default();
    for file in files {
        rules = rules.with(rules_section::read_file(file, settable, standard)?);
    }
    Ok(rules)
}

pub(super) fn plan(
    entry: batch::Entry,
    is_batch: bool,
    options: &Options,
    settable: &[SettableRule],
    shared: &RuleChoices,
    extra: &[ExtraFile],
) -> Planned {
    let mut extra = extra.to_vec();
    let job = || -> Result<(Job, ReferencesReport)> {
        let (standard, allowances) = (&options.standard, options.allowances);
        let mut profile = profile::load(&entry.profile, standard, allowances, settable)?;
        profile.rules = shared.clone().with(std::mem::take(&mut profile.rules));
        extra.extend(extra_schemas::read(&profile.schema_files, standard)?);
        let inputs = inputs::name(entry.inputs?, entry.logs?)?;
        refuse_unmapped_logs(&profile, &inputs)?;
        refuse_two_histories(&inputs, options.since.is_some())?;
        inspect(&profile, &inputs, options.threads)?;
        let inputs = pipeline::with_deleted(&profile, inputs);
        let keys = match is_batch {
            true => KeySpace::shared(&profile.code),
            false => KeySpace::single(&profile.code),
        };
        let names: Vec<&str> = inputs.iter().map(|input| &*input.name).collect();
        let shared = if is_batch { shared.waivers.len() } else { 0 };
        let mut rules = RuleSettings::of(&profile.rules);
        rules.waivers = Waivers::of(&profile.rules.waivers, shared, &names, options.as_of);
        let consulted = references::load(&entry.references, &profile, keys, options.as_of)?;
        let references = consulted.references;
        Ok((
            Job {
                rules,
                extra: extra.iter().map(|file| Arc::clone(&file.schema)).collect(),
                profile,
                inputs,
                keys,
                references,
                layout: None,
            },
            consulted.report,
        ))
    };
    let (job, references) = match job() {
        Ok((job, references)) => (Ok(job), references),
        Err(error) => (Err(error), ReferencesReport::default()),
    };
    Planned {
        job,
        references,
        extra,
        reference_paths: entry.references.clone(),
        profile_path: entry.profile.clone(),
    }
}

/// Opens every input once, so that all that is wrong with them is told at once.
fn inspect(profile: &Profile, inputs: &[Input], threads: usize) -> Result<()> {
    // the text of a packed input is held in memory, so that no two of them are opened at a time
    let threads = match inputs.iter().any(inputs::is_packed) {
        true => 1,
        false => threads.max(1),
    };
    let part = inputs.len().div_ceil(threads).max(1);
    let found = thread::scope(|scope| {
        let inspect = |input: &Input| pipeline::inspect(input.profile(profile), input);
        let parts = inputs.chunks(part).map(|inputs| {
            scope.spawn(move || inputs.iter().map(inspect).collect::<Vec<Result<()>>>())
        });
        let parts: Vec<_> = parts.collect();
        let joined = parts.into_iter().map(|part| {
            let crashed = |_| Error::Internal("a thread that opens inputs has crashed".to_owned());
            part.join().map_err(crashed)
        });
        joined.collect::<Result<Vec<_>>>()
    })?;
    let mut problems = Vec::new();
    for outcome in found.into_iter().flatten() {
        match outcome {
            Err(Error::Profile(own)) => problems.extend(own),
            other => other?,
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Profile(problems))
    }
}
