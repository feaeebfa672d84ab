//! The batch file: the landlords of a sector, each with its profile and its exports.

use std::path::{Path, PathBuf};

use crate::error::{Error, Problem, Result};
use crate::profile::document::{Document, Section, folder_of, read_text};

const KEYS: &[&str] = &["landlord"];
const LANDLORD_KEYS: &[&str] = &["profile", "inputs"];

/// The keys that a batch file may have, and those of each `[[landlord]]` in it. A test holds
/// `schemas/batch.schema.json` against this.
pub fn known_keys() -> [(&'static str, &'static [&'static str]); 2] {
    [("", KEYS), ("landlord", LANDLORD_KEYS)]
}

/// One landlord of a batch.
pub(super) struct Entry {
    pub profile: PathBuf,
    pub inputs: Result<Vec<PathBuf>>,
}

/// Reads a batch file; paths in it start from its folder, and inputs may hold `*` and `?`.
///
/// # Errors
/// All problems of the batch file itself. Inputs that are not there are the landlord's own failure.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>> {
    let text = read_text(path)?;
    let document = Document::new(path, &text);
    let table = document.top();
    let top = Section::new(&document, "", &table, KEYS);
    let folder = folder_of(path);
    let mut entries = Vec::new();
    for section in top.sections("landlord", LANDLORD_KEYS) {
        let profile = section.text("profile");
        if profile.is_none() {
            section.missing("profile", "name the landlord's profile");
        }
        let patterns = section.texts("inputs").unwrap_or_default();
        if patterns.is_empty() {
            section.missing("inputs", "list the landlord's exports");
        }
        let patterns: Vec<PathBuf> = patterns
            .iter()
            .map(|pattern| folder.join(&pattern.value))
            .collect();
        entries.push(Entry {
            profile: folder.join(profile.map(|text| text.value).unwrap_or_default()),
            inputs: expand(path, &patterns),
        });
    }
    if entries.is_empty() {
        document.problem_anywhere("names no landlord; add [[landlord]] with profile and inputs");
    }
    document.finish()?;
    Ok(entries)
}

fn expand(batch: &Path, patterns: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for pattern in patterns {
        let text = pattern.to_string_lossy();
        if !text.contains(['*', '?', '[']) {
            paths.push(pattern.clone());
            continue;
        }
        let problem = |why: String| {
            Error::Profile(vec![Problem {
                file: batch.display().to_string(),
                line: None,
                text: format!("{text}: {why}"),
            }])
        };
        let found = glob::glob(&text).map_err(|error| problem(error.msg.to_owned()))?;
        let before = paths.len();
        paths.extend(
            found
                .filter_map(std::result::Result::ok)
                .filter(|path| path.is_file()),
        );
        if paths.len() == before {
            return Err(problem("no file fits".to_owned()));
        }
    }
    Ok(paths)
}
