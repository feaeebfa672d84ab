//! `[previous]`: what the landlord's keys and codes were when the earlier export was made, so that a later
//! one can be held against it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::document::{Document, Placed, folder_of};
use super::section::Section;

pub(super) const KEYS: &[&str] = &["profile", "person_keys", "alert_keys"];

/// A key that the landlord has given in the place of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The key as the earlier export writes it.
    pub previous: String,
    /// The key as the later one writes it.
    pub present: String,
}

/// What was otherwise when the earlier export was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Previous {
    /// The profile that the earlier export was converted with, for its crosswalks.
    pub profile: Option<PathBuf>,
    /// Persons that have other keys; two may have become one.
    pub person_keys: Vec<KeyChange>,
    /// Alerts that have other keys; each has one of its own.
    pub alert_keys: Vec<KeyChange>,
}

/// Reads the section; files lie relative to the profile at `path`.
pub(super) fn read(section: &Section<'_, '_>, document: &Document<'_>, path: &Path) -> Previous {
    let changes = |key: &'static str, is_one_to_one: bool| {
        let file = section.text(key);
        let read = file.map(|file| key_changes(document, path, &file, is_one_to_one));
        read.unwrap_or_default()
    };
    Previous {
        profile: section
            .text("profile")
            .map(|file| folder_of(path).join(file.value)),
        person_keys: changes("person_keys", false),
        alert_keys: changes("alert_keys", true),
    }
}

/// The rows of a CSV file with the columns `previous` and `present`.
fn key_changes(
    document: &Document<'_>,
    path: &Path,
    file: &Placed<String>,
    is_one_to_one: bool,
) -> Vec<KeyChange> {
    let path = folder_of(path).join(&file.value);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            document.problem(&file.span, format!("{}: {error}", path.display()));
            return Vec::new();
        }
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.headers().cloned().unwrap_or_default();
    let place = |name: &str| {
        let mut cells = header.iter();
        cells.position(|cell| cell.trim().eq_ignore_ascii_case(name))
    };
    let (Some(previous), Some(present)) = (place("previous"), place("present")) else {
        let text = "the header needs the columns previous and present, with a comma between them";
        document.problem_in(&path, Some(1), text);
        return Vec::new();
    };
    let mut changes = Vec::new();
    // by key, on which side it stands: the line that has named it, and the key on the other side
    let mut named: HashMap<(bool, String), (usize, String)> = HashMap::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map(|position| position.line() as usize);
                document.problem_in(&path, line, "is not UTF-8; save it as CSV UTF-8");
                continue;
            }
        };
        let line = record
            .position()
            .map_or(0, |position| position.line() as usize);
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        let change = KeyChange {
            previous: cell(previous),
            present: cell(present),
        };
        if change.previous.is_empty() && change.present.is_empty() {
            continue;
        }
        if change.previous.is_empty() || change.present.is_empty() {
            let text = "names one key only; name the previous and the present one";
            document.problem_in(&path, Some(line), text);
            continue;
        }
        let sides = [
            (false, change.previous.clone(), change.present.clone()),
            (true, change.present.clone(), change.previous.clone()),
        ];
        for (is_present, key, other) in sides {
            if is_present && !is_one_to_one {
                continue;
            }
            match named.get(&(is_present, key.clone())) {
                Some((first, known)) if *known != other => {
                    let text = format!("names a key that line {first} names with another one");
                    document.problem_in(&path, Some(line), text);
                }
                Some(_) => {}
                None => {
                    named.insert((is_present, key), (line, other));
                }
            }
        }
        changes.push(change);
    }
    changes
}
