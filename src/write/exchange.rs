//! The last step of an output: it takes the place of what stood there before.

use std::path::Path;

use super::folder::{LOCK, REPORT};
use crate::error::{Error, Result};

/// Ending of what stood there before, where two folders cannot be exchanged at once.
pub(super) const FORMER: &str = "former";

/// Removes a folder, what tells whose it is last: killed on the way, the rest is known for what it is.
pub(super) fn remove_own(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        match entry.file_name().to_str() {
            Some(LOCK | REPORT) => {}
            _ if path.is_dir() => std::fs::remove_dir_all(path)?,
            _ => std::fs::remove_file(path)?,
        }
    }
    std::fs::remove_dir_all(folder)
}

#[cfg(target_os = "linux")]
pub(super) fn exchange(aside: &Path, target: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, aside, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
            exchange_in_steps(aside, target)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(aside: &Path, target: &Path) -> std::io::Result<()> {
    exchange_in_steps(aside, target)
}

/// Where the system cannot exchange two folders at once: what stood there is moved aside first, and
/// back if the second step fails.
pub(super) fn exchange_in_steps(aside: &Path, target: &Path) -> std::io::Result<()> {
    let name = aside.file_name().unwrap_or_default().to_string_lossy();
    let prefix = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let former = aside.with_file_name(format!("{prefix}{FORMER}"));
    std::fs::rename(target, &former)?;
    if let Err(error) = std::fs::rename(aside, target) {
        std::fs::rename(&former, target)?;
        return Err(error);
    }
    remove_own(&former)
}

/// What a run killed between those steps has moved aside goes back, or goes, if the new output came.
pub(super) fn restore_former(former: &Path, target: &Path) -> Result<()> {
    if !former.is_dir() {
        return Ok(());
    }
    let done = match target.exists() {
        true => remove_own(former),
        false => std::fs::rename(former, target),
    };
    done.map_err(|error| Error::output(former, &error))
}
