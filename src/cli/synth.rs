//! `pac synth`: invented exports.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::print;
use crate::error::{Error, Result};
use crate::standard::Standard;
use crate::synth::{self, Fault, Shape, Wish};

/// Arguments of `pac synth`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many records
    #[arg(long, value_name = "N")]
    pub rows: u64,
    /// What the draws begin with; the same seed gives the same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder to write to; it must be empty, or not exist
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// What the export looks like
    #[arg(long, value_enum, default_value_t = Shape::Long)]
    pub shape: Shape,
    /// A kind of fault and the share of records that get it, such as bad-date=0.01; `all=0.01` plants
    /// every kind that the shape can hold
    #[arg(long = "fault", value_name = "KIND=SHARE")]
    pub faults: Vec<String>,
}

/// Makes the export.
///
/// # Errors
/// A fault that does not exist or fit, a folder that is not empty, a file that cannot be written.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    let mut faults = Vec::new();
    for wish in &args.faults {
        faults.extend(parse(wish, args.shape)?);
    }
    let wish = Wish {
        rows: args.rows,
        seed: args.seed,
        shape: args.shape,
        faults,
    };
    prepare(&args.out)?;
    let planted = synth::make(&wish, standard, &args.out)?;
    let export = args.out.join(args.shape.file_name());
    let profile = args.out.join("profile.toml");
    let told = format!(
        "wrote {} records, {planted} of them with a fault, to {}\nnext: pac convert {} --profile {} --out out\n",
        args.rows,
        args.out.display(),
        export.display(),
        profile.display()
    );
    print(out, told.as_bytes())
}

fn parse(wish: &str, shape: Shape) -> Result<Vec<(Fault, f64)>> {
    let wrong = |why: &str| Error::Usage(format!("--fault {wish}: {why}"));
    let (name, share) = wish
        .split_once('=')
        .ok_or_else(|| wrong("write KIND=SHARE, such as bad-date=0.01"))?;
    let share: f64 = share
        .parse()
        .map_err(|_| wrong("the share is no number, such as 0.01"))?;
    if name == "all" {
        return Ok(Fault::of(shape).map(|fault| (fault, share)).collect());
    }
    let fault = Fault::find(name).ok_or_else(|| {
        let known: Vec<&str> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        wrong(&format!(
            "there is no such kind; there are {}, and all",
            known.join(", ")
        ))
    })?;
    Ok(vec![(fault, share)])
}

/// The folder is made, or is there and empty, so that no export is overwritten.
fn prepare(folder: &Path) -> Result<()> {
    let failed = |error: std::io::Error| Error::output(folder, &error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    match std::fs::read_dir(folder).map_err(failed)?.next() {
        None => Ok(()),
        Some(_) => Err(Error::Usage(format!(
            "{}: the folder is not empty; name another one",
            folder.display()
        ))),
    }
}
