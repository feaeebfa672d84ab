//! Small plain records in sorted order, more of them than memory should hold.
//!
//! As long as there are few they stay in memory. Beyond that, sorted runs of them lie in an unnamed
//! temporary file, which nobody else can open and which is gone when the program ends, however it ends;
//! reading merges the runs. A run is sorted and written by a thread of its own while the next one is
//! gathered. The order depends on the records alone.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::JoinHandle;

use crate::error::{Error, Result};

/// Records that are held in memory before they become a run, while those before them are sorted.
const MOST_HELD: usize = 1 << 19;
/// Bytes of a run that are read at a time.
const READ: usize = 64 << 10;

/// A record of a fixed size, which bytes can stand for.
pub trait Plain: Copy + Ord + Send + 'static {
    /// Its size in bytes, at least 1.
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
    /// Where the runs lie, one behind the other; not here while one is being written.
    file: Option<File>,
    /// How many bytes each run has.
    runs: Vec<u64>,
    writing: Option<JoinHandle<io::Result<Written<T>>>>,
}

/// A run has been written.
#[derive(Debug)]
struct Written<T> {
    file: File,
    bytes: u64,
    /// Room for further records, empty.
    room: Vec<T>,
}

impl<T: Plain> SortedRuns<T> {
    /// Gathers records; runs that do not fit memory go to an unnamed file in `folder`.
    pub fn new(folder: &Path) -> SortedRuns<T> {
        SortedRuns {
            folder: folder.to_owned(),
            held: Vec::new(),
            most: MOST_HELD,
            file: None,
            runs: Vec::new(),
            writing: None,
        }
    }

    /// Gathers a part of the records, where `parts` together may hold in memory what one would.
    pub fn part(folder: &Path, parts: usize) -> SortedRuns<T> {
        SortedRuns {
            most: (MOST_HELD / parts.max(1)).max(1),
            ..SortedRuns::new(folder)
        }
    }

    /// Adds records.
    ///
    /// # Errors
    /// A run cannot be written.
    pub fn extend(&mut self, records: impl IntoIterator<Item = T>) -> Result<()> {
        records.into_iter().try_for_each(|record| self.add(record))
    }

    /// Adds a record.
    ///
    /// # Errors
    /// A run cannot be written.
    #[inline]
    pub fn add(&mut self, record: T) -> Result<()> {
        self.held.push(record);
        match self.held.len() == self.most {
            true => self.begin_run(),
            false => Ok(()),
        }
    }

    /// Has what is held sorted and written by a thread of its own.
    #[cold]
    fn begin_run(&mut self) -> Result<()> {
        let room = self.written()?;
        let run = std::mem::replace(&mut self.held, room);
        let file = match self.file.take() {
            Some(file) => file,
            None => tempfile::tempfile_in(&self.folder).map_err(|error| self.fault(&error))?,
        };
        self.writing = Some(std::thread::spawn(move || write_run(run, file)));
        Ok(())
    }

    /// Waits for the run that is being written, if one is; returns room for further records.
    fn written(&mut self) -> Result<Vec<T>> {
        let Some(writing) = self.writing.take() else {
            return Ok(Vec::new());
        };
        let written = writing.join().map_err(|_| {
            let text = "a thread that sorts has crashed";
            Error::Internal(text.to_owned())
        })?;
        let written = written.map_err(|error| self.fault(&error))?;
        self.file = Some(written.file);
        self.runs.push(written.bytes);
        Ok(written.room)
    }

    /// Hands all records in sorted order to `see`.
    ///
    /// # Errors
    /// A run cannot be read, or what `see` says.
    pub fn each(self, see: impl FnMut(T) -> Result<()>) -> Result<()> {
        SortedRuns::each_of(vec![self], see)
    }

    /// Hands the records of all `parts` in sorted order to `see`.
    ///
    /// # Errors
    /// As [`SortedRuns::each`].
    pub fn each_of(parts: Vec<SortedRuns<T>>, mut see: impl FnMut(T) -> Result<()>) -> Result<()> {
        let mut sources = Vec::new();
        for part in parts {
            sources.extend(part.sources()?);
        }
        if let [Source::Held(held)] = &mut sources[..] {
            return held.try_for_each(see);
        }
        let mut heads = BinaryHeap::with_capacity(sources.len());
        for (at, source) in sources.iter_mut().enumerate() {
            heads.extend(source.next()?.map(|record| Reverse((record, at))));
        }
        while let Some(mut head) = heads.peek_mut() {
            let Reverse((record, at)) = *head;
            match sources[at].next()? {
                Some(next) => *head = Reverse((next, at)),
                None => drop(PeekMut::pop(head)),
            }
            see(record)?;
        }
        Ok(())
    }

    /// Where the records come from, each source in sorted order.
    fn sources(mut self) -> Result<Vec<Source<T>>> {
        self.held.sort_unstable();
        drop(self.written()?);
        let held = std::mem::take(&mut self.held);
        let mut sources = vec![Source::Held(held.into_iter())];
        let mut start = 0;
        if let Some(file) = self.file.take() {
            let file = Rc::new(RunFile {
                file,
                folder: self.folder,
            });
            for bytes in &self.runs {
                sources.push(Source::Run(Run::new(start, *bytes, Rc::clone(&file))));
                start += bytes;
            }
        }
        Ok(sources)
    }

    fn fault(&self, error: &io::Error) -> Error {
        Error::output(&self.folder, error)
    }
}

fn write_run<T: Plain>(mut run: Vec<T>, file: File) -> io::Result<Written<T>> {
    run.sort_unstable();
    let mut file = BufWriter::with_capacity(READ, file);
    let bytes = (run.len() * T::SIZE) as u64;
    let mut record_bytes = Vec::with_capacity(T::SIZE);
    for record in run.drain(..) {
        record_bytes.clear();
        record.put(&mut record_bytes);
        file.write_all(&record_bytes)?;
    }
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(Written {
        file,
        bytes,
        room: run,
    })
}

/// Where sorted records come from.
enum Source<T> {
    Held(std::vec::IntoIter<T>),
    Run(Run),
}

impl<T: Plain> Source<T> {
    fn next(&mut self) -> Result<Option<T>> {
        match self {
            Source::Held(records) => Ok(records.next()),
            Source::Run(run) => match run.next(T::SIZE) {
                Ok(bytes) => Ok(bytes.map(T::take)),
                Err(error) => Err(Error::output(&run.file.folder, &error)),
            },
        }
    }
}

/// An unnamed file of runs, and the folder that it lies in.
struct RunFile {
    file: File,
    folder: PathBuf,
}

/// A run in the file, read a block at a time.
struct Run {
    file: Rc<RunFile>,
    /// The bytes of it that have not been read, by their places in the file.
    left: std::ops::Range<u64>,
    block: Vec<u8>,
    /// How much of the block has been handed out.
    taken: usize,
}

impl Run {
    fn new(start: u64, bytes: u64, file: Rc<RunFile>) -> Run {
        Run {
            file,
            left: start..start + bytes,
            block: Vec::new(),
            taken: 0,
        }
    }

    /// The bytes of the next record, which is of that size.
    fn next(&mut self, size: usize) -> io::Result<Option<&[u8]>> {
        if self.taken == self.block.len() {
            if self.left.is_empty() {
                return Ok(None);
            }
            let whole = (READ / size).max(1) * size;
            let more = usize::try_from(self.left.end - self.left.start).unwrap_or(whole);
            self.block.resize(more.min(whole), 0);
            let mut file = &self.file.file;
            file.seek(SeekFrom::Start(self.left.start))?;
            file.read_exact(&mut self.block)?;
            self.left.start += self.block.len() as u64;
            self.taken = 0;
        }
        let record = self.taken..self.taken + size;
        self.taken = record.end;
        Ok(self.block.get(record))
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

    #[test]
    fn runs_are_read_in_blocks() {
        let home = tempfile::tempdir().unwrap();
        let mut runs = SortedRuns::new(home.path());
        // a run is longer than a block, and ends within one
        runs.most = READ / 4 * 2 + 7;
        let records = 5 * runs.most as u32 + 11;
        let scattered = |at: u32| at.wrapping_mul(2_654_435_761);
        runs.extend((0..records).map(scattered)).unwrap();
        let mut expected: Vec<u32> = (0..records).map(scattered).collect();
        expected.sort_unstable();
        let mut expected = expected.into_iter();
        runs.each(|record| {
            assert_eq!(Some(record), expected.next());
            Ok(())
        })
        .unwrap();
        assert_eq!(expected.next(), None);
    }

    #[test]
    fn what_see_says_is_handed_on() {
        let home = tempfile::tempdir().unwrap();
        for most in [2, 100] {
            let mut runs = SortedRuns::new(home.path());
            runs.most = most;
            runs.extend([3_u32, 1, 2, 5, 4]).unwrap();
            let told = runs.each(|record| match record {
                3 => Err(Error::Internal("three".to_owned())),
                _ => Ok(()),
            });
            assert!(told.unwrap_err().to_string().contains("three"));
        }
    }

    proptest! {
        #[test]
        fn runs_on_disk_change_nothing(
            records in proptest::collection::vec(0u32..50, 0..200),
            most in 1usize..40,
            parts in 1usize..4,
        ) {
            let home = tempfile::tempdir().unwrap();
            let part = |_| SortedRuns::part(home.path(), parts);
            let mut all: Vec<SortedRuns<u32>> = (0..parts).map(part).collect();
            all.iter_mut().for_each(|part| part.most = most);
            for (at, record) in records.iter().enumerate() {
                all[at * 7 % parts].add(*record).unwrap();
            }
            let mut read = Vec::new();
            SortedRuns::each_of(all, |record| {
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
