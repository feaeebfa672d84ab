//! `pac convert`: from a landlord's exports to the tables of the standard.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args as ClapArgs;

use super::diff::ComparisonOptions;
use super::run_options::RunOptions;
use crate::conversion::{self, Destination, Options, Since};
use crate::error::Result;
use crate::standard::Standard;

/// Arguments of `pac convert`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What is to be converted, and how
    #[command(flatten)]
    pub run: RunOptions,
    /// Folder to write; it must not exist, or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace the folder if it is an earlier output of pac
    #[arg(long)]
    pub force: bool,
    /// Earlier output to go on from: its history goes on with what has changed since
    #[arg(long, value_name = "DIR", conflicts_with = "history")]
    pub since: Option<PathBuf>,
    /// What a comparison with an earlier output is told
    #[command(flatten)]
    pub comparison: ComparisonOptions,
}

/// Converts; returns the exit code.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: Standard, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let subject = args.run.subject()?;
    let comparison = &args.comparison;
    let options = Options {
        since: args.since.clone().map(|previous| Since {
            previous,
            system_user: comparison.system_user,
            accept_drop: comparison.accept_drop,
            quote_text: comparison.quote_text,
        }),
        ..args.run.options(Arc::new(standard))
    };
    let destination = Destination {
        folder: args.out.clone(),
        force: args.force,
    };
    let mut progress = args.run.progress(&subject);
    let done = conversion::convert(&subject, Some(&destination), &options, &mut progress);
    progress.finish();
    args.run.tell(&done?, Some(&args.out), out)
}
