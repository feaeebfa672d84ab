//! Waiting until files lie on the disk.
//!
//! Waiting for one after another takes long where they are many, and a run over a thousand inputs may have
//! as many files of rejects: each would wait for a journal of the file system of its own. What several wait
//! for at once is written in one go.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Files that are waited for at once.
const AT_ONCE: usize = 16;

/// Waits until the files of a folder, and of those in it, lie on the disk.
///
/// # Errors
/// Why one of them cannot be written, or opened.
pub(super) fn sync(folder: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    list_files(folder, &mut files)?;
    let next = AtomicUsize::new(0);
    let sync_some = || {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            File::open(path)?.sync_all()?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..files.len().min(AT_ONCE))
            .map(|_| scope.spawn(sync_some))
            .collect();
        waiting.into_iter().try_for_each(|thread| {
            let outcome = thread.join();
            outcome.unwrap_or_else(|_| Err(std::io::Error::other("waiting for the disk failed")))
        })
    })
}

/// Adds the files in a folder, and in those in it.
fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => list_files(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_waited_for_and_one_that_cannot_be_is_told() {
        let home = tempfile::tempdir().unwrap();
        let inner = home.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        for number in 0..3 * AT_ONCE {
            std::fs::write(inner.join(number.to_string()), "x").unwrap();
        }
        std::fs::write(home.path().join("outer"), "x").unwrap();
        let mut files = Vec::new();
        list_files(home.path(), &mut files).unwrap();
        assert_eq!(files.len(), 3 * AT_ONCE + 1);
        sync(home.path()).unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("nowhere", inner.join("dangling")).unwrap();
            assert!(sync(home.path()).is_err());
        }
    }
}
