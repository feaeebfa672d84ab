//! Invented exports, for demonstrations, training and benchmarks: in any shape that a profile can read,
//! with faults planted on purpose and a file that says where.
//!
//! Everybody in them is invented. Codes occur as often as `prevalence.csv` has it, whose weights are round
//! numbers and no statistics. The bytes depend on the wish alone, and so does the day that the export is of.

mod alert;
mod cells;
mod draw;
mod fault;
mod labels;
mod nested;
mod phrases;
mod rows;
mod shape;
mod text;
mod truth;
mod workbook;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub use fault::Fault;
pub use shape::Shape;

use crate::error::{Error, Result};
use crate::standard::Standard;
use labels::Labels;
use rows::Rows;
use truth::Truth;

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Wish {
    /// How many records.
    pub rows: u64,
    /// What the draws begin with.
    pub seed: u64,
    /// What the export looks like.
    pub shape: Shape,
    /// Which faults are planted, each with the share of records that get it. A record gets one at most.
    pub faults: Vec<(Fault, f64)>,
}

/// Makes an export with its profile, its crosswalks and the truth about it in an existing folder; returns
/// how many faults were planted.
///
/// # Errors
/// A fault that the shape cannot hold, shares that make more than 1, more rows than a workbook has, a file
/// that cannot be written.
pub fn make(wish: &Wish, standard: &Standard, folder: &Path) -> Result<u64> {
    refuse_impossible(wish)?;
    let labels = Labels::new(standard)?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| Error::output(&path, &error))
    };
    write("profile.toml", &wish.shape.profile(&labels))?;
    if wish.shape != Shape::Wide {
        write("alert_types.csv", &labels.crosswalk()?)?;
    }
    let path = folder.join("truth.csv");
    let file = File::create(&path).map_err(|error| Error::output(&path, &error))?;
    let mut truth = Truth::new(path, Box::new(BufWriter::new(file)), wish.shape)?;
    let path = folder.join(wish.shape.file_name());
    let rows = Rows::new(wish, &labels);
    match wish.shape {
        Shape::Xlsx => workbook::write(&path, rows, &mut truth)?,
        _ => {
            let file = File::create(&path).map_err(|error| Error::output(&path, &error))?;
            let mut out = BufWriter::with_capacity(1 << 18, file);
            let written = match wish.shape {
                Shape::NestedJson => nested::write(&mut out, rows, &mut truth),
                _ => text::write(&mut out, rows, &mut truth),
            };
            written?;
            out.flush().map_err(|error| Error::output(&path, &error))?;
        }
    }
    truth.finish()
}

fn refuse_impossible(wish: &Wish) -> Result<()> {
    if wish.shape == Shape::Xlsx && wish.rows > workbook::MOST_ROWS {
        return Err(Error::Usage(format!(
            "--rows {}: a sheet has {} rows below its header; take another shape",
            wish.rows,
            workbook::MOST_ROWS
        )));
    }
    for (fault, _) in &wish.faults {
        if fault.told(wish.shape).is_none() {
            let able: Vec<&str> = Fault::of(wish.shape).map(Fault::name).collect();
            return Err(Error::Usage(format!(
                "--fault {}: the shape {} cannot hold it; it holds {}",
                fault.name(),
                wish.shape.name(),
                able.join(", ")
            )));
        }
    }
    let total: f64 = wish.faults.iter().map(|(_, share)| share).sum();
    match wish.faults.iter().all(|(_, share)| *share >= 0.0) && total <= 1.0 {
        true => Ok(()),
        false => Err(Error::Usage(format!(
            "--fault: the shares make {total}; they are 0 or more, and 1 together at most"
        ))),
    }
}
