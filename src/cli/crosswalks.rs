//! `pac crosswalks`: the ready-made crosswalks, to look at and to copy.

use std::io::Write;

use clap::Subcommand;

use super::print;
use crate::error::{Error, Result};
use crate::profile::document::did_you_mean;
use crate::ready_crosswalks::{ReadyCrosswalk, names, ready_crosswalks, rows};

/// Statuses in the order in which they are counted.
const STATUSES: [&str; 6] = ["approved", "confirmed", "draft", "review", "gap", "ignore"];

/// Arguments of `pac crosswalks`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is asked of the crosswalks.
    #[command(subcommand)]
    pub action: Action,
}

/// What is asked of the crosswalks.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List them, with where they come from and how their rows were decided
    List,
    /// Print one as CSV
    Show {
        /// Its name, such as psr-needs-codes
        name: String,
    },
}

/// Lists the ready-made crosswalks, or prints one.
///
/// # Errors
/// When there is none of that name, or `out` cannot be written.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    match &args.action {
        Action::List => print(out, list()?.as_bytes()),
        Action::Show { name } => print(out, known(name)?.as_bytes()),
    }
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
