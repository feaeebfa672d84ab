//! `findings.csv` and `findings.parquet`: every finding, in the order of the input. Both are encoded part
//! by part, by whichever thread, and appended in order.

mod columns;
mod text;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::chunks::ColumnChunk;
use super::folder;
use super::row_group::{self, GroupEncoder, GroupFile};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::finding::kinds::Kinds;
use crate::standard::Standard;
use columns::FindingColumns;

/// Columns of both files: what is read first stands first.
const COLUMNS: [&str; 14] = [
    "rule", "slug", "severity", "effect", "file", "record", "line", "cell", "column", "message",
    "fix", "subject", "table", "landlord",
];

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

    /// Findings, of which `kinds` are the kinds, as lines of CSV.
    ///
    /// # Errors
    /// [`Error::Internal`] where a cell cannot be written.
    pub fn text(&self, findings: &[Finding], kinds: &Kinds<'_>) -> Result<String> {
        text::lines(findings, kinds, self)
    }
}

/// Encodes findings as row groups; shared by all workers.
pub struct FindingsEncoder {
    groups: GroupEncoder,
    names: FindingNames,
}

/// An encoded row group.
pub struct FindingsGroup(Vec<ColumnChunk>);

/// The two files in the making.
pub struct FindingsFiles {
    csv_path: PathBuf,
    csv: File,
    parquet: GroupFile,
}

/// Begins both files.
///
/// # Errors
/// Why one of them cannot be written.
pub fn begin(
    csv_path: &Path,
    parquet_path: &Path,
    standard: &Standard,
    names: &FindingNames,
) -> Result<(FindingsFiles, FindingsEncoder)> {
    let (parquet, groups) = row_group::begin(parquet_path, standard, columns::schema())?;
    let mut files = FindingsFiles {
        csv_path: csv_path.to_owned(),
        csv: folder::create_file(csv_path)?,
        parquet,
    };
    files.append_text(&text::header()?)?;
    let names = names.clone();
    Ok((files, FindingsEncoder { groups, names }))
}

impl FindingsEncoder {
    /// Encodes pages of findings as a row group of the file.
    ///
    /// # Errors
    /// [`Error::Internal`] where the columns do not fit the schema.
    pub fn group(&self, pages: &[Arc<Vec<Finding>>]) -> Result<FindingsGroup> {
        let columns = FindingColumns::new(pages, &self.names);
        let encoded = self
            .groups
            .encode(|name, writer| columns.column(name, writer));
        encoded.map(FindingsGroup)
    }
}

impl FindingsFiles {
    /// Appends lines of CSV.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn append_text(&mut self, text: &str) -> Result<()> {
        self.csv
            .write_all(text.as_bytes())
            .map_err(|error| Error::output(&self.csv_path, &error))
    }

    /// Appends the next row group.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn append_group(&mut self, group: FindingsGroup) -> Result<()> {
        self.parquet.append(group.0)
    }

    /// Ends both files.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn finish(self) -> Result<()> {
        self.parquet.finish().map(|_| ())
    }
}
