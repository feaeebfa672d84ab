//! `pac check`: as `pac convert`, without writing anything.

use std::io::Write;
use std::sync::Arc;

use clap::Args as ClapArgs;

use super::run_options::RunOptions;
use crate::conversion;
use crate::error::Result;
use crate::standard::Standard;

/// Arguments of `pac check`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What is to be checked, and how
    #[command(flatten)]
    pub run: RunOptions,
}

/// Checks; returns the exit code.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: Standard, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let subject = args.run.subject()?;
    let options = args.run.options(Arc::new(standard));
    let mut progress = args.run.progress(&subject);
    let done = conversion::convert(&subject, None, &options, &mut progress);
    progress.finish();
    args.run.tell(&done?, None, out)
}
