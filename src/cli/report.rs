//! `pac report`: the report again from what a run has written, without its inputs.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::run_options::SummaryFormat;
use super::{json, print, stdout};
use crate::error::{Error, Result};
use crate::report::account::Account;
use crate::report::audience::Audience;
use crate::report::{page, text};
use crate::write::folder;

/// The file of a report that is to be shared.
const SHARED: &str = "report_to_share.html";
/// The file of a report that compares two runs.
const COMPARISON: &str = "comparison.html";

/// Arguments of `pac report`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Output folder of a run; of two the first is the earlier run, and the report says what has changed
    #[arg(value_name = "OUT", required = true, num_args = 1..=2)]
    pub folders: Vec<PathBuf>,
    /// Make a report for others: without values and places, and without small counts
    #[arg(long, conflicts_with = "show_values")]
    pub share: bool,
    /// Least count of alerts or people that a report for others tells
    #[arg(long, value_name = "N", default_value_t = 5, requires = "share",
          value_parser = clap::value_parser!(u64).range(2..))]
    pub suppress_below: u64,
    /// Show the values without a code; the report is then as confidential as the input
    #[arg(long)]
    pub show_values: bool,
    /// File to write [default: report.html, report_to_share.html or comparison.html in the folder]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SummaryFormat,
}

/// Writes the report, and prints the summary.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    let accounts = args.folders.iter().map(|folder| Account::open(folder));
    let accounts: Vec<Account> = accounts.collect::<Result<_>>()?;
    let (folder, account) = match (args.folders.last(), accounts.last()) {
        (Some(folder), Some(account)) => (folder, account),
        _ => return Err(Error::Usage("name the output folder of a run".to_owned())),
    };
    let earlier = (accounts.len() > 1).then(|| &accounts[0].report);
    let audience = match args.share {
        true => Audience::Others {
            least: args.suppress_below,
        },
        false => Audience::Owner {
            values: args.show_values,
        },
    };
    let name = match (args.share, earlier) {
        (true, _) => SHARED,
        (false, Some(_)) => COMPARISON,
        (false, None) => "report.html",
    };
    let path = args.to.clone().unwrap_or_else(|| folder.join(name));
    let content = page::render(account, earlier, audience)?;
    folder::replace_file(&path, content.as_bytes())?;
    if args.quiet {
        return Ok(());
    }
    tell(args, account, &path, out)
}

fn tell(args: &Args, account: &Account, path: &Path, out: &mut dyn Write) -> Result<()> {
    let text = match args.format {
        SummaryFormat::Json => json(&account.report)?,
        SummaryFormat::Text => {
            let summary = text::summary(&account.report, None, stdout::paint());
            format!("{summary}wrote {}\n", path.display())
        }
    };
    print(out, text.as_bytes())
}
