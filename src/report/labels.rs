//! The labels that crosswalks map, and those of them that landlords map to different codes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::write::folder;

/// The file of an output that lists the labels that its crosswalks map: what a later report of several
/// outputs compares.
pub const MAPPED_LABELS: &str = "mapped_labels.csv";
/// Labels that are kept.
const MOST: usize = 200;

/// A label that a crosswalk maps to a code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MappedLabel {
    /// Code of the landlord.
    pub landlord: String,
    /// The label, as crosswalks are compared: without case.
    pub label: String,
    /// The subcode.
    pub code: String,
}

/// Writes the labels into a file that must not exist yet.
///
/// # Errors
/// Why it cannot be written.
pub fn write(path: &Path, labels: &[MappedLabel]) -> Result<()> {
    let failed = |error: csv::Error| Error::Output {
        path: path.to_owned(),
        why: error.to_string(),
    };
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(folder::create_file(path)?);
    let written = writer.write_record(["landlord", "label", "code"]);
    written.map_err(failed)?;
    for label in labels {
        writer.serialize(label).map_err(failed)?;
    }
    writer.flush().map_err(|error| Error::output(path, &error))
}

/// Reads them back; there are none where there is no such file.
///
/// # Errors
/// The file cannot be read.
pub(super) fn read(path: &Path) -> Result<Vec<MappedLabel>> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let failed = |error: csv::Error| Error::Input {
        path: path.display().to_string(),
        why: error.to_string(),
    };
    let mut reader = csv::Reader::from_path(path).map_err(failed)?;
    let rows = reader.deserialize().map(|row| row.map_err(failed));
    rows.collect()
}

/// A label that landlords map to different codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelMappedDifferently {
    /// The label, as crosswalks are compared: without case.
    pub label: String,
    /// The codes, each with the landlords that map to it.
    pub targets: BTreeMap<String, Vec<String>>,
}

/// The labels that landlords map to different codes, of all that their crosswalks map: landlord, label and
/// code. Numbers are left out, which every system counts from 1.
pub fn mapped_differently<'m>(
    mapped: impl Iterator<Item = (&'m str, &'m str, &'m str)>,
) -> Vec<LabelMappedDifferently> {
    let mut labels: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for (landlord, label, code) in mapped {
        if label.chars().any(char::is_alphabetic) {
            let targets = labels.entry(label).or_default();
            targets.entry(code).or_default().push(landlord);
        }
    }
    // a landlord may well map a label by itself to one code in one column and to another in another
    let different = labels.into_iter().filter(|(_, targets)| {
        let landlords: BTreeSet<&str> = targets.values().flatten().copied().collect();
        targets.len() > 1 && landlords.len() > 1
    });
    let different = different.map(|(label, targets)| LabelMappedDifferently {
        label: label.to_owned(),
        targets: targets
            .into_iter()
            .map(|(code, landlords)| {
                (
                    code.to_owned(),
                    landlords.into_iter().map(str::to_owned).collect(),
                )
            })
            .collect(),
    });
    different.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let mapped = [
            ("A", "dog", "RISK1.09"),
            ("B", "dog", "RISK1.09"),
            ("A", "hoarder", "RISK1.01"),
            ("B", "hoarder", "RISK1.03"),
            ("A", "14", "MED1.01"),
            ("B", "14", "MED1.02"),
            ("A", "stick", "MED7.01"),
            ("A", "stick", "RISK1.05"),
        ];
        let different = mapped_differently(mapped.into_iter());
        assert_eq!(different.len(), 1);
        assert_eq!(different[0].label, "hoarder");
        assert_eq!(different[0].targets["RISK1.03"], ["B"]);
    }
}
