//! `pac completions`: a script that completes pac's arguments in a shell.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, print};
use crate::error::Result;

/// Arguments of `pac completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell to write for
    pub shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// When `out` cannot be written.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    // clap_complete panics where a write fails, memory cannot.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pac", &mut script);
    print(out, &script)
}
