//! The output folder: written aside, moved into place whole.
//!
//! Everything is written into a hidden folder beside the one asked for, and renamed at the end, so
//! that a run which fails or is killed leaves what stood there untouched and nothing half written in
//! its place. What a killed run has left aside is removed by the next run into the same folder: the
//! lock that its process held is free then.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use super::durable;
use super::exchange::{FORMER, exchange, remove_own, restore_former};
use super::former::{Stranger, is_own_report, may_replace, refuse_mount_point, refused, stranger};
use crate::error::{Error, Result};

pub(super) const LOCK: &str = ".lock";
pub(super) const REPORT: &str = "report.json";

/// An output folder in the making. Dropped before [`OutputFolder::commit`], it removes what it wrote.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    aside: PathBuf,
    lock: Option<File>,
    replace: bool,
    /// Waits for the disk ahead of time.
    ahead: Option<JoinHandle<()>>,
}

impl OutputFolder {
    /// Begins an output folder. One that exists is refused, unless it is empty, or `force` is given
    /// and it is an earlier output of pac.
    ///
    /// # Errors
    /// Why the folder cannot be made there, and the remedy.
    pub fn begin(target: &Path, force: bool) -> Result<OutputFolder> {
        OutputFolder::begin_in_place_of(target, force, &stranger)
    }

    /// As [`OutputFolder::begin`], for output of another kind than tables: `stranger` says what speaks
    /// against replacing the folder that exists.
    ///
    /// # Errors
    /// Why the folder cannot be made there, and the remedy.
    pub fn begin_in_place_of(
        target: &Path,
        force: bool,
        stranger: &Stranger,
    ) -> Result<OutputFolder> {
        let target = resolve(target)?;
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(refused(
                &target,
                "cannot be an output folder; name a new one",
            ));
        };
        let prefix = format!(".{}.pac-", name.to_string_lossy());
        restore_former(&parent.join(format!("{prefix}{FORMER}")), &target)?;
        let replace = may_replace(&target, force, stranger)?;
        refuse_mount_point(&target, parent)?;
        remove_abandoned(parent, &prefix);
        let aside = create_own(parent, &prefix)?;
        let mut folder = OutputFolder {
            target,
            aside,
            lock: None,
            replace,
            ahead: None,
        };
        folder.lock = Some(lock(&folder.aside)?);
        Ok(folder)
    }

    /// The folder to write into.
    pub fn path(&self) -> &Path {
        &self.aside
    }

    /// The folder that was asked for.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Begins to have what the folder holds by now written to the disk, so that in the end there is less to wait
    /// for.
    pub fn write_ahead(&mut self) {
        let aside = self.aside.clone();
        self.wait_ahead();
        self.ahead = Some(std::thread::spawn(move || {
            // what fails here fails again, and is told, in the end
            let _ = durable::sync(&aside);
        }));
    }

    fn wait_ahead(&mut self) {
        if let Some(ahead) = self.ahead.take() {
            let _ = ahead.join();
        }
    }

    /// Moves the folder into place.
    ///
    /// # Errors
    /// Why it cannot be moved; what stood there is untouched then.
    pub fn commit(mut self) -> Result<()> {
        self.wait_ahead();
        let failed = |error: std::io::Error| Error::output(&self.target, &error);
        durable::sync(&self.aside).map_err(failed)?;
        match self.replace {
            true => exchange(&self.aside, &self.target).map_err(failed)?,
            false => {
                std::fs::rename(&self.aside, &self.target).map_err(|error| match error.kind() {
                    ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists => refused(
                        &self.target,
                        "was filled by another run meanwhile; choose another folder",
                    ),
                    _ => Error::output(&self.target, &error),
                })?
            }
        }
        // The output is in its place; what follows is tidying, and may fail.
        let _ = std::fs::remove_file(self.target.join(LOCK));
        self.lock = None;
        if let Some(parent) = self
            .target
            .parent()
            .and_then(|parent| File::open(parent).ok())
        {
            let _ = parent.sync_all();
        }
        Ok(())
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        self.wait_ahead();
        // After an exchange this is what stood there before. Nothing can be done about what stays but
        // by the next run.
        let _ = remove_own(&self.aside);
    }
}

/// Creates a file that only its owner can read; the folder must exist, and the file must not, so that
/// no file of a run can be written over by another.
///
/// # Errors
/// Why it cannot be created.
pub fn create_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map_err(|error| Error::output(path, &error))
}

/// Puts a file that only its owner can read in the place of one that may stand there: it is written aside,
/// and takes its place whole.
///
/// # Errors
/// Why it cannot be written; what stood there is untouched then.
pub fn replace_file(path: &Path, content: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| Error::output(path, &error);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut aside = tempfile::Builder::new()
        .prefix(".pac-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(failed)?;
    aside.write_all(content).map_err(failed)?;
    aside.as_file().sync_all().map_err(failed)?;
    aside.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Creates a folder, and those above it, that only their owner can enter.
///
/// # Errors
/// Why it cannot be created.
pub fn create_folder(path: &Path) -> Result<()> {
    let created = own_folder(true).create(path);
    created.map_err(|error| Error::output(path, &error))
}

/// Copies a file of an earlier output into this one.
///
/// # Errors
/// Why it cannot be read or created.
pub fn copy_file(from: &Path, to: &Path) -> Result<()> {
    let read = |error| Error::input(&from.display().to_string(), &error);
    let mut source = File::open(from).map_err(read)?;
    let mut copy = create_file(to)?;
    std::io::copy(&mut source, &mut copy).map_err(|error| Error::output(to, &error))?;
    Ok(())
}

/// Gives a file of an output in the making another name, so that one can be made of it under its own.
///
/// # Errors
/// Why it cannot be moved.
pub fn move_aside(path: &Path) -> Result<PathBuf> {
    let aside = path.with_extension("converted");
    std::fs::rename(path, &aside).map_err(|error| Error::output(path, &error))?;
    Ok(aside)
}

fn own_folder(recursive: bool) -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(recursive);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn resolve(target: &Path) -> Result<PathBuf> {
    let failed = |error: std::io::Error| Error::output(target, &error);
    if target.exists() {
        return target.canonicalize().map_err(failed);
    }
    let absolute = std::path::absolute(target).map_err(failed)?;
    let Some(parent) = absolute.parent() else {
        return Ok(absolute);
    };
    std::fs::create_dir_all(parent).map_err(|error| Error::output(parent, &error))?;
    let parent = parent.canonicalize().map_err(failed)?;
    Ok(match absolute.file_name() {
        Some(name) => parent.join(name),
        None => parent,
    })
}

/// Creates a folder that no other run has. The process number alone would not tell them apart: every
/// container has its own number 1.
fn create_own(parent: &Path, prefix: &str) -> Result<PathBuf> {
    let process = std::process::id();
    let mut attempt = 0;
    loop {
        let path = parent.join(format!("{prefix}{process}-{attempt}"));
        match own_folder(false).create(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < 1000 => {
                attempt += 1
            }
            Err(error) => return Err(Error::output(parent, &error)),
        }
    }
}

/// Locks a folder as that of a living run. The lock's file has its name only once it is locked, so
/// that no other run can find it unlocked.
fn lock(aside: &Path) -> Result<File> {
    let (early, named) = (aside.join(".lock-early"), aside.join(LOCK));
    let lock = create_file(&early)?;
    let failed = |error: std::io::Error| Error::output(aside, &error);
    lock.lock().map_err(failed)?;
    std::fs::rename(early, named).map_err(failed)?;
    Ok(lock)
}

/// Removes what killed runs have left: folders whose lock nobody holds, and earlier outputs that were
/// exchanged for new ones.
fn remove_abandoned(parent: &Path, prefix: &str) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix(prefix).unwrap_or_default();
        let numbered = process
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
        if process.is_empty() || !numbered {
            continue;
        }
        let abandoned = match File::open(entry.path().join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok(),
            Err(_) => is_own_report(&entry.path().join(REPORT)) || is_old(&entry),
        };
        if abandoned {
            let _ = remove_own(&entry.path());
        }
    }
}

/// Whether a folder is older than any run needs to lock it.
fn is_old(entry: &std::fs::DirEntry) -> bool {
    let changed = entry.metadata().and_then(|found| found.modified()).ok();
    let age = changed.and_then(|changed| changed.elapsed().ok());
    age.is_some_and(|age| age.as_secs() > 60)
}

#[cfg(test)]
mod tests {
    use super::super::exchange::exchange_in_steps;
    use super::*;

    const OLD: &str = r#"{"tool":{"name":"pac"}}"#;

    fn write(folder: &OutputFolder, text: &str) {
        std::fs::write(folder.path().join(REPORT), text).unwrap();
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(path).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn nothing_stands_there_before_the_end() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("deep/out");
        let folder = OutputFolder::begin(&out, false).unwrap();
        write(&folder, "{}");
        assert!(!out.exists());
        folder.commit().unwrap();
        assert_eq!(names(&out), [REPORT]);
        assert_eq!(names(&home.path().join("deep")), ["out"]);
    }

    #[test]
    fn what_stands_there_is_replaced_only_on_request_and_whole() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        std::fs::create_dir(&out).unwrap();
        std::fs::write(out.join(REPORT), OLD).unwrap();
        std::fs::write(out.join("findings.csv"), "old").unwrap();
        assert!(OutputFolder::begin(&out, false).is_err());
        let dropped = OutputFolder::begin(&out, true).unwrap();
        write(&dropped, "new");
        drop(dropped);
        assert_eq!(std::fs::read_to_string(out.join(REPORT)).unwrap(), OLD);
        let folder = OutputFolder::begin(&out, true).unwrap();
        write(&folder, "new");
        folder.commit().unwrap();
        assert_eq!(std::fs::read_to_string(out.join(REPORT)).unwrap(), "new");
        assert_eq!(names(&out), [REPORT]);
        assert_eq!(names(home.path()), ["out"]);
    }

    #[test]
    fn force_does_not_delete_what_pac_did_not_write() {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("thesis.txt"), "x").unwrap();
        assert!(OutputFolder::begin(home.path(), true).is_err());
        assert!(home.path().join("thesis.txt").exists());
        std::fs::write(home.path().join(REPORT), "{}").unwrap();
        assert!(OutputFolder::begin(home.path(), true).is_err());
        std::fs::write(home.path().join(REPORT), OLD).unwrap();
        assert!(OutputFolder::begin(home.path(), true).is_err());
        assert!(home.path().join("thesis.txt").exists());
    }

    #[test]
    fn leftovers_of_a_killed_run_go_those_of_a_living_one_stay() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        let dead = home.path().join(".out.pac-1-0");
        std::fs::create_dir(&dead).unwrap();
        std::fs::write(dead.join(LOCK), "").unwrap();
        let alive = home.path().join(".out.pac-2-0");
        std::fs::create_dir(&alive).unwrap();
        let lock = File::create(alive.join(LOCK)).unwrap();
        lock.lock().unwrap();
        let strange = home.path().join(".out.pac-notes");
        std::fs::create_dir(&strange).unwrap();
        std::fs::write(strange.join(LOCK), "").unwrap();
        drop(OutputFolder::begin(&out, false).unwrap());
        assert!(!dead.exists() && alive.exists() && strange.exists());
    }

    #[test]
    fn an_exchange_in_steps_that_was_killed_is_undone() {
        let home = tempfile::tempdir().unwrap();
        let (out, former) = (home.path().join("out"), home.path().join(".out.pac-former"));
        std::fs::create_dir(&former).unwrap();
        std::fs::write(former.join(REPORT), OLD).unwrap();
        drop(OutputFolder::begin(&out, true).unwrap());
        assert_eq!(names(home.path()), ["out"]);
        let folder = OutputFolder::begin(&out, true).unwrap();
        write(&folder, "new");
        exchange_in_steps(&folder.aside, &out).unwrap();
        assert_eq!(std::fs::read_to_string(out.join(REPORT)).unwrap(), "new");
        assert_eq!(names(home.path()), ["out"]);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        let folder = OutputFolder::begin(&out, false).unwrap();
        create_file(&folder.path().join(REPORT)).unwrap();
        folder.commit().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&out), mode(&out.join(REPORT))), (0o700, 0o600));
    }
}
