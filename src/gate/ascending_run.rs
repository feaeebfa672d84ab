//! Entries on disk in the order of their keys, and an index of them in memory.
//!
//! What comes later has larger keys, so it goes behind what is there, and nothing is ever sorted or merged. The
//! index knows the first key of every 64 entries, and 16 bits of each key's hash: 2.125 bytes an entry. A key
//! that has no entry is looked up on disk once in a thousand times.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use super::run::{BUFFER, entry_at};
use super::seen::hash;

/// Entries of which the index knows the first key.
const BLOCK: usize = 64;

/// Entries in the order of their keys, in an unnamed temporary file, which nobody else can open and which is
/// gone when the program ends, however it ends.
#[derive(Debug)]
pub(super) struct AscendingRun<const CHECK: usize> {
    file: File,
    /// The first key of each block.
    firsts: Vec<i64>,
    /// Of each entry 16 bits of its key's hash.
    prints: Vec<u16>,
}

impl<const CHECK: usize> AscendingRun<CHECK> {
    /// No entries yet, in a file in `folder`.
    ///
    /// # Errors
    /// The file cannot be made.
    pub(super) fn begin(folder: &Path) -> io::Result<AscendingRun<CHECK>> {
        Ok(AscendingRun {
            file: tempfile::tempfile_in(folder)?,
            firsts: Vec::new(),
            prints: Vec::new(),
        })
    }

    /// How many entries there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.prints.len()
    }

    /// Adds the entries of keys that are larger than all of them, in order.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn append(&mut self, keys: &[i64], meanings: &[[u8; CHECK]]) -> io::Result<()> {
        self.file.seek(SeekFrom::End(0))?;
        let mut file = BufWriter::with_capacity(BUFFER, &self.file);
        // by doubling they would take up to twice the memory
        self.prints.reserve_exact(keys.len());
        for (key, meaning) in keys.iter().zip(meanings) {
            file.write_all(&key.to_le_bytes())?;
            file.write_all(meaning)?;
            if self.prints.len().is_multiple_of(BLOCK) {
                self.firsts.push(*key);
            }
            self.prints.push(print(*key));
        }
        file.flush()
    }

    /// What a key stands for.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn find(&self, key: i64) -> io::Result<Option<[u8; CHECK]>> {
        let behind = self.firsts.partition_point(|first| *first <= key);
        let Some(block) = behind.checked_sub(1) else {
            return Ok(None);
        };
        let places = block * BLOCK..self.prints.len().min(behind * BLOCK);
        let own = print(key);
        for at in places.filter(|at| self.prints[*at] == own) {
            let (found, meaning) = entry_at(&self.file, at)?;
            if found == key as u64 {
                return Ok(Some(meaning));
            }
        }
        Ok(None)
    }

    /// How many bytes of memory the run takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.prints.capacity() * 2 + self.firsts.capacity() * 8
    }
}

fn print(key: i64) -> u16 {
    (hash(key) >> 48) as u16
}
