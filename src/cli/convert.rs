//! `pac convert`: from a landlord's exports to the tables of the standard.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args as ClapArgs;

use super::run_options::RunOptions;
use crate::conversion::{self, Destination};
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
}

/// Converts; returns the exit code.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: Standard, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let subject = args.run.subject()?;
    let options = args.run.options(Arc::new(standard));
    let destination = Destination {
        folder: args.out.clone(),
        force: args.force,
    };
    let mut progress = args.run.progress(&subject);
    let done = conversion::convert(&subject, Some(&destination), &options, &mut progress);
    progress.finish();
    args.run.tell(&done?, Some(&args.out), out)
}
