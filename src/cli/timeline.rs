//! `pac timeline`: the life of one alert, or of all alerts of one person.

use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::run_options::SummaryFormat;
use super::{json, print};
use crate::error::{Error, Result};
use crate::snapshot::Snapshot;
use crate::standard::Standard;
use crate::timeline::{Wanted, lives, text};

/// Arguments of `pac timeline`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Output folder of a conversion
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
    /// Key of an alert: the landlord's own, or person_alert_id
    #[arg(
        long,
        value_name = "REF",
        required_unless_present = "person",
        conflicts_with = "person"
    )]
    pub alert: Option<String>,
    /// Key of a person: the landlord's own, or person_id
    #[arg(long, value_name = "REF")]
    pub person: Option<String>,
    /// Code of the landlord, where the output has several
    #[arg(long, value_name = "CODE")]
    pub landlord: Option<String>,
    /// How to print the lives
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SummaryFormat,
}

/// Prints the lives, with all that is held in them.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    let wanted = match (&args.alert, &args.person) {
        (Some(key), _) => Wanted::Alert(key.clone()),
        (None, Some(key)) => Wanted::Person(key.clone()),
        (None, None) => {
            let text = "name an alert with --alert, or a person with --person";
            return Err(Error::Usage(text.to_owned()));
        }
    };
    let snapshot = Snapshot::open(&args.out)?;
    let lives = lives(&snapshot, standard, &wanted, args.landlord.as_deref())?;
    let text = match args.format {
        SummaryFormat::Text => text(&lives),
        SummaryFormat::Json => json(&lives)?,
    };
    print(out, text.as_bytes())
}
