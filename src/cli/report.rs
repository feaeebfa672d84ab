//! `pac report`: the report again from what runs have written, without their inputs.

use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::run_options::SummaryFormat;
use super::{json, print, stdout};
use crate::error::{Error, Result};
use crate::report::account::Account;
use crate::report::audience::Audience;
use crate::report::{page, text, workbook};
use crate::standard::Standard;
use crate::suggest::Suggester;
use crate::write::folder;

/// The file of a report that is to be shared.
const SHARED: &str = "report_to_share.html";
/// The file of a report that compares two runs.
const COMPARISON: &str = "comparison.html";
/// The file of a report of several runs, which belongs to none of their folders.
const COMBINED: &str = "combined.html";
/// The same, to be shared.
const COMBINED_SHARED: &str = "combined_to_share.html";

/// Arguments of `pac report`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Output folders: of one the report is made again; of two the first is the earlier run, and the report says
    /// what has changed; three and more, or two with --combine, are landlords side by side in one report
    #[arg(value_name = "OUT", required = true, num_args = 1..)]
    pub folders: Vec<PathBuf>,
    /// Take two folders for landlords side by side, and not for an earlier and a later run
    #[arg(long)]
    pub combine: bool,
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
    /// File to write the page to, and nothing else [default: report.html, report_to_share.html or comparison.html
    /// in the folder; combined.html or combined_to_share.html in the current one]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SummaryFormat,
}

/// What the folders are to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// There is one.
    Single,
    /// An earlier run and a later one.
    Compared,
    /// Landlords side by side.
    Combined,
}

impl Args {
    fn kind(&self) -> Kind {
        match self.folders.len() {
            1 => Kind::Single,
            2 if !self.combine => Kind::Compared,
            _ => Kind::Combined,
        }
    }

    fn audience(&self) -> Audience {
        match self.share {
            true => Audience::Others {
                least: self.suppress_below,
            },
            false => Audience::Owner {
                values: self.show_values,
            },
        }
    }

    /// Refuses what would tell others more than it is meant to.
    fn refuse_what_tells_too_much(&self) -> Result<()> {
        if self.share && self.kind() == Kind::Compared {
            return Err(Error::Usage(
                "--share: the difference of two runs would tell small counts; share the report of one, or say \
                 --combine if they are two landlords"
                    .to_owned(),
            ));
        }
        if self.share && self.format == SummaryFormat::Json {
            return Err(Error::Usage(
                "--share: the summary as JSON tells all counts and places; leave out --format json"
                    .to_owned(),
            ));
        }
        Ok(())
    }
}

/// Writes the report, and prints the summary.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(
    standard: impl FnOnce() -> Result<Standard>,
    args: &Args,
    out: &mut dyn Write,
) -> Result<()> {
    args.refuse_what_tells_too_much()?;
    let accounts = args.folders.iter().map(|folder| Account::open(folder));
    let mut accounts: Vec<Account> = accounts.collect::<Result<_>>()?;
    let (kind, audience) = (args.kind(), args.audience());
    let account = match kind {
        Kind::Combined => {
            let folders = args.folders.iter().cloned();
            Some(Account::combine(folders.zip(accounts.drain(..)).collect())?)
        }
        Kind::Single | Kind::Compared => accounts.pop(),
    };
    let (Some(account), Some(folder)) = (account, args.folders.last()) else {
        return Err(Error::Usage("name the output folder of a run".to_owned()));
    };
    let earlier = accounts.first().map(|account| &account.report);
    let suggester = match args.show_values {
        true => suggester(&standard()?, &account),
        false => None,
    };
    let path = args.to.clone().unwrap_or_else(|| match (kind, args.share) {
        (Kind::Combined, true) => COMBINED_SHARED.into(),
        (Kind::Combined, false) => COMBINED.into(),
        (_, true) => folder.join(SHARED),
        (Kind::Compared, false) => folder.join(COMPARISON),
        (Kind::Single, false) => folder.join("report.html"),
    });
    let mut written = vec![path.display().to_string()];
    let content = page::render(&account, earlier, audience, suggester.as_ref())?;
    folder::replace_file(&path, content.as_bytes())?;
    if kind == Kind::Single && !args.share && args.to.is_none() {
        let path = folder.join("findings.xlsx");
        let content = workbook::render(&path, folder, &account, audience)?;
        folder::replace_file(&path, &content)?;
        written.insert(0, path.display().to_string());
    }
    match args.quiet {
        true => Ok(()),
        false => tell(args, &account, &written, out),
    }
}

/// Proposes codes of the list that the run mapped onto, and none of another.
fn suggester(standard: &Standard, account: &Account) -> Option<Suggester> {
    let same = standard.code_list_hash == account.report.standard.code_list_sha256;
    same.then(|| Suggester::new(standard, &[]))
}

fn tell(args: &Args, account: &Account, written: &[String], out: &mut dyn Write) -> Result<()> {
    let wrote = format!("wrote {}\n", written.join(" and "));
    let text = match args.format {
        SummaryFormat::Json => json(&account.report)?,
        // what is printed may be passed on together with the page
        SummaryFormat::Text if args.share => wrote,
        SummaryFormat::Text => {
            let summary = text::summary(&account.report, None, stdout::paint());
            format!("{summary}{wrote}")
        }
    };
    print(out, text.as_bytes())
}
