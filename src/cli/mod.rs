//! The command line: one file a subcommand, nothing but arguments and calls.

pub mod cells;
pub mod check;
pub mod code_lists;
mod code_search;
pub mod codes;
pub mod completions;
pub mod convert;
pub mod crash;
pub mod crosswalk_check;
pub mod crosswalk_export;
pub mod crosswalk_import;
pub mod crosswalks;
pub mod diff;
pub mod draft;
mod interruption;
pub mod man;
mod progress;
pub mod report;
pub mod rules;
mod run_options;
pub mod scan;
pub mod schema;
mod stdout;
pub mod synth;
pub mod timeline;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

pub use stdout::Stdout;

use crate::error::{Error, Result};
use crate::standard::Standard;

/// Maps the alerts that social landlords hold about people onto the Person Alert Codes standard
#[derive(Debug, Parser)]
#[command(name = "pac", version)]
pub struct Cli {
    /// Folder whose schemas and code lists replace the built-in files of the same name
    #[arg(long, global = true, value_name = "DIR")]
    pub standard: Option<PathBuf>,
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Convert exports to the tables of the standard, as Parquet
    Convert(convert::Args),
    /// Check exports as convert does, without writing anything
    Check(check::Args),
    /// Compare two outputs of convert, and write the changes between them as a history
    Diff(diff::Args),
    /// Print the life of one alert, or of all alerts of one person
    Timeline(timeline::Args),
    /// Print every record and cell of an export as it is read, as plain CSV or NDJSON
    Cells(cells::Args),
    /// Say what an export holds that nobody has documented: columns, dates, flags, labels, damage
    Scan(scan::Args),
    /// Draft a profile and its crosswalks for an export that nobody has mapped yet
    Draft(draft::Args),
    /// List, show or search the codes of the standard, or check code lists
    Codes(codes::Args),
    /// Make the report of a run again from its output, for others too; compare two runs, or tell of several
    /// landlords in one report
    Report(report::Args),
    /// Export, import and check a landlord's crosswalks, or list the ready-made ones
    #[command(visible_alias = "crosswalks")]
    Crosswalk(crosswalks::Args),
    /// Print the tables of the standard as JSON Schema, SQL or a data dictionary, or the JSON Schema of
    /// profiles and batch files
    Schema(schema::Args),
    /// List the rules that alerts are checked with, or explain one
    Rules(rules::Args),
    /// Invent an export in any shape, with faults planted on purpose and its profile beside it
    Synth(synth::Args),
    /// Print a script that completes pac's arguments in a shell
    Completions(completions::Args),
    /// Print the manual page, or write one page a subcommand
    Man(man::Args),
}

/// Does what the command line asks for; what is meant for standard output goes to `out`. Returns the
/// exit code: 0, or 1 where findings are as grave as the operator said.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(cli: &Cli, out: &mut dyn Write) -> Result<u8> {
    let standard = || Standard::load(cli.standard.as_deref());
    let mut code = 0;
    match &cli.command {
        Command::Convert(args) => code = convert::run(standard()?, args, out)?,
        Command::Check(args) => code = check::run(standard()?, args, out)?,
        Command::Diff(args) => diff::run(&standard()?, args, out)?,
        Command::Timeline(args) => timeline::run(&standard()?, args, out)?,
        Command::Cells(args) => code = cells::run(standard, args, out)?,
        Command::Scan(args) => scan::run(args, out)?,
        Command::Draft(args) => draft::run(&standard()?, args, out)?,
        Command::Rules(args) => rules::run(&standard()?, args, out)?,
        Command::Codes(args) => code = codes::run(&standard()?, args, out)?,
        Command::Crosswalk(args) => code = crosswalks::run(standard, args, out)?,
        Command::Schema(args) => schema::run(&standard()?, args, out)?,
        Command::Report(args) => report::run(standard, args, out)?,
        Command::Synth(args) => synth::run(&standard()?, args, out)?,
        Command::Completions(args) => completions::run(args, out)?,
        Command::Man(args) => man::run(args, out)?,
    }
    out.flush().map_err(|error| output_failed(&error))?;
    Ok(code)
}

/// As many workers as the operator says, or one for each processor.
fn threads(wanted: Option<u16>) -> Result<rayon::ThreadPool> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(wanted.map_or(0, usize::from));
    let threads = threads.build();
    threads.map_err(|error| Error::Internal(error.to_string()))
}

fn print(out: &mut dyn Write, bytes: &[u8]) -> Result<()> {
    out.write_all(bytes).map_err(|error| output_failed(&error))
}

fn output_failed(error: &std::io::Error) -> Error {
    Error::output(Path::new("standard output"), error)
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(text + "\n")
}
