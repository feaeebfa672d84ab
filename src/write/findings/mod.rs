//! `findings.csv` and `findings.parquet`: every finding, in the order of the input.

mod columns;
mod kinds;
mod text;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder;
use super::row_group::{self, GroupEncoder, GroupFile};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::standard::Standard;
use columns::FindingColumns;

/// Columns of both files: what is read first stands first.
const COLUMNS: [&str; 14] = [
    "rule", "slug", "severity", "effect", "file", "record", "line", "cell", "column", "message",
    "fix", "subject", "table", "landlord",
];
/// Findings that become text at a time.
const BATCH: usize = 8192;

/// The names that findings of one landlord have in common.
#[derive(Debug, Clone)]
pub struct FindingNames {
    /// Code of the landlord.
    pub landlord: String,
    /// The inputs.
    pub files: Vec<Arc<str>>,
}

impl FindingNames {
    /// The name of an input.
    pub fn file(&self, input: u32) -> &str {
        self.files.get(input as usize).map_or("", |name| name)
    }
}

/// The two files in the making.
pub struct FindingsFiles {
    csv_path: PathBuf,
    csv: File,
    parquet: GroupFile,
    encoder: GroupEncoder,
    /// Findings that wait for a row group to be full.
    pending: Vec<Finding>,
    groups: usize,
}

impl FindingsFiles {
    /// Begins both files.
    ///
    /// # Errors
    /// Why one of them cannot be written.
    pub fn begin(
        csv_path: &Path,
        parquet_path: &Path,
        standard: &Standard,
    ) -> Result<FindingsFiles> {
        let (parquet, encoder) = row_group::begin(parquet_path, standard, columns::schema())?;
        let mut files = FindingsFiles {
            csv_path: csv_path.to_owned(),
            csv: folder::create_file(csv_path)?,
            parquet,
            encoder,
            pending: Vec::new(),
            groups: 0,
        };
        files.write_text(&text::header()?)?;
        Ok(files)
    }

    /// Appends findings.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn append(&mut self, findings: &[Finding], names: &FindingNames) -> Result<()> {
        for part in findings.chunks(BATCH) {
            self.write_text(&text::lines(part, names)?)?;
        }
        self.pending.extend_from_slice(findings);
        match self.pending.len() >= super::ROW_GROUP {
            true => self.end_group(names),
            false => Ok(()),
        }
    }

    /// Ends both files.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn finish(mut self, names: &FindingNames) -> Result<()> {
        if !self.pending.is_empty() {
            self.end_group(names)?;
        }
        self.parquet.finish().map(|_| ())
    }

    fn end_group(&mut self, names: &FindingNames) -> Result<()> {
        let findings = std::mem::take(&mut self.pending);
        let columns = FindingColumns::new(&findings, names);
        let group = self
            .encoder
            .encode(self.groups, |field| columns.column(field.name()))?;
        self.groups += 1;
        self.parquet.append(group)
    }

    fn write_text(&mut self, text: &str) -> Result<()> {
        self.csv
            .write_all(text.as_bytes())
            .map_err(|error| Error::output(&self.csv_path, &error))
    }
}
