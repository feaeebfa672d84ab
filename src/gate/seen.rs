//! Keys that were seen, each with a part of what it stood for first.
//!
//! As long as there are few they stay in memory, an entry of 14 bytes an alert with little room around it:
//! those of ascending keys in a row, as most exports have them, the others in a table.
//! Beyond that they lie on disk, with an index of 2.25 bytes an entry in memory: the row as it is, with what
//! comes later behind it, and the others as sorted runs. Runs of like size become one, so that there are few to
//! look into: of a hundred million entries half a dozen.

use std::io;
use std::path::{Path, PathBuf};

use super::ascending::Ascending;
use super::held::Held;
use super::run::Run;

/// Entries that are held in memory before they become a run.
const MOST_HELD: usize = 1 << 20;
/// Entries of the largest run.
const MOST_MERGED: usize = u32::MAX as usize;

/// Keys that were seen, at least 1 each. `CHECK` bytes of a meaning are kept: two meanings that agree in
/// them count as one.
#[derive(Debug)]
pub(super) struct Seen<const CHECK: usize> {
    /// The largest key so far.
    highest: i64,
    /// Keys that were the largest when they came.
    ascending: Ascending<CHECK>,
    /// All others.
    held: Held<CHECK>,
    /// The oldest and largest run first.
    runs: Vec<Run<CHECK>>,
    most: usize,
    folder: PathBuf,
}

impl<const CHECK: usize> Seen<CHECK> {
    /// No keys yet; those that do not fit memory go to unnamed files in `folder`.
    pub(super) fn new(folder: &Path) -> Self {
        Self::with_most(folder, MOST_HELD)
    }

    /// No keys yet, of which no more than `most` are to be in memory.
    pub(super) fn with_most(folder: &Path, most: usize) -> Self {
        Seen {
            highest: i64::MIN,
            ascending: Ascending::default(),
            held: Held::default(),
            runs: Vec::new(),
            most,
            folder: folder.to_owned(),
        }
    }

    /// Whether a key stood for that meaning first; `None` where it was not seen.
    ///
    /// # Errors
    /// A run cannot be read.
    pub(super) fn stood_for(&self, key: i64, meaning: u64) -> io::Result<Option<bool>> {
        let first = self.meaning(key)?;
        Ok(first.map(|first| first == check(meaning)))
    }

    /// Brings near what will be asked of keys.
    pub(super) fn touch(&self, keys: impl Iterator<Item = i64>) {
        let looked_up = keys.filter(|key| *key <= self.highest);
        let all = looked_up.fold(0, |all, key| all ^ self.held.touch(hash(key)));
        std::hint::black_box(all);
    }

    /// What is kept of what a key stood for first.
    ///
    /// # Errors
    /// A run cannot be read.
    pub(super) fn meaning(&self, key: i64) -> io::Result<Option<[u8; CHECK]>> {
        if key > self.highest {
            return Ok(None);
        }
        let hash = hash(key);
        match self.held.find(hash).or_else(|| self.ascending.find(key)) {
            None => self.find_on_disk(key, hash),
            held => Ok(held),
        }
    }

    /// Notes what a key stands for; returns whether that is what it stood for first.
    ///
    /// # Errors
    /// A run cannot be read or written.
    pub(super) fn first(&mut self, key: i64, meaning: u64) -> io::Result<bool> {
        match self.meaning(key)? {
            Some(first) => Ok(first == check(meaning)),
            None => {
                self.add(key, meaning)?;
                Ok(true)
            }
        }
    }

    /// Notes what a key stands for that was not seen, as [`Seen::stood_for`] has said.
    ///
    /// # Errors
    /// A run cannot be written.
    pub(super) fn add(&mut self, key: i64, meaning: u64) -> io::Result<()> {
        if key > self.highest {
            self.highest = key;
            self.ascending.add(key, check(meaning));
        } else {
            self.held.add(hash(key), check(meaning));
        }
        if self.held.len() + self.ascending.len() == self.most {
            self.spill()?;
        }
        Ok(())
    }

    fn find_on_disk(&self, key: i64, hash: u64) -> io::Result<Option<[u8; CHECK]>> {
        if let Some(row) = self.ascending.written()
            && let Some(first) = row.find(key)?
        {
            return Ok(Some(first));
        }
        for run in &self.runs {
            if let Some(first) = run.find(hash)? {
                return Ok(Some(first));
            }
        }
        Ok(None)
    }

    /// Moves the larger part of what is in memory to disk.
    #[cold]
    fn spill(&mut self) -> io::Result<()> {
        match self.ascending.len() >= self.held.len() {
            true => self.ascending.spill(&self.folder),
            false => self.spill_held(),
        }
    }

    /// Makes a run of what is held, and one run of all those of like size.
    fn spill_held(&mut self) -> io::Result<()> {
        let count = self.held.len();
        let entries = self.held.drain_sorted().map(Ok);
        let mut run = Run::write(&self.folder, count, entries)?;
        let joins = |older: &mut Run<CHECK>, run: &Run<CHECK>| {
            older.len() <= 2 * run.len() && older.len() + run.len() <= MOST_MERGED
        };
        while let Some(older) = self.runs.pop_if(|older| joins(older, &run)) {
            run = Run::merge(&self.folder, older, run)?;
        }
        self.runs.push(run);
        Ok(())
    }
}

/// A hash that no other key has.
pub(super) fn hash(key: i64) -> u64 {
    (key as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn check<const CHECK: usize>(meaning: u64) -> [u8; CHECK] {
    let bytes = meaning.to_le_bytes();
    std::array::from_fn(|at| bytes[at])
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::super::ascending_run::AscendingRun;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn it_remembers_what_a_map_would(
            notes in proptest::collection::vec((1i64..200, 0u64..4, any::<bool>()), 0..800),
            spread in prop::sample::select(vec![1i64, 1 << 20, (1 << 41) + 7]),
            most in prop::sample::select(vec![2usize, 7, 30, 120, MOST_HELD]),
        ) {
            let home = tempfile::tempdir().unwrap();
            let mut seen = Seen::<6>::with_most(home.path(), most);
            let mut known: HashMap<i64, u64> = HashMap::new();
            for (key, meaning, asks) in notes {
                let key = key * spread;
                if asks {
                    let expected = known.get(&key).map(|first| *first == meaning);
                    prop_assert_eq!(seen.stood_for(key, meaning).unwrap(), expected);
                }
                let first = *known.entry(key).or_insert(meaning) == meaning;
                prop_assert_eq!(seen.first(key, meaning).unwrap(), first);
                prop_assert_eq!(seen.stood_for(key, meaning).unwrap(), Some(first));
            }
            let spilled: usize = seen.runs.iter().map(Run::len).sum();
            let spilled = spilled + seen.ascending.written().map_or(0, AscendingRun::len);
            let held = seen.held.len() + seen.ascending.len();
            prop_assert_eq!(held + spilled, known.len());
            prop_assert!(held < most);
            prop_assert_eq!(seen.stood_for(201 * spread, 0).unwrap(), None);
            prop_assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn an_entry_takes_no_more_than_a_few_bytes() {
        let home = tempfile::tempdir().unwrap();
        let mut seen = Seen::<6>::with_most(home.path(), usize::MAX);
        for key in (1..1_000_000).rev() {
            assert!(seen.first(key, key as u64).unwrap());
        }
        let held = seen.held.bytes();
        assert!(held < 22 * 1_000_000, "{held}");
    }

    #[test]
    fn an_entry_on_disk_takes_less_than_three_bytes_of_memory_in_few_runs() {
        let home = tempfile::tempdir().unwrap();
        let mut seen = Seen::<6>::with_most(home.path(), 10_000);
        for key in (1_000_000..2_000_000).chain((1..1_000_000).rev()) {
            assert!(seen.first(key, key as u64).unwrap());
        }
        assert!(seen.runs.len() <= 6, "{}", seen.runs.len());
        let indices: usize = seen.runs.iter().map(Run::bytes).sum();
        assert!(indices < 3 * 1_000_000, "{indices}");
        let row = seen.ascending.written().map_or(0, AscendingRun::bytes);
        assert!(row > 2 * 900_000 && row < 3 * 1_000_000, "{row}");
    }

    #[test]
    fn a_run_that_cannot_be_written_is_an_error() {
        let home = tempfile::tempdir().unwrap();
        let mut seen = Seen::<6>::with_most(&home.path().join("gone"), 2);
        assert!(seen.first(1, 1).unwrap());
        assert_eq!(
            seen.first(2, 2).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
    }
}
