//! Small plain records in sorted order, more of them than memory should hold.
//!
//! As long as there are few they stay in memory. Beyond that, sorted runs of them lie in unnamed
//! temporary files, which nobody else can open and which are gone when the program ends, however it
//! ends; reading merges the runs. The order depends on the records alone.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Records that are held in memory before they become a run.
const MOST_HELD: usize = 1 << 20;
/// Bytes of a run that are read at a time.
const READ: usize = 64 << 10;

/// A record of a fixed size, which bytes can stand for.
pub trait Plain: Copy + Ord {
    /// Its size in bytes, at most 32.
    const SIZE: usize;

    /// Appends its bytes.
    fn put(&self, into: &mut Vec<u8>);

    /// The record that those bytes stand for.
    fn take(bytes: &[u8]) -> Self;
}

/// Records that are gathered to be read in sorted order.
#[derive(Debug)]
pub struct SortedRuns<T> {
    folder: PathBuf,
    held: Vec<T>,
    most: usize,
    runs: Vec<File>,
}

impl<T: Plain> SortedRuns<T> {
    /// Gathers records; runs that do not fit memory go to unnamed files in `folder`.
    pub fn new(folder: &Path) -> SortedRuns<T> {
        SortedRuns {
            folder: folder.to_owned(),
            held: Vec::new(),
            most: MOST_HELD,
            runs: Vec::new(),
        }
    }

    /// Adds records.
    ///
    /// # Errors
    /// A run cannot be written.
    pub fn extend(&mut self, records: impl IntoIterator<Item = T>) -> Result<()> {
        for record in records {
            self.held.push(record);
            if self.held.len() == self.most {
                self.held.sort_unstable();
                let run = self.write_run();
                self.runs.push(run.map_err(|error| self.fault(&error))?);
                self.held.clear();
            }
        }
        Ok(())
    }

    fn write_run(&self) -> io::Result<File> {
        let mut file = BufWriter::new(tempfile::tempfile_in(&self.folder)?);
        let mut bytes = Vec::with_capacity(T::SIZE);
        for record in &self.held {
            bytes.clear();
            record.put(&mut bytes);
            file.write_all(&bytes)?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(file)
    }

    /// Hands all records in sorted order to `see`.
    ///
    /// # Errors
    /// A run cannot be read, or what `see` says.
    pub fn each(mut self, mut see: impl FnMut(T) -> Result<()>) -> Result<()> {
        self.held.sort_unstable();
        let runs = std::mem::take(&mut self.runs).into_iter();
        let mut runs: Vec<_> = runs
            .map(|run| BufReader::with_capacity(READ, run))
            .collect();
        let mut held = std::mem::take(&mut self.held).into_iter();
        let mut heads = BinaryHeap::new();
        for at in 0..=runs.len() {
            let next = self.next(&mut runs, &mut held, at)?;
            heads.extend(next.map(|record| Reverse((record, at))));
        }
        while let Some(Reverse((record, at))) = heads.pop() {
            see(record)?;
            let next = self.next(&mut runs, &mut held, at)?;
            heads.extend(next.map(|record| Reverse((record, at))));
        }
        Ok(())
    }

    /// The next record of a run; the last run is the one in memory.
    fn next(
        &self,
        runs: &mut [BufReader<File>],
        held: &mut impl Iterator<Item = T>,
        at: usize,
    ) -> Result<Option<T>> {
        let Some(run) = runs.get_mut(at) else {
            return Ok(held.next());
        };
        let mut bytes = [0; 32];
        let bytes = bytes.get_mut(..T::SIZE).unwrap_or_default();
        match run.read_exact(bytes) {
            Ok(()) => Ok(Some(T::take(bytes))),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(self.fault(&error)),
        }
    }

    fn fault(&self, error: &io::Error) -> Error {
        Error::output(&self.folder, error)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Plain for u32 {
        const SIZE: usize = 4;

        fn put(&self, into: &mut Vec<u8>) {
            into.extend_from_slice(&self.to_le_bytes());
        }

        fn take(bytes: &[u8]) -> u32 {
            u32::from_le_bytes(bytes.try_into().unwrap())
        }
    }

    proptest! {
        #[test]
        fn runs_on_disk_change_nothing(
            records in proptest::collection::vec(0u32..50, 0..200),
            most in 1usize..40,
        ) {
            let home = tempfile::tempdir().unwrap();
            let mut runs = SortedRuns::new(home.path());
            runs.most = most;
            runs.extend(records.iter().copied()).unwrap();
            let mut read = Vec::new();
            runs.each(|record| {
                read.push(record);
                Ok(())
            })
            .unwrap();
            let mut expected = records;
            expected.sort_unstable();
            prop_assert_eq!(read, expected);
            prop_assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        }
    }
}
