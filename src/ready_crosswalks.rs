//! The crosswalks of widely used lists that are built in, with where they come from and how their rows
//! were decided.
//!
//! They lie in `crosswalks/`, in the form of a landlord's own crosswalk file, so that a copy of one can be
//! used and changed like any other. A profile names one as the `base` of a crosswalk of its own.

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::error::{Error, Result};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/crosswalks");

/// The ready-made crosswalks, and what their decisions have in common.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadyCrosswalks {
    /// Who decided on the rows.
    pub decided_by: String,
    /// The day on which they were decided last.
    pub decided_on: String,
    /// The rules of decision.
    pub policy: Vec<String>,
    /// The crosswalks.
    #[serde(rename = "crosswalk")]
    pub all: Vec<ReadyCrosswalk>,
}

/// Where a ready-made crosswalk comes from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadyCrosswalk {
    /// The name by which profiles use it.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Whose list its values are.
    pub origin: String,
    /// Version of that list.
    pub version: String,
    /// Under what terms list and decisions may be used.
    pub licence: String,
}

/// The ready-made crosswalks.
///
/// # Errors
/// A bug of ours: what is built in cannot be read.
pub fn ready_crosswalks() -> Result<ReadyCrosswalks> {
    let broken = |why: &str| Error::Internal(format!("crosswalks/provenance.toml: {why}"));
    let text = file("provenance.toml").ok_or_else(|| broken("is not built in"))?;
    toml::from_str(text).map_err(|error| broken(&error.to_string()))
}

/// The rows of a ready-made crosswalk, as CSV.
pub fn rows(name: &str) -> Option<&'static str> {
    file(&format!("{name}.csv"))
}

/// The names of the ready-made crosswalks.
pub fn names() -> Vec<&'static str> {
    let files = EMBEDDED.files().filter_map(|file| file.path().to_str());
    let mut names: Vec<_> = files.filter_map(|path| path.strip_suffix(".csv")).collect();
    names.sort_unstable();
    names
}

fn file(name: &str) -> Option<&'static str> {
    EMBEDDED.get_file(name)?.contents_utf8()
}
