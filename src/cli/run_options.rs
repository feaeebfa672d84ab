//! What `pac convert` and `pac check` are told alike: inputs, profile, day, threads, and how to report.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::progress::Bar;
use super::{json, print};
use crate::conversion::{Conversion, Options, ReferencePaths, Subject, parse_day, sizes};
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::profile::Allowances;
use crate::report::reject_limit::RejectLimit;
use crate::report::{Report, text};
use crate::standard::Standard;

/// The exit code where more was set aside than may be.
const TOO_MANY_REJECTED: u8 = 5;

/// What `pac convert` and `pac check` are told alike.
#[derive(Debug, Args)]
pub struct RunOptions {
    /// Exports of one landlord: CSV, NDJSON or a JSON array, also compressed with gzip; - is
    /// standard input
    #[arg(
        value_name = "INPUT",
        required_unless_present = "batch",
        conflicts_with = "batch"
    )]
    pub inputs: Vec<PathBuf>,
    /// Mapping profile of the landlord
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "batch",
        conflicts_with = "batch"
    )]
    pub profile: Option<PathBuf>,
    /// File that names many landlords, each with its exports and its profile
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    /// Log of changes to the landlord's alerts; given once for each log, and mapped by [history] in the
    /// profile
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub history: Vec<PathBuf>,
    /// Reference file of the landlord's persons, CSV or Parquet: keys are checked against it, or
    /// resolved by it where the profile says so
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub persons: Option<PathBuf>,
    /// Reference file of the landlord's organisations, CSV or Parquet
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub organisations: Option<PathBuf>,
    /// JSON Schema of your own that every alert must keep to; may be given several times
    #[arg(long = "schema", value_name = "FILE")]
    pub schemas: Vec<PathBuf>,
    /// Day as of which alerts are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    pub as_of: Option<i32>,
    /// How many workers to use [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// File of rules for all landlords: severities, thresholds and rules that are off; what a profile
    /// says prevails over it
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// Most of a landlord's alerts that may be set aside, in percent: rejected ones and unreadable records;
    /// beyond it the exit code is 5. Prevails over the profiles
    #[arg(long, value_name = "N", value_parser = parse_percent)]
    pub max_reject_percent: Option<f64>,
    /// Apply crosswalk rows of the status draft
    #[arg(long)]
    pub allow_draft: bool,
    /// Quote the cells that findings are about; the findings are then as confidential as the input
    #[arg(long)]
    pub show_values: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SummaryFormat,
}

/// Least severity that makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Findings that reject a record, or a record that cannot be read.
    Error,
    /// Those, and what somebody should look at.
    Warning,
    /// Those, and what else was found.
    Info,
    /// None.
    Never,
}

/// How to print the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    /// For people.
    Text,
    /// For programs: the content of report.json.
    Json,
}

impl RunOptions {
    pub(super) fn subject(&self) -> Result<Subject> {
        match (&self.batch, &self.profile) {
            (Some(batch), _) => Ok(Subject::Batch(batch.clone())),
            (None, Some(profile)) => Ok(Subject::Landlord {
                profile: profile.clone(),
                inputs: self.inputs.clone(),
                logs: self.history.clone(),
                references: ReferencePaths {
                    persons: self.persons.clone(),
                    organisations: self.organisations.clone(),
                },
            }),
            (None, None) => Err(Error::Usage(
                "name a profile with --profile, or a batch with --batch".to_owned(),
            )),
        }
    }

    pub(super) fn options(&self, standard: Arc<Standard>) -> Options {
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Options {
            standard,
            as_of: self.as_of.unwrap_or_else(today),
            threads: self.threads.map_or(processors, usize::from),
            show_values: self.show_values,
            allowances: Allowances {
                draft: self.allow_draft,
            },
            max_reject_percent: self.max_reject_percent,
            rules: self.rules.clone(),
            schemas: self.schemas.clone(),
            since: None,
        }
    }

    /// How far the run has come, which from here on may be stopped.
    pub(super) fn progress(&self, subject: &Subject) -> Bar {
        super::interruption::watch();
        match self.quiet {
            true => Bar::hidden(),
            false => Bar::new(sizes(subject)),
        }
    }

    /// Prints what came of the run; returns the exit code.
    pub(super) fn tell(
        &self,
        done: &Conversion,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> Result<u8> {
        if !self.quiet {
            let text = match self.format {
                SummaryFormat::Text => {
                    let folder = folder.filter(|_| done.written);
                    text::summary(&done.report, folder, super::stdout::paint())
                }
                SummaryFormat::Json => json(&done.report)?,
            };
            print(out, text.as_bytes())?;
        }
        if let Some(gravest) = done
            .failures
            .iter()
            .map(|(_, error)| error.exit_code())
            .max()
        {
            for (profile, error) in &done.failures {
                super::crash::tell(&format!(
                    "pac: landlord of {profile} not converted: {error}"
                ));
            }
            return Err(Error::Batch {
                failed: done.failures.len(),
                total: done.report.landlords.len(),
                code: gravest,
            });
        }
        if tell_exceeded(&done.report) {
            return Ok(TOO_MANY_REJECTED);
        }
        let least = match self.fail_on {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        };
        let gravest = done.report.findings.gravest();
        let failed = least.is_some_and(|least| gravest.is_some_and(|gravest| gravest >= least));
        Ok(u8::from(failed))
    }
}

/// Tells the landlords of which more was set aside than may be; returns whether there are any.
fn tell_exceeded(report: &Report) -> bool {
    let limits = report.landlords.iter();
    let limits = limits.filter_map(|own| Some((&own.code, own.reject_limit?)));
    let mut exceeded = limits.filter(|(_, limit)| limit.exceeded).peekable();
    let any = exceeded.peek().is_some();
    for (code, limit) in exceeded {
        let RejectLimit {
            percent,
            max_percent,
            ..
        } = limit;
        super::crash::tell(&format!(
            "pac: {code}: {percent} percent of the alerts were set aside, and at most {max_percent} may be; \
             see the rejects"
        ));
    }
    any
}

fn parse_percent(text: &str) -> std::result::Result<f64, String> {
    let number = text.parse().ok();
    let number = number.filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "must be a number from 0 to 100".to_owned())
}

fn today() -> i32 {
    use chrono::Datelike;
    let today = chrono::Local::now().date_naive();
    crate::cell::date::days(today.year(), today.month(), today.day()).unwrap_or_default()
}
