//! `pac diff`: the changes between two outputs of `pac convert`.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::run_options::SummaryFormat;
use super::{json, print, threads};
use crate::cell::key::KeySpace;
use crate::check::settable::settable_rules;
use crate::diff::{Choices, Renaming, diff};
use crate::error::Result;
use crate::profile::{self, Allowances, Profile};
use crate::snapshot::Snapshot;
use crate::standard::Standard;
use crate::write::folder::OutputFolder;

/// Arguments of `pac diff`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Output folder of the older conversion
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// Output folder of the newer conversion
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Folder to write; it must not exist, or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace the folder if it is an earlier output of pac
    #[arg(long)]
    pub force: bool,
    /// Profile of a landlord, whose policy says what absence means and who the system user is; given once
    /// for each landlord
    #[arg(long = "profile", value_name = "FILE")]
    pub profiles: Vec<PathBuf>,
    /// What the comparison is told
    #[command(flatten)]
    pub comparison: ComparisonOptions,
    /// How many workers to use [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SummaryFormat,
}

/// What a comparison of two snapshots is told.
#[derive(Debug, Clone, ClapArgs)]
pub struct ComparisonOptions {
    /// Key of the user who made the changes of which the source does not say who; the profile prevails
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    pub system_user: Option<i64>,
    /// Go on although more than 5 percent of a landlord's alerts are gone
    #[arg(long)]
    pub accept_drop: bool,
    /// Quote free text in old and new values, and not only say that it has changed
    #[arg(long)]
    pub quote_text: bool,
}

/// Compares.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    let (old, new) = (Snapshot::open(&args.old)?, Snapshot::open(&args.new)?);
    let settable = settable_rules(standard);
    let load = |path| profile::load(path, standard, Allowances::default(), &settable);
    let profiles: Vec<Profile> = args
        .profiles
        .iter()
        .map(|path| load(path))
        .collect::<Result<_>>()?;
    let mut renamings: HashMap<&str, Renaming> = HashMap::new();
    for own in &profiles {
        let keys = match new.partitioned {
            true => KeySpace::shared(&own.code),
            false => KeySpace::single(&own.code),
        };
        renamings.insert(&own.code, Renaming::read(own, standard, keys)?);
    }
    let choices = |code: &str| {
        let own = profiles.iter().find(|profile| profile.code == code);
        Choices {
            landlord: code.to_owned(),
            absence_deletes: own.is_some_and(|own| own.policy.absence_deletes),
            system_user: own
                .and_then(|own| own.policy.system_user)
                .or(args.comparison.system_user),
            quote_text: args.comparison.quote_text,
            accept_drop: args.comparison.accept_drop,
            set_aside: HashSet::new(),
            set_aside_without_key: new.set_aside(code),
            renaming: renamings.get(code).cloned().unwrap_or_default(),
        }
    };
    let folder = OutputFolder::begin(&args.out, args.force)?;
    let report = threads(args.threads)?.install(|| diff(&old, &new, standard, choices, folder))?;
    if args.quiet {
        return Ok(());
    }
    let text = match args.format {
        SummaryFormat::Text => format!("{}wrote {}\n", report.changes.text(), args.out.display()),
        SummaryFormat::Json => json(&report)?,
    };
    print(out, text.as_bytes())
}
