//! A run as its own files tell of it: what a report is made of, without the inputs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Report;
use super::labels::{self, MAPPED_LABELS, MappedLabel};
use crate::error::{Error, Result};

/// Values without a code that a report lists.
pub const MOST_UNMAPPED: usize = 200;

/// A run as its own files tell of it.
#[derive(Debug, Clone)]
pub struct Account {
    /// The content of `report.json`.
    pub report: Report,
    /// The most frequent values without a code, landlord by landlord.
    pub unmapped: Vec<UnmappedRow>,
    /// How many more there are.
    pub unmapped_further: usize,
    /// Whether its landlords were converted as a batch, so that places name their landlord.
    pub is_batch: bool,
    /// The labels that its crosswalks map.
    pub labels: Vec<MappedLabel>,
}

/// A value without a code, as it stands in `unmapped_values.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmappedRow {
    /// The file that it stands in, relative to the output.
    pub file: String,
    /// Its line in that file.
    pub line: u64,
    /// Its cells by the names of their columns.
    cells: HashMap<String, String>,
}

impl UnmappedRow {
    /// A cell; empty where there is none.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// How many alerts have the value.
    pub fn count(&self) -> u64 {
        self.cell("count").parse().unwrap_or_default()
    }
}

impl Account {
    /// Reads what a run has written into a folder.
    ///
    /// # Errors
    /// It is no output of pac, or of a release that wrote other reports.
    pub fn open(folder: &Path) -> Result<Account> {
        let path = folder.join("report.json");
        let name = path.display().to_string();
        let text = std::fs::read(&path).map_err(|error| Error::input(&name, &error))?;
        let report: Report = serde_json::from_slice(&text).map_err(|error| Error::Input {
            path: name,
            why: format!(
                "is no report of this release of pac ({error}); convert the exports again"
            ),
        })?;
        let (mut unmapped, mut further) = (Vec::new(), 0);
        for file in unmapped_files(folder, &report) {
            further += read_unmapped(folder, &file, &mut unmapped)?;
        }
        unmapped.sort_by_key(|row| std::cmp::Reverse(row.count()));
        further += unmapped.len().saturating_sub(MOST_UNMAPPED);
        unmapped.truncate(MOST_UNMAPPED);
        let labels = folder.join(MAPPED_LABELS);
        Ok(Account {
            report,
            unmapped,
            unmapped_further: further,
            is_batch: folder.join("findings").is_dir(),
            labels: labels::read(&labels)?,
        })
    }
}

/// The files of values without a code, relative to the output.
fn unmapped_files(folder: &Path, report: &Report) -> Vec<PathBuf> {
    let flat = PathBuf::from("unmapped_values.csv");
    let landlords = report.landlords.iter().map(|landlord| {
        let part = format!("landlord={}/part-0.csv", landlord.code);
        Path::new("unmapped_values").join(part)
    });
    let files = std::iter::once(flat).chain(landlords);
    files.filter(|file| folder.join(file).is_file()).collect()
}

/// Adds the first rows of a file, which are the most frequent ones; returns how many more there are.
fn read_unmapped(folder: &Path, file: &Path, rows: &mut Vec<UnmappedRow>) -> Result<usize> {
    let path = folder.join(file);
    let failed = |error: csv::Error| Error::Input {
        path: path.display().to_string(),
        why: error.to_string(),
    };
    let mut reader = csv::Reader::from_path(&path).map_err(failed)?;
    let header = reader.headers().map_err(failed)?.clone();
    let mut records = reader.records();
    for record in records.by_ref().take(MOST_UNMAPPED) {
        let record = record.map_err(failed)?;
        let names = header.iter().map(str::to_owned);
        rows.push(UnmappedRow {
            file: file.display().to_string(),
            line: record.position().map_or(0, csv::Position::line),
            cells: names.zip(record.iter().map(str::to_owned)).collect(),
        });
    }
    let mut further = 0;
    for record in records {
        record.map_err(failed)?;
        further += 1;
    }
    Ok(further)
}
