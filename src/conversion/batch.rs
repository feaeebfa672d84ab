//! The batch file: the landlords of a sector, each with its profile and its exports.

use std::path::{Path, PathBuf};

use super::ReferencePaths;
use crate::error::{Error, Problem, Result};
use crate::profile::document::{Document, folder_of, read_text};
use crate::profile::section::Section;

const KEYS: &[&str] = &["rules", "landlord"];
const LANDLORD_KEYS: &[&str] = &["profile", "inputs", "history", "persons", "organisations"];

/// The keys that a batch file may have, and those of each `[[landlord]]` in it. A test holds
/// `schemas/batch.schema.json` against this.
pub fn known_keys() -> [(&'static str, &'static [&'static str]); 2] {
    [("", KEYS), ("landlord", LANDLORD_KEYS)]
}

/// One landlord of a batch.
pub(super) struct Entry {
    pub profile: PathBuf,
    pub inputs: Result<Vec<PathBuf>>,
    pub logs: Result<Vec<PathBuf>>,
    pub references: ReferencePaths,
}

/// What a batch file says.
pub(super) struct Batch {
    /// A file of rules for all landlords.
    pub rules: Option<PathBuf>,
    pub landlords: Vec<Entry>,
}

/// Reads a batch file; paths in it start from its folder, and inputs may hold `*` and `?`.
///
/// # Errors
/// All problems of the batch file itself. Inputs that are not there are the landlord's own failure.
pub(super) fn read(path: &Path) -> Result<Batch> {
    let text = read_text(path)?;
    let document = Document::new(path, &text);
    let table = document.top();
    let top = Section::new(&document, "", &table, KEYS);
    let folder = folder_of(path);
    let rules = top.text("rules").map(|file| folder.join(file.value));
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
        let logs = section.texts("history").unwrap_or_default().into_iter();
        let logs: Vec<String> = logs.map(|text| text.value).collect();
        let patterns: Vec<String> = patterns.into_iter().map(|text| text.value).collect();
        let beside = |key| Some(folder.join(section.text(key)?.value));
        entries.push(Entry {
            references: ReferencePaths {
                persons: beside("persons"),
                organisations: beside("organisations"),
            },
            profile: folder.join(profile.map(|text| text.value).unwrap_or_default()),
            inputs: expand(path, &folder, &patterns),
            logs: expand(path, &folder, &logs),
        });
    }
    if entries.is_empty() {
        document.problem_anywhere("names no landlord; add [[landlord]] with profile and inputs");
    }
    document.finish()?;
    Ok(Batch {
        rules,
        landlords: entries,
    })
}

fn expand(batch: &Path, folder: &Path, patterns: &[String]) -> Result<Vec<PathBuf>> {
    // The folder is where it is, whatever characters it has in its name.
    let start = glob::Pattern::escape(&folder.to_string_lossy());
    let mut paths = Vec::new();
    for pattern in patterns {
        if !pattern.contains(['*', '?', '[']) {
            paths.push(folder.join(pattern));
            continue;
        }
        let problem = |why: &str| {
            Error::Profile(vec![Problem {
                file: batch.display().to_string(),
                line: None,
                text: format!("{pattern}: {why}"),
            }])
        };
        let whole = Path::new(&start).join(pattern);
        let found = glob::glob(&whole.to_string_lossy()).map_err(|error| problem(error.msg))?;
        let before = paths.len();
        for path in found {
            let path = path.map_err(|error| problem(&error.to_string()))?;
            paths.extend(path.is_file().then_some(path));
        }
        if paths.len() == before {
            return Err(problem("no file fits"));
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_batch_is_no_pattern() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("exports [2026]");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a1.csv"), "").unwrap();
        let batch = folder.join("batch.toml");
        let text = "[[landlord]]\nprofile = \"p.toml\"\ninputs = [\"a*.csv\"]\n";
        std::fs::write(&batch, text).unwrap();
        let entries = read(&batch).unwrap().landlords;
        let inputs = entries[0].inputs.as_ref().unwrap();
        assert_eq!(inputs, &[folder.join("a1.csv")]);
    }
}
