//! What stands where an output is to go, and whether it may be replaced.

use std::io::ErrorKind;
use std::path::Path;

use super::folder::{LOCK, REPORT};
use crate::error::{Error, Result};
use crate::standard::{CONTRACTOR_VIEW, TABLES};

/// What an output holds beside the tables.
const OTHERS: &[&str] = &[
    REPORT,
    "datapackage.json",
    "findings",
    "findings.csv",
    "findings.parquet",
    "findings.xlsx",
    "comparison.html",
    "mapped_labels.csv",
    "rejects",
    "report.html",
    "report_to_share.html",
    "unmapped_values",
    "unmapped_values.csv",
    "vanished",
    "vanished.csv",
    LOCK,
    ".DS_Store",
];

/// What in a folder speaks against replacing it; `None` where it is an earlier output of the same kind.
pub type Stranger = dyn Fn(&Path) -> Option<String>;

/// Whether something stands at the target that may be replaced.
pub(super) fn may_replace(target: &Path, force: bool, stranger: &Stranger) -> Result<bool> {
    let entries = match std::fs::read_dir(target) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(refused(target, "is a file; name a folder"));
        }
        Err(error) => return Err(Error::output(target, &error)),
    };
    if entries.count() == 0 {
        return Ok(false);
    }
    if !force {
        return Err(refused(
            target,
            "exists already; choose another folder, or replace it with --force",
        ));
    }
    // --force must not be able to delete a folder that merely happened to be named.
    match stranger(target) {
        None => Ok(true),
        Some(why) => Err(refused(target, &format!("{why}; choose another folder"))),
    }
}

/// Something in a folder that shows it to be more, or other, than tables with their report.
pub(super) fn stranger(folder: &Path) -> Option<String> {
    if !is_own_report(&folder.join(REPORT)) {
        return Some(holds("other files"));
    }
    other_than(folder, |name| {
        let stem = name.split('.').next().unwrap_or_default();
        let is_table = TABLES.contains(&stem) || stem == CONTRACTOR_VIEW;
        is_table || OTHERS.contains(&name)
    })
}

/// Says that something in a folder is none of the files that belong there.
pub fn other_than(folder: &Path, belongs: impl Fn(&str) -> bool) -> Option<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .find(|name| !belongs(name) && ![LOCK, ".DS_Store"].contains(&name.as_str()))
        .map(|name| holds(&name))
}

fn holds(name: &str) -> String {
    format!("holds {name}, which is no output of pac")
}

/// Whether a JSON file says that pac has made it.
pub fn is_own_report(path: &Path) -> bool {
    let text = std::fs::read(path).unwrap_or_default();
    let report: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    report["tool"]["name"] == "pac"
}

/// A folder on a file system of its own cannot be replaced from outside.
#[cfg(unix)]
pub(super) fn refuse_mount_point(target: &Path, parent: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|found| found.dev()).ok();
    match (device(target), device(parent)) {
        (Some(own), Some(above)) if own != above => {
            Err(refused(target, "is a mount point; name a folder inside it"))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn refuse_mount_point(_: &Path, _: &Path) -> Result<()> {
    Ok(())
}

/// An output folder that is refused.
pub(super) fn refused(path: &Path, why: &str) -> Error {
    Error::Output {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}
