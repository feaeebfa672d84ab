//! `pac crosswalk export`: the values that wait for a decision, for those who decide.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{print, scan};
use crate::check::settable::settable_rules;
use crate::error::{Error, Result};
use crate::profile::{Allowances, load};
use crate::review::{
    self, FoundLabel, MappingSet, Row, SheetOf, UsedCrosswalk, labels_of, proposals, sssom,
    used_crosswalks, workbook,
};
use crate::standard::Standard;
use crate::suggest::{ApprovedMapping, CodeList, Suggester};
use crate::write::folder::create_file;

/// Arguments of `pac crosswalk export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Exports that the profile reads: their values are counted, and those that are new are asked about
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The landlord's profile
    #[arg(long, value_name = "FILE")]
    pub profile: PathBuf,
    /// What to write, by its ending: .xlsx, .csv, or .tsv for SSSOM; it must not exist
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Which crosswalk of the profile [default: all in a workbook, that of the alerts otherwise]
    #[arg(long, value_name = "NAME")]
    pub crosswalk: Option<String>,
    /// Crosswalk of another landlord: what was approved there is proposed, with its name
    #[arg(long, value_name = "FILE")]
    pub learn: Vec<PathBuf>,
    /// Write decided rows too
    #[arg(long)]
    pub all: bool,
    /// How many threads scan [default: as many as the machine has processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

/// Writes the file, and says what is in it.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    let profile = load(
        &args.profile,
        standard,
        Allowances { draft: true },
        &settable_rules(standard),
    )?;
    let (landlord, all) = used_crosswalks(&args.profile)?;
    let reviewed: usize = all.iter().map(|own| own.flags.len()).sum();
    let flags = profile.statements.iter().filter(|one| one.flag.is_some());
    let unreviewed = flags.count().saturating_sub(reviewed);
    let chosen = chosen(all, args)?;
    let tables = crate::scan::scan(&scan::inputs(&args.inputs), scan::threads(args.threads))?;
    let mut reviews = Vec::new();
    let mut told = String::new();
    for crosswalk in chosen {
        let rows: Vec<Row> = review::read(&crosswalk.file)?
            .into_iter()
            .map(|(_, row)| row)
            .collect();
        let review = review_of(
            &crosswalk,
            rows,
            &labels_of(&crosswalk, &tables, &profile.statements),
            standard,
            args,
        )?;
        told += &review.told();
        reviews.push((crosswalk, review));
    }
    let bytes = match ending(&args.out)? {
        Ending::Workbook => {
            let sheets: Vec<SheetOf<'_>> = reviews
                .iter()
                .map(|(crosswalk, review)| SheetOf {
                    name: crosswalk.name.clone(),
                    list: crosswalk.list,
                    rows: &review.rows,
                })
                .collect();
            workbook(&sheets, standard)?
        }
        Ending::Csv => {
            let rows = reviews.first().map_or(&[][..], |(_, review)| &review.rows);
            review::text(rows)?.into_bytes()
        }
        Ending::Sssom => {
            let Some((crosswalk, review)) = reviews.first() else {
                return Ok(());
            };
            let set = MappingSet {
                landlord: &landlord,
                crosswalk: &crosswalk.name,
                list: crosswalk.list,
                rows: &review.decided,
            };
            told = format!(
                "{}: {} decided rows\n",
                crosswalk.name,
                review.decided.len()
            );
            sssom(&set, standard).into_bytes()
        }
    };
    if unreviewed > 0 {
        told += &format!(
            "flags: {unreviewed} have their codes in the profile and are not written; give them a crosswalk that lies in a file\n"
        );
    }
    let written = create_file(&args.out)?.write_all(&bytes);
    written.map_err(|error| Error::output(&args.out, &error))?;
    print(
        out,
        format!("{told}wrote {}\n", args.out.display()).as_bytes(),
    )
}

/// What is asked about one crosswalk.
struct Review {
    name: String,
    /// The rows to be written.
    rows: Vec<Row>,
    /// The rows that are decided.
    decided: Vec<Row>,
    /// Values that the crosswalk does not know.
    new: usize,
    /// Rows that are neither decided nor new.
    open: usize,
    /// Values that are left out, because they hold something that names a person.
    left_out: usize,
}

impl Review {
    fn told(&self) -> String {
        let left_out = match self.left_out {
            0 => String::new(),
            count => format!("; {count} left out, because they hold something that names a person"),
        };
        format!(
            "{}: {} decided before, {} open, {} new{left_out}\n",
            self.name,
            self.decided.len(),
            self.open,
            self.new
        )
    }
}

fn review_of(
    crosswalk: &UsedCrosswalk,
    mut rows: Vec<Row>,
    labels: &[FoundLabel],
    standard: &Standard,
    args: &Args,
) -> Result<Review> {
    let mut new = Vec::new();
    for label in labels {
        let folded = crate::cell::fold(&label.value).into_owned();
        let mut known = false;
        for row in &mut rows {
            let is_name = crate::cell::fold(&row.name) == folded;
            if row.folded() == folded || is_name && !folded.is_empty() {
                known = true;
                row.cells = Some(label.cells);
                row.columns.clone_from(&label.column);
            }
        }
        if !known {
            new.push(label.clone());
        }
    }
    let approved = learned(crosswalk, &rows, &args.learn)?;
    let suggester = Suggester::new(standard, &approved);
    let (decided, waiting): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_decided);
    let (asked, left_out) = proposals(crosswalk.list, &new, &suggester);
    let (open, fresh) = (waiting.len(), asked.len());
    let mut rows = asked;
    rows.extend(
        waiting
            .into_iter()
            .map(|row| renewed(row, crosswalk.list, &suggester)),
    );
    if args.all {
        rows.extend(decided.iter().cloned());
    }
    Ok(Review {
        name: crosswalk.name.clone(),
        rows,
        decided,
        new: fresh,
        open,
        left_out,
    })
}

/// A row that waits, with what is proposed for it by now: what its crosswalk says stays.
fn renewed(row: Row, list: CodeList, suggester: &Suggester) -> Row {
    let label = FoundLabel {
        value: row.value.clone(),
        cells: row.cells.unwrap_or_default(),
        column: row.columns.clone(),
        reads: None,
    };
    let (proposed, _) = proposals(list, std::slice::from_ref(&label), suggester);
    match proposed.into_iter().next() {
        Some(own) => Row {
            marks: own.marks,
            suggestions: own.suggestions,
            ..row
        },
        None => row,
    }
}

/// What was approved in this crosswalk and in those of others.
fn learned(
    crosswalk: &UsedCrosswalk,
    own: &[Row],
    others: &[PathBuf],
) -> Result<Vec<ApprovedMapping>> {
    let mut approved = Vec::new();
    let mut learn = |rows: &[Row], provenance: &str| {
        for row in rows
            .iter()
            .filter(|row| row.is_approved() || row.status == "gap")
        {
            let conditional = row.conditions().next().is_some();
            let texts = [&row.value, &row.name].into_iter();
            for text in texts.filter(|text| !text.is_empty() && !conditional) {
                approved.push(ApprovedMapping {
                    list: crosswalk.list,
                    text: text.clone(),
                    codes: row.targets.clone(),
                    provenance: provenance.to_owned(),
                });
            }
        }
    };
    learn(own, "this crosswalk");
    for path in others {
        let rows: Vec<Row> = review::read(path)?
            .into_iter()
            .map(|(_, row)| row)
            .collect();
        learn(&rows, &path.display().to_string());
    }
    Ok(approved)
}

/// The crosswalks that are written.
fn chosen(all: Vec<UsedCrosswalk>, args: &Args) -> Result<Vec<UsedCrosswalk>> {
    let names: Vec<String> = all.iter().map(|own| own.name.clone()).collect();
    if let Some(wanted) = &args.crosswalk {
        let chosen: Vec<UsedCrosswalk> =
            all.into_iter().filter(|own| own.name == *wanted).collect();
        if chosen.is_empty() {
            return Err(Error::Usage(format!(
                "--crosswalk {wanted}: the profile has no such crosswalk in a file; it has {}",
                names.join(", ")
            )));
        }
        return Ok(chosen);
    }
    Ok(match ending(&args.out)? {
        Ending::Workbook => all,
        Ending::Csv | Ending::Sssom => {
            let alerts = all.iter().position(|own| own.list == CodeList::Alerts);
            all.into_iter()
                .skip(alerts.unwrap_or_default())
                .take(1)
                .collect()
        }
    })
}

/// What a file is, by the ending of its name.
enum Ending {
    Workbook,
    Csv,
    Sssom,
}

fn ending(path: &Path) -> Result<Ending> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_lowercase).as_deref() {
        Some("xlsx") => Ok(Ending::Workbook),
        Some("csv") => Ok(Ending::Csv),
        Some("tsv") => Ok(Ending::Sssom),
        _ => Err(Error::Usage(format!(
            "{}: end the name with .xlsx, .csv or .tsv",
            path.display()
        ))),
    }
}
