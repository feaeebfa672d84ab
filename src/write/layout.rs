//! Which file of an output lies where: flat for one landlord, partitioned in Hive style for many.

use std::path::{Path, PathBuf};

use super::folder::create_folder;
use crate::error::{Error, Result};

/// Where the files of one landlord lie.
#[derive(Debug, Clone)]
pub struct Layout {
    root: PathBuf,
    landlord: Option<String>,
}

impl Layout {
    /// The files of the only landlord of an output.
    pub fn flat(root: &Path) -> Layout {
        Layout {
            root: root.to_owned(),
            landlord: None,
        }
    }

    /// The files of one landlord among many.
    pub fn partition(root: &Path, landlord: &str) -> Layout {
        Layout {
            root: root.to_owned(),
            landlord: Some(landlord.to_owned()),
        }
    }

    /// The folder in which everything lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the landlord is told by the folder's name.
    pub fn is_partition(&self) -> bool {
        self.landlord.is_some()
    }

    /// A file of the landlord, relative to the output: `stem.ending`, or
    /// `stem/landlord=CODE/part-0.ending`.
    pub fn relative(&self, stem: &str, ending: &str) -> String {
        match &self.landlord {
            None => format!("{stem}.{ending}"),
            Some(code) => format!("{stem}/landlord={code}/part-0.{ending}"),
        }
    }

    /// The same file where it is written; its folder is created.
    ///
    /// # Errors
    /// Why the folder cannot be created.
    pub fn file(&self, stem: &str, ending: &str) -> Result<PathBuf> {
        let path = self.root.join(self.relative(stem, ending));
        if let Some(folder) = path.parent() {
            create_folder(folder)?;
        }
        Ok(path)
    }

    /// The rejects of an input of that name.
    pub fn rejects(&self, input: &str) -> PathBuf {
        let folder = self.root.join("rejects");
        match &self.landlord {
            None => folder.join(input),
            Some(code) => folder.join(code).join(input),
        }
    }

    /// Removes what was written of a landlord that failed.
    ///
    /// # Errors
    /// Why it cannot be removed.
    pub fn remove(&self) -> Result<()> {
        let Some(code) = &self.landlord else {
            return Ok(());
        };
        let partition = format!("landlord={code}");
        let tables =
            std::fs::read_dir(&self.root).map_err(|error| Error::output(&self.root, &error))?;
        for table in tables.flatten() {
            for own in [table.path().join(&partition), table.path().join(code)] {
                if own.is_dir() {
                    std::fs::remove_dir_all(&own).map_err(|error| Error::output(&own, &error))?;
                    // The folder of a table goes with its last landlord.
                    let _ = std::fs::remove_dir(table.path());
                }
            }
        }
        Ok(())
    }
}
