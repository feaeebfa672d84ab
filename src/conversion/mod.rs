//! A conversion from the first check of its inputs to the folder in its place: what `pac convert` and
//! `pac check` have in common.

pub mod batch;
mod birth_rows;
mod extra_schemas;
mod finishing;
mod inputs;
mod landlord_report;
mod planning;
mod reference_file;
mod references;
mod refusals;
mod since;

use std::path::PathBuf;
use std::sync::Arc;

use crate::cell::crosswalk::CrosswalkReader;
use crate::cell::date::{date_of, days};
use crate::check::schema::SchemaCheck;
use crate::check::settable::settable_rules;
use crate::diff;
use crate::error::{Error, Result};
use crate::pipeline::{self, Job, Progress, Settings};
use crate::profile::{ALERT_CODE, Allowances, CellReader, Views};
use crate::report::Report;
use crate::report::fix_first::FixFirst;
use crate::report::labels::{MappedLabel, mapped_differently};
use crate::report::portrait::{Portrait, codes_in_words};
use crate::report::verdict::Verdict;
use crate::standard::{CONTRACTOR_VIEW, PERSON_ALERT, PERSON_ALERT_HISTORY, Standard};
use crate::write::folder::OutputFolder;

use finishing::{Converted, finish, layout};
pub use inputs::sizes;
use landlord_report::{gather, landlord_report, reject_limit};
use planning::{Planned, plan, rules_of};
pub use references::ReferencePaths;
use refusals::{refuse_replacing_previous, refuse_replacing_sources, refuse_shared_codes};
use since::{carry_on, previous_output};

/// What is to be converted.
#[derive(Debug, Clone)]
pub enum Subject {
    /// The exports of one landlord.
    Landlord {
        /// Its profile.
        profile: PathBuf,
        /// Its exports; `-` is standard input.
        inputs: Vec<PathBuf>,
        /// Its logs of changes.
        logs: Vec<PathBuf>,
        /// Its reference files.
        references: ReferencePaths,
    },
    /// The landlords that a batch file names.
    Batch(PathBuf),
}

/// Where the result goes.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The output folder.
    pub folder: PathBuf,
    /// Whether an earlier output may be replaced.
    pub force: bool,
}

/// How a conversion is to be done.
#[derive(Debug)]
pub struct Options {
    /// The standard.
    pub standard: Arc<Standard>,
    /// The day as of which alerts are judged, as days since 1970-01-01.
    pub as_of: i32,
    /// How many workers there are.
    pub threads: usize,
    /// Whether findings may quote cells.
    pub show_values: bool,
    /// What the operator allows beyond the profiles.
    pub allowances: Allowances,
    /// The most of a landlord's alerts that may be set aside, in percent; it prevails over the profiles.
    pub max_reject_percent: Option<f64>,
    /// A file of rules for all landlords; what a profile says prevails over it.
    pub rules: Option<PathBuf>,
    /// JSON Schemas that the alerts of all landlords must keep to.
    pub schemas: Vec<PathBuf>,
    /// The earlier output that the conversion goes on from.
    pub since: Option<Since>,
}

/// The earlier output that a conversion goes on from, and what it is told about that.
#[derive(Debug, Clone)]
pub struct Since {
    /// The earlier output.
    pub previous: PathBuf,
    /// Who made the changes of which neither the source nor the profile says who.
    pub system_user: Option<i64>,
    /// Whether any number of alerts may be gone.
    pub accept_drop: bool,
    /// Whether free text may be quoted in old and new values.
    pub quote_text: bool,
}

/// What a conversion has come to.
#[derive(Debug)]
pub struct Conversion {
    /// The report, as it stands in the output.
    pub report: Report,
    /// Landlords that were not converted, by name of their profile.
    pub failures: Vec<(String, Error)>,
    /// Whether an output was written: not where nobody was converted.
    pub written: bool,
}

/// Converts, or merely checks where there is no destination.
///
/// # Errors
/// What stops the whole conversion; nothing is written then. A landlord of a batch that fails stops
/// nobody else, and is in [`Conversion::failures`].
pub fn convert(
    subject: &Subject,
    destination: Option<&Destination>,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Conversion> {
    let settable = settable_rules(&options.standard);
    let mut shared = Vec::new();
    let entries = match subject {
        Subject::Batch(path) => {
            let batch = batch::read(path)?;
            shared.extend(batch.rules);
            batch.landlords
        }
        Subject::Landlord {
            profile,
            inputs,
            logs,
            references,
        } => vec![batch::Entry {
            profile: profile.clone(),
            inputs: Ok(inputs.clone()),
            logs: Ok(logs.clone()),
            references: references.clone(),
        }],
    };
    shared.extend(options.rules.clone());
    let shared = rules_of(&shared, &settable, &options.standard)?;
    let extra = extra_schemas::read(&options.schemas, &options.standard)?;
    let is_batch = matches!(subject, Subject::Batch(_));
    let mut planned: Vec<Planned> = entries
        .into_iter()
        .map(|entry| plan(entry, is_batch, options, &settable, &shared, &extra))
        .collect();
    if is_batch {
        refuse_shared_codes(&planned)?;
    }
    if !is_batch
        && let Some(at) = planned.iter().position(|landlord| landlord.job.is_err())
        && let Err(error) = planned.swap_remove(at).job
    {
        return Err(error);
    }
    // A folder is begun only if something could come to lie in it.
    let destination = destination.filter(|_| planned.iter().any(|landlord| landlord.job.is_ok()));
    if let Some(to) = destination {
        refuse_replacing_sources(&to.folder, subject, &planned, &shared)?;
        let previous = options.since.as_ref().map(|since| &since.previous);
        refuse_replacing_previous(&to.folder, previous)?;
    }
    let folder = destination
        .map(|to| OutputFolder::begin(&to.folder, to.force))
        .transpose()?;
    run(planned, is_batch, folder, options, progress)
}

fn run(
    planned: Vec<Planned>,
    is_batch: bool,
    mut folder: Option<OutputFolder>,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Conversion> {
    let settings = Settings {
        standard: Arc::clone(&options.standard),
        as_of: options.as_of,
        threads: options.threads.max(1),
        show_values: options.show_values,
        notes_set_aside: options.since.is_some(),
        schema: Arc::new(SchemaCheck::new(&options.standard)?),
        history_schema: Arc::new(schema_of(&options.standard, PERSON_ALERT_HISTORY)?),
    };
    let previous = options.since.as_ref();
    let previous = previous
        .map(|since| previous_output(since, is_batch))
        .transpose()?;
    let mut since = previous
        .as_ref()
        .map(|previous| diff::Since::begin(previous, &options.standard, options.as_of))
        .transpose()?;
    let mut report = Report::new(&options.standard, &day(options.as_of));
    let mut failures = Vec::new();
    let mut jobs = Vec::new();
    let mut places = Vec::new();
    let mut consulted = Vec::new();
    for landlord in planned {
        report.landlords.push(landlord_report(&landlord));
        match landlord.job {
            Ok(mut job) => {
                job.layout = folder
                    .as_ref()
                    .map(|folder| layout(folder.path(), &job.profile, is_batch));
                places.push(report.landlords.len() - 1);
                consulted.push(landlord.references);
                jobs.push(job);
            }
            Err(error) => failures.push((landlord.profile_path.display().to_string(), error)),
        }
    }
    let outcomes = pipeline::run(&jobs, &settings, progress)?;
    if let Some(folder) = &mut folder {
        folder.write_ahead();
    }
    let (mut converted, mut obstacles) = (Vec::new(), Vec::new());
    let outcomes = outcomes.into_iter().zip(consulted);
    for ((job, place), (mut outcome, consulted)) in jobs.iter().zip(places).zip(outcomes) {
        if let Some(since) = &mut since
            && outcome.error.is_none()
        {
            let set_aside = std::mem::take(&mut outcome.set_aside);
            outcome.error = carry_on(since, job, options, set_aside).err();
        }
        match outcome.error {
            None => {
                report.landlords[place].reject_limit = reject_limit(&outcome, job, options);
                report.landlords[place].contractor_view = outcome.contractor_view;
                let place = match is_batch {
                    true => format!("{} ", job.profile.code),
                    false => String::new(),
                };
                obstacles.push(gather(&mut report, outcome, job, &place));
                report.references.extend(consulted.references);
                report.not_run.extend(consulted.not_run);
                if let Some(layout) = &job.layout {
                    converted.push(Converted {
                        landlord: job.profile.code.clone(),
                        layout: layout.clone(),
                        views: job.profile.views,
                    });
                }
            }
            // The only landlord of a run is the run.
            Some(error) if !is_batch => return Err(error),
            Some(error) => {
                report.landlords[place].error = Some(error.to_string());
                failures.push((job.profile.path.display().to_string(), error));
            }
        }
    }
    report.fix_first = FixFirst::of(&obstacles, report.ledger.alerts_set_aside());
    report.verdict = Verdict::of(&report);
    let labels = mapped_labels(&jobs, &options.standard);
    let mapped = labels.iter();
    report.labels_mapped_differently = mapped_differently(
        mapped.map(|own| (own.landlord.as_str(), own.label.as_str(), own.code.as_str())),
    );
    let written = folder.is_some() && !converted.is_empty();
    if progress.is_stopped() {
        return Err(Error::Interrupted {
            records: report.ledger.total.records_read,
        });
    }
    progress.stage("writing the report");
    let all_findings = match is_batch {
        true => "findings/",
        false => "findings.parquet",
    };
    report
        .findings
        .say_what_is_shown(written.then_some(all_findings));
    if let (Some(since), Some(folder)) = (since, folder.as_ref().filter(|_| written)) {
        let (changes, copied) = since.finish(folder.path())?;
        report.since = Some(changes);
        converted.extend(copied.into_iter().map(|(landlord, layout)| {
            let view = layout.relative(CONTRACTOR_VIEW, "parquet");
            let contractor = folder.path().join(view).is_file();
            Converted {
                landlord,
                layout,
                views: Views { contractor },
            }
        }));
    }
    if let Some(folder) = folder.filter(|_| written) {
        for own in &converted {
            let path = own.layout.file(PERSON_ALERT, "parquet")?;
            let portrait = Portrait::read(
                &path,
                &own.landlord,
                options.as_of,
                &options.standard,
                options.threads,
            )?;
            report.portraits.push(portrait);
        }
        report.codes = codes_in_words(&report.portraits, &options.standard);
        finish(
            folder,
            &report,
            &converted,
            &labels,
            &options.standard,
            options.show_values,
        )?;
    }
    Ok(Conversion {
        report,
        failures,
        written,
    })
}

/// The labels that landlords map to one code each, in order.
fn mapped_labels(jobs: &[Job], standard: &Standard) -> Vec<MappedLabel> {
    let mapped = jobs.iter().flat_map(|job| {
        let plans = job.profile.plans().filter(|plan| plan.name == ALERT_CODE);
        let readers = plans.filter_map(|plan| match &plan.reader {
            CellReader::Code(reader) => Some(reader),
            _ => None,
        });
        readers
            .flat_map(CrosswalkReader::mapped)
            .filter_map(|(label, id)| {
                let code = standard.codes.by_id(id)?;
                Some(MappedLabel {
                    landlord: job.profile.code.clone(),
                    label: label.to_owned(),
                    code: code.subcode.clone(),
                })
            })
    });
    let mut mapped: Vec<MappedLabel> = mapped.collect();
    mapped.sort();
    mapped.dedup();
    mapped
}

fn schema_of(standard: &Standard, table: &str) -> Result<SchemaCheck> {
    let table = standard.table(table);
    let table = table.ok_or_else(|| Error::Internal("a table is missing".to_owned()))?;
    SchemaCheck::of(table, standard)
}

fn day(days: i32) -> String {
    date_of(days)
        .map(|date| date.to_string())
        .unwrap_or_default()
}

/// Reads a day as `yyyy-mm-dd`, as days since 1970-01-01.
///
/// # Errors
/// A sentence that says what is expected.
pub fn parse_day(text: &str) -> std::result::Result<i32, String> {
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let parsed = date.and_then(|date| {
        use chrono::Datelike;
        days(date.year(), date.month(), date.day())
    });
    parsed.ok_or_else(|| "must be a date such as 2026-11-22".to_owned())
}
