//! `pac crosswalk check`: looks crosswalks over.

use std::io::Write;
use std::path::PathBuf;

use super::print;
use crate::error::{Error, Result};
use crate::review::{self, Gravity, Linted, Row, lint, used_crosswalks};
use crate::standard::Standard;
use crate::suggest::CodeList;

/// Arguments of `pac crosswalk check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Crosswalk files of alerts; several are held against each other
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Profile whose crosswalks are looked over too
    #[arg(long, value_name = "FILE")]
    pub profile: Vec<PathBuf>,
}

/// A crosswalk file that has been read.
struct ReadCrosswalk {
    file: String,
    list: CodeList,
    rows: Vec<(usize, Row)>,
}

/// Tells what there is to say; returns the exit code, 1 where somebody should look.
///
/// # Errors
/// A file cannot be read.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let mut files: Vec<(PathBuf, CodeList)> = Vec::new();
    for profile in &args.profile {
        let (_, crosswalks) = used_crosswalks(profile)?;
        files.extend(crosswalks.into_iter().map(|own| (own.file, own.list)));
    }
    files.extend(
        args.files
            .iter()
            .map(|path| (path.clone(), CodeList::Alerts)),
    );
    if files.is_empty() {
        let why = "name crosswalk files, or a profile with --profile";
        return Err(Error::Usage(why.to_owned()));
    }
    let mut read: Vec<ReadCrosswalk> = Vec::new();
    for (path, list) in files {
        read.push(ReadCrosswalk {
            file: path.display().to_string(),
            list,
            rows: review::read(&path)?,
        });
    }
    let linted: Vec<Linted<'_>> = read
        .iter()
        .map(|own| Linted {
            file: own.file.clone(),
            list: own.list,
            rows: &own.rows,
        })
        .collect();
    let remarks = lint(&linted, standard);
    let mut told = String::new();
    for remark in &remarks {
        told += &format!(
            "{}:{}: {}: {}\n",
            remark.file, remark.line, remark.gravity, remark.text
        );
    }
    for ReadCrosswalk { file, rows, .. } in &read {
        let decided = rows.iter().filter(|(_, row)| row.is_decided()).count();
        told += &format!(
            "{file}: {} rows, {decided} decided, {} open\n",
            rows.len(),
            rows.len() - decided
        );
    }
    print(out, told.as_bytes())?;
    let grave = remarks.iter().any(|remark| remark.gravity != Gravity::Info);
    Ok(u8::from(grave))
}
