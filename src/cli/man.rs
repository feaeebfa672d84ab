//! `pac man`: the manual, from the same definitions as `--help`.

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_mangen::Man;

use super::{Cli, output_failed, print};
use crate::error::{Error, Result};

/// Arguments of `pac man`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write pac.1 and a page for each subcommand into this folder, made if need be
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Prints the page of pac, or writes every page.
///
/// # Errors
/// When `out` or the folder cannot be written.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    if let Some(dir) = &args.dir {
        return std::fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), dir))
            .map_err(|error| Error::output(dir, &error));
    }
    let mut page = Vec::new();
    Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| output_failed(&error))?;
    print(out, &page)
}
