//! The JSON Schemas of the user's own that a conversion reads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::check::schema::ExtraSchema;
use crate::error::{Error, Problem, Result};
use crate::profile::document::read_text;
use crate::report::FileReport;
use crate::standard::{Standard, hex};

/// A schema with the file that it was read from.
#[derive(Debug, Clone)]
pub(super) struct ExtraFile {
    pub path: PathBuf,
    hash: String,
    pub schema: Arc<ExtraSchema>,
}

impl ExtraFile {
    pub(super) fn report(&self) -> FileReport {
        FileReport {
            file: file_name(&self.path),
            sha256: self.hash.clone(),
        }
    }
}

/// Reads and compiles schemas.
///
/// # Errors
/// A file that cannot be read, or all problems of all schemas.
pub(super) fn read(paths: &[PathBuf], standard: &Standard) -> Result<Vec<ExtraFile>> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let text = read_text(path)?;
        match ExtraSchema::new(&file_name(path), &text, standard) {
            Ok(schema) => files.push(ExtraFile {
                path: path.clone(),
                hash: hex(&Sha256::digest(text.as_bytes())),
                schema: Arc::new(schema),
            }),
            Err(own) => problems.extend(own.into_iter().map(|text| Problem {
                file: path.display().to_string(),
                line: None,
                text,
            })),
        }
    }
    match problems.is_empty() {
        true => Ok(files),
        false => Err(Error::Profile(problems)),
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
