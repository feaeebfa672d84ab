//! `vanished.csv`: the alerts that stand in an output although its export did not hold them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Its columns.
pub const COLUMNS: [&str; 4] = [
    "person_alert_id",
    "source_alert_ref",
    "vanished_as_of",
    "why",
];

/// An alert that has vanished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vanished {
    /// Its key.
    pub person_alert_id: i64,
    /// The landlord's own key of it.
    pub source_alert_ref: Option<String>,
    /// Day of the first export that did not hold it.
    pub vanished_as_of: String,
    /// Why it is thought to be absent.
    pub why: Why,
}

/// Why an alert is absent, as far as that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The export does not hold it.
    Gone,
    /// The export may hold it under another key.
    Ambiguous,
    /// The export holds it, and it was set aside.
    SetAside,
}

/// Reads the list of an output; one that is not there is empty.
///
/// # Errors
/// The file cannot be read, or is not as pac writes it.
pub fn read(path: &Path) -> Result<Vec<Vanished>> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let name = path.display().to_string();
    let file = std::fs::File::open(path).map_err(|error| Error::input(&name, &error))?;
    let rows = csv::Reader::from_reader(file).into_deserialize();
    rows.collect::<std::result::Result<_, _>>()
        .map_err(|_| Error::Input {
            path: name,
            why: "is not as pac writes it; convert the export again".to_owned(),
        })
}
