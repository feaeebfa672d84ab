//! Entries of keys each of which is larger than all keys before it, as they come in most exports: they need
//! no place to be looked for, and no look whether they were seen.

use std::io;
use std::path::Path;

use super::ascending_run::AscendingRun;

/// Entries in the order of their keys: the first of them on disk, the others in memory.
#[derive(Debug)]
pub(super) struct Ascending<const CHECK: usize> {
    written: Option<AscendingRun<CHECK>>,
    keys: Vec<i64>,
    meanings: Vec<[u8; CHECK]>,
}

impl<const CHECK: usize> Default for Ascending<CHECK> {
    fn default() -> Self {
        Ascending {
            written: None,
            keys: Vec::new(),
            meanings: Vec::new(),
        }
    }
}

impl<const CHECK: usize> Ascending<CHECK> {
    /// How many entries there are in memory.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Those on disk.
    pub(super) fn written(&self) -> Option<&AscendingRun<CHECK>> {
        self.written.as_ref()
    }

    /// Adds the entry of a key that is larger than all of them.
    pub(super) fn add(&mut self, key: i64, meaning: [u8; CHECK]) {
        self.keys.push(key);
        self.meanings.push(meaning);
    }

    /// What a key stands for, by the entries in memory.
    pub(super) fn find(&self, key: i64) -> Option<[u8; CHECK]> {
        let at = self.keys.binary_search(&key).ok()?;
        self.meanings.get(at).copied()
    }

    /// Moves what is in memory to disk, to an unnamed file in `folder`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn spill(&mut self, folder: &Path) -> io::Result<()> {
        let written = match &mut self.written {
            Some(written) => written,
            None => self.written.insert(AscendingRun::begin(folder)?),
        };
        written.append(&self.keys, &self.meanings)?;
        self.keys.clear();
        self.meanings.clear();
        Ok(())
    }
}
