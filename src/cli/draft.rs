//! `pac draft`: a first profile for an export that nobody has mapped yet.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{print, scan};
use crate::draft::{
    ALERTS_FILE, FIRST_WORDS, FLAGS_FILE, Landlord, PROFILE_FILE, SOURCES_FILE, draft,
};
use crate::error::{Error, Result};
use crate::review;
use crate::standard::Standard;
use crate::suggest::Suggester;
use crate::write::folder::{OutputFolder, create_file};
use crate::write::former::other_than;

/// Arguments of `pac draft`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exports of one landlord: CSV, NDJSON or JSON, also compressed with gzip, or workbooks
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Folder for the profile and its crosswalks; it must be empty, or not exist
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace the folder if it is an earlier draft in which nothing is decided
    #[arg(long)]
    pub force: bool,
    /// Name of the landlord [default: that of the folder]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Code of the landlord: a letter, and up to 19 letters, digits, - or _ [default: that of the folder]
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// How many threads scan [default: as many as the machine has processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

/// Scans, drafts and writes.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    let folder = OutputFolder::begin_in_place_of(&args.out, args.force, &stranger)?;
    let landlord = landlord(args);
    let tables = crate::scan::scan(&scan::inputs(&args.inputs), scan::threads(args.threads))?;
    let suggester = Suggester::new(standard, &[]);
    let draft = draft(&tables, &landlord, standard, &suggester)?;
    for file in &draft.files {
        let path = folder.path().join(file.name);
        let written = create_file(&path)?.write_all(file.text.as_bytes());
        written.map_err(|error| Error::output(&path, &error))?;
    }
    folder.commit()?;
    let place = args.out.display();
    let mut told = draft.told.join("\n");
    told += &format!("\nwrote {place}\nnext: settle what is unsure in {place}/profile.toml\n");
    told += &format!(
        "next: pac convert {} --profile {place}/profile.toml --out out\n",
        draft.inputs.join(" ")
    );
    print(out, told.as_bytes())
}

/// What shows a folder to be more than an earlier draft: decisions of people above all.
fn stranger(folder: &Path) -> Option<String> {
    let profile = std::fs::read_to_string(folder.join(PROFILE_FILE)).unwrap_or_default();
    if !profile.starts_with(FIRST_WORDS) {
        return Some("holds no earlier draft, or one that somebody has gone through".to_owned());
    }
    let files = [ALERTS_FILE, FLAGS_FILE, SOURCES_FILE];
    let decided = files.iter().find(|name| {
        let path = folder.join(name);
        let rows = path.exists().then(|| review::read(&path));
        // a crosswalk that cannot be read is none of ours any more
        rows.is_some_and(|rows| {
            rows.map_or(true, |rows| rows.iter().any(|(_, row)| row.is_decided()))
        })
    });
    match decided {
        Some(name) => Some(format!("holds decisions in {name}")),
        None => other_than(folder, |name| name == PROFILE_FILE || files.contains(&name)),
    }
}

/// The landlord as the arguments have it, or as the folder is called.
fn landlord(args: &Args) -> Landlord {
    let folder = args
        .out
        .file_name()
        .unwrap_or(Path::new("landlord").as_os_str());
    let folder = folder.to_string_lossy();
    let words = folder
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters
            .next()
            .map(|own| own.to_uppercase().collect::<String>());
        first.unwrap_or_default() + letters.as_str()
    };
    let name = words.map(capital).collect::<Vec<_>>().join(" ");
    let usable = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let code: String = folder
        .chars()
        .filter(usable)
        .skip_while(|c| !c.is_ascii_alphabetic())
        .take(20)
        .collect();
    let or = |text: String, otherwise: &str| match text.is_empty() {
        true => otherwise.to_owned(),
        false => text,
    };
    Landlord {
        name: args.name.clone().unwrap_or_else(|| or(name, "Landlord")),
        code: args
            .code
            .clone()
            .unwrap_or_else(|| or(code.to_uppercase(), "LANDLORD")),
    }
}
