//! `pac scan`: what an export holds that nobody has documented.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::print;
use crate::error::{Error, Result};
use crate::read::InputPlace;
use crate::scan::{self, Listing, ScanInput};
use crate::write::folder::{OutputFolder, create_file};
use crate::write::former::{is_own_report, other_than};

/// The files of a scan.
const FILES: [&str; 3] = ["scan.json", "scan.txt", "scan.html"];

/// Arguments of `pac scan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exports: CSV, NDJSON or JSON, also compressed with gzip, or workbooks
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<PathBuf>,
    /// Folder for scan.json, scan.txt and scan.html; it must be empty, or not exist
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the folder if it is an earlier scan
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Hide values that stand in fewer cells, because a rare value may name a person
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    pub rarer_than: u64,
    /// List all values, also those that may name a person
    #[arg(long)]
    pub show_values: bool,
    /// How many threads count [default: as many as the machine has processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

/// Scans, writes and prints.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    let folder = match &args.out {
        Some(path) => Some(OutputFolder::begin_in_place_of(
            path, args.force, &stranger,
        )?),
        None => None,
    };
    let tables = scan::scan(&inputs(&args.inputs), threads(args.threads))?;
    let listing = Listing {
        threshold: args.rarer_than,
        show_values: args.show_values,
    };
    let Some(folder) = folder else {
        return print(out, scan::text(&tables, listing, true).as_bytes());
    };
    let texts = [
        scan::json(&tables, listing)?,
        scan::text(&tables, listing, true),
        scan::html(&tables, listing)?,
    ];
    for (name, text) in FILES.iter().zip(texts) {
        let path = folder.path().join(name);
        let written = create_file(&path)?.write_all(text.as_bytes());
        written.map_err(|error| Error::output(&path, &error))?;
    }
    folder.commit()?;
    let told = &args.out.as_deref().unwrap_or(Path::new("")).display();
    let text = scan::text(&tables, listing, false);
    print(
        out,
        format!(
            "{text}wrote {told}\nnext: open {told}/scan.html; pac draft writes a profile of it\n"
        )
        .as_bytes(),
    )
}

/// What shows a folder to be no earlier scan.
fn stranger(folder: &Path) -> Option<String> {
    if !is_own_report(&folder.join(FILES[0])) {
        return Some("holds no earlier scan".to_owned());
    }
    other_than(folder, |name| FILES.contains(&name))
}

/// Inputs as they are named on the command line.
pub(super) fn inputs(paths: &[PathBuf]) -> Vec<ScanInput> {
    let inputs = paths.iter().map(|path| ScanInput {
        place: match path.to_str() {
            Some("-") => InputPlace::Stdin,
            _ => InputPlace::Path(path.clone()),
        },
        name: path.display().to_string(),
    });
    inputs.collect()
}

/// As many threads as are asked for, or as there are processors.
pub(super) fn threads(wish: Option<u16>) -> usize {
    let available = || std::thread::available_parallelism().map_or(1, usize::from);
    wish.map_or_else(available, usize::from)
}
