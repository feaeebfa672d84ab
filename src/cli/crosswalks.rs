//! `pac crosswalk`: a landlord's crosswalks on their way to reviewers and back, and the ready-made ones.

use std::io::Write;

use clap::Subcommand;

use super::{crosswalk_check, crosswalk_export, crosswalk_import, print};
use crate::error::{Error, Result};
use crate::profile::document::did_you_mean;
use crate::ready_crosswalks::{ReadyCrosswalk, names, ready_crosswalks, rows};
use crate::standard::Standard;

/// Statuses in the order in which they are counted.
const STATUSES: [&str; 6] = ["approved", "confirmed", "draft", "review", "gap", "ignore"];

/// Arguments of `pac crosswalk`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is asked of the crosswalks.
    #[command(subcommand)]
    pub action: Action,
}

/// What is asked of the crosswalks.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Write the values that wait for a decision as a workbook, CSV or SSSOM
    Export(crosswalk_export::Args),
    /// Take a reviewed workbook or CSV back, and say what changed
    Import(crosswalk_import::Args),
    /// Look crosswalks over: conflicts, rows that nothing reaches, codes that the words contradict
    Check(crosswalk_check::Args),
    /// List the ready-made crosswalks of widely used lists, with where they come from
    List,
    /// Print a ready-made crosswalk as CSV
    Show {
        /// Its name, such as psr-needs-codes
        name: String,
    },
}

/// Does what is asked; returns the exit code, which is 1 where a check found something to look at.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(
    standard: impl FnOnce() -> Result<Standard>,
    args: &Args,
    out: &mut dyn Write,
) -> Result<u8> {
    match &args.action {
        Action::Export(args) => crosswalk_export::run(&standard()?, args, out)?,
        Action::Import(args) => crosswalk_import::run(&standard()?, args, out)?,
        Action::Check(args) => return crosswalk_check::run(&standard()?, args, out),
        Action::List => print(out, list()?.as_bytes())?,
        Action::Show { name } => print(out, known(name)?.as_bytes())?,
    }
    Ok(0)
}

fn known(name: &str) -> Result<&'static str> {
    rows(name).ok_or_else(|| {
        let near = did_you_mean(name, names().into_iter());
        let remedy = match near.is_empty() {
            true => "; `pac crosswalks list` names all",
            false => &near,
        };
        Error::Usage(format!(
            "{name}: there is no such ready-made crosswalk{remedy}"
        ))
    })
}

fn list() -> Result<String> {
    let ready = ready_crosswalks()?;
    let mut text = String::new();
    for crosswalk in &ready.all {
        text.push_str(&card(crosswalk)?);
    }
    text.push_str(&format!(
        "decided on {} by {}\n",
        ready.decided_on, ready.decided_by
    ));
    for rule in &ready.policy {
        text.push_str(&format!("  - {rule}\n"));
    }
    Ok(text)
}

fn card(crosswalk: &ReadyCrosswalk) -> Result<String> {
    let mut text = format!("{}  {}\n", crosswalk.name, crosswalk.title);
    let facts = [
        ("rows", &counts(known(&crosswalk.name)?)?),
        ("origin", &crosswalk.origin),
        ("version", &crosswalk.version),
        ("licence", &crosswalk.licence),
    ];
    for (name, value) in facts {
        text.push_str(&format!("  {name:<9}{value}\n"));
    }
    Ok(text)
}

/// How many rows there are, and of what status.
fn counts(rows: &str) -> Result<String> {
    let internal = |error: csv::Error| Error::Internal(error.to_string());
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let header = reader.headers().map_err(internal)?;
    let status = header.iter().position(|name| name == "status");
    let mut all = 0;
    let mut counted = [0; STATUSES.len()];
    for record in reader.records() {
        let record = record.map_err(internal)?;
        let own = status.and_then(|at| record.get(at)).unwrap_or_default();
        all += 1;
        if let Some(at) = STATUSES.iter().position(|known| *known == own) {
            counted[at] += 1;
        }
    }
    let told = STATUSES.iter().zip(counted).filter(|(_, count)| *count > 0);
    let told: Vec<String> = told
        .map(|(status, count)| format!("{count} {status}"))
        .collect();
    Ok(format!("{all}: {}", told.join(", ")))
}
