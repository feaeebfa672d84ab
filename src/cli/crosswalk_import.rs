//! `pac crosswalk import`: takes reviewed rows back.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::print;
use crate::error::{Error, Result};
use crate::review::{
    self, Imported, ReadSheet, Row, Signature, UsedCrosswalk, import, read_workbook,
    used_crosswalks,
};
use crate::standard::Standard;
use crate::write::folder::create_file;

/// Lines that are told of one kind at most.
const MOST_TOLD: usize = 20;

/// Arguments of `pac crosswalk import`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Reviewed workbook, or CSV
    #[arg(value_name = "FILE")]
    pub reviewed: PathBuf,
    /// The landlord's profile, whose crosswalks take the decisions
    #[arg(long, value_name = "FILE")]
    pub profile: PathBuf,
    /// Which crosswalk a CSV file belongs to, where the profile has several
    #[arg(long, value_name = "NAME")]
    pub crosswalk: Option<String>,
    /// Who decided, by role, where a row does not say so
    #[arg(long, value_name = "WHO", default_value = "")]
    pub reviewer: String,
    /// Day of the decisions, where a row does not say so, as 2026-11-22
    #[arg(long, value_name = "DAY", default_value = "")]
    pub date: String,
}

/// Takes the rows in, rewrites the crosswalks and says what changed. Where anything is wrong nothing is
/// written.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    let (_, crosswalks) = used_crosswalks(&args.profile)?;
    let signature = Signature {
        reviewer: args.reviewer.clone(),
        date: args.date.clone(),
    };
    let mut taken: Vec<(&UsedCrosswalk, Imported)> = Vec::new();
    for (name, rows) in reviewed(args, &crosswalks)? {
        let crosswalk = crosswalks
            .iter()
            .find(|own| own.name == name)
            .ok_or_else(|| {
                let known: Vec<&str> = crosswalks.iter().map(|own| own.name.as_str()).collect();
                Error::Usage(format!(
                    "{}: the profile has no crosswalk {name}; it has {}",
                    args.reviewed.display(),
                    known.join(", ")
                ))
            })?;
        let own: Vec<Row> = review::read(&crosswalk.file)?
            .into_iter()
            .map(|(_, row)| row)
            .collect();
        let imported = import(
            &args.reviewed,
            own,
            rows,
            crosswalk.list,
            standard,
            &signature,
        )?;
        taken.push((crosswalk, imported));
    }
    let mut told = String::new();
    for (crosswalk, imported) in &taken {
        replace(&crosswalk.file, review::text(&imported.rows)?.as_bytes())?;
        told += &report(crosswalk, imported);
    }
    print(out, told.as_bytes())
}

/// The reviewed rows, by the names of their crosswalks.
fn reviewed(args: &Args, crosswalks: &[UsedCrosswalk]) -> Result<Vec<ReadSheet>> {
    let ending = args.reviewed.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        let name = match (&args.crosswalk, crosswalks) {
            (Some(name), _) => name.clone(),
            (None, [only]) => only.name.clone(),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|own| own.name.as_str()).collect();
                return Err(Error::Usage(format!(
                    "the profile has several crosswalks; say which one with --crosswalk: {}",
                    names.join(", ")
                )));
            }
        };
        return Ok(vec![(name, review::read(&args.reviewed)?)]);
    }
    let mut sheets = read_workbook(&args.reviewed)?;
    if let Some(wanted) = &args.crosswalk {
        sheets.retain(|(name, _)| name == wanted);
    }
    Ok(sheets)
}

/// Writes a file aside and moves it into place, so that it is whole at any time.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| Error::output(path, &error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".pac-{}", std::process::id()));
    let aside = path.with_file_name(name);
    let mut file = create_file(&aside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let moved = written.and_then(|()| std::fs::rename(&aside, path));
    moved.map_err(|error| {
        // what is aside is of no use to anybody
        let _ = std::fs::remove_file(&aside);
        failed(error)
    })
}

fn report(crosswalk: &UsedCrosswalk, imported: &Imported) -> String {
    let mut told = format!(
        "{}: {} decided anew, {} changed, {} as before, {} open\n",
        crosswalk.name,
        imported.decided,
        imported.changed.len(),
        imported.same + imported.kept.len(),
        imported.open
    );
    for (what, lines) in [("changed", &imported.changed), ("kept", &imported.kept)] {
        for line in lines.iter().take(MOST_TOLD) {
            told += &format!("  {what}  {line}\n");
        }
        if lines.len() > MOST_TOLD {
            told += &format!("  and {} more\n", lines.len() - MOST_TOLD);
        }
    }
    if !imported.kept.is_empty() {
        told += "next: what the review left open and the crosswalk had decided is kept; change the crosswalk's file to reopen it\n";
    }
    if imported.unsigned > 0 {
        told += &format!(
            "next: {} decisions name no reviewer or no day; fill them in, or give --reviewer and --date\n",
            imported.unsigned
        );
    }
    told + &format!("wrote {}\n", crosswalk.file.display())
}
