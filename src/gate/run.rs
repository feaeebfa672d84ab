//! Entries on disk: a run of them in the order of their hashes, and an index of the run in memory.
//!
//! The hashes are spread evenly, so that a bucket of the index, an equal share of all hashes, holds a
//! dozen or two. The index knows where each bucket begins, and 16 more bits of each hash: 2.25 bytes an
//! entry. A key that has no entry is looked up on disk once in four thousand times, one that has an entry
//! always, and each time at one place.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::iter::Peekable;
use std::path::Path;

use super::held::Entry;

/// Entries of a bucket, on average.
const BUCKET: u64 = 16;
/// Bytes that are read or written at a time.
pub(super) const BUFFER: usize = 256 << 10;
/// Bytes of the largest entry.
const MOST_BYTES: usize = 16;

/// Entries in the order of their hashes, in an unnamed temporary file, which nobody else can open and
/// which is gone when the program ends, however it ends.
#[derive(Debug)]
pub(super) struct Run<const CHECK: usize> {
    file: File,
    index: Index,
}

impl<const CHECK: usize> Run<CHECK> {
    /// Writes a run of `count` entries, which come in the order of their hashes.
    ///
    /// # Errors
    /// The file cannot be written, or an entry could not be read.
    pub(super) fn write(
        folder: &Path,
        count: usize,
        entries: impl Iterator<Item = io::Result<Entry<CHECK>>>,
    ) -> io::Result<Run<CHECK>> {
        let mut file = BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(folder)?);
        let mut index = Index::with_room(count);
        for entry in entries {
            let (hash, meaning) = entry?;
            file.write_all(&hash.to_le_bytes())?;
            file.write_all(&meaning)?;
            index.push(hash);
        }
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        index.end();
        Ok(Run { file, index })
    }

    /// Makes one run of two that have no key in common.
    ///
    /// # Errors
    /// A file cannot be written or read.
    pub(super) fn merge(folder: &Path, one: Run<CHECK>, other: Run<CHECK>) -> io::Result<Self> {
        let count = one.len() + other.len();
        // The files are enough to merge by: the two indices need not lie in memory beside the third.
        let [one, other] = [one, other].map(|run| run.file);
        let mut one = entries(&one)?.peekable();
        let mut other = entries(&other)?.peekable();
        let merged = std::iter::from_fn(|| match comes_first(&mut one, &mut other) {
            true => one.next(),
            false => other.next(),
        });
        Run::write(folder, count, merged)
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.index.prints.len()
    }

    /// What the key with that hash stands for.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(super) fn find(&self, hash: u64) -> io::Result<Option<[u8; CHECK]>> {
        for at in self.index.places(hash) {
            let (found, meaning) = entry_at(&self.file, at)?;
            if found == hash {
                return Ok(Some(meaning));
            }
        }
        Ok(None)
    }

    /// How many bytes of memory the run takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.index.prints.capacity() * 2 + self.index.starts.capacity() * 4
    }
}

/// All entries of a run's file in order.
fn entries<const CHECK: usize>(
    file: &File,
) -> io::Result<impl Iterator<Item = io::Result<Entry<CHECK>>>> {
    let mut reader = BufReader::with_capacity(BUFFER, file);
    reader.rewind()?;
    Ok(std::iter::from_fn(move || {
        let mut bytes = [0; MOST_BYTES];
        let bytes = &mut bytes[..8 + CHECK];
        match reader.read_exact(bytes) {
            Ok(()) => Some(Ok(entry(bytes))),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
            Err(error) => Some(Err(error)),
        }
    }))
}

/// Whether the next of `one` comes before the next of `other`; an error comes first.
fn comes_first<const CHECK: usize, I>(one: &mut Peekable<I>, other: &mut Peekable<I>) -> bool
where
    I: Iterator<Item = io::Result<Entry<CHECK>>>,
{
    match (one.peek(), other.peek()) {
        (Some(Ok((one, _))), Some(Ok((other, _)))) => one < other,
        (Some(Err(_)), _) | (_, None) => true,
        (_, Some(_)) => false,
    }
}

fn entry<const CHECK: usize>(bytes: &[u8]) -> Entry<CHECK> {
    let (hash, meaning) = bytes.split_first_chunk().unwrap_or((&[0; 8], &[]));
    let meaning = meaning.first_chunk().unwrap_or(&[0; CHECK]);
    (u64::from_le_bytes(*hash), *meaning)
}

/// The entry with that place in a file of entries.
///
/// # Errors
/// It cannot be read.
pub(super) fn entry_at<const CHECK: usize>(file: &File, place: usize) -> io::Result<Entry<CHECK>> {
    let mut bytes = [0; MOST_BYTES];
    let bytes = &mut bytes[..8 + CHECK];
    read_at(file, bytes, (place * bytes.len()) as u64)?;
    Ok(entry(bytes))
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    file.seek(io::SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

/// Where in a run an entry may stand.
#[derive(Debug)]
struct Index {
    buckets: u64,
    /// Where each bucket begins, and at last where the last one ends.
    starts: Vec<u32>,
    /// Of each entry 16 bits of its hash.
    prints: Vec<u16>,
}

impl Index {
    fn with_room(count: usize) -> Index {
        let buckets = (count as u64 / BUCKET).max(1);
        Index {
            buckets,
            starts: Vec::with_capacity(buckets as usize + 1),
            prints: Vec::with_capacity(count),
        }
    }

    /// The bucket of a hash, and the bits by which it is known there.
    fn place(&self, hash: u64) -> (usize, u16) {
        let place = u128::from(hash) * u128::from(self.buckets);
        ((place >> 64) as usize, (place >> 48) as u16)
    }

    /// Adds the next entry.
    fn push(&mut self, hash: u64) {
        let (bucket, print) = self.place(hash);
        if self.starts.len() <= bucket {
            self.starts.resize(bucket + 1, self.prints.len() as u32);
        }
        self.prints.push(print);
    }

    fn end(&mut self) {
        let end = self.prints.len() as u32;
        self.starts.resize(self.buckets as usize + 1, end);
    }

    /// Where the entry of a hash may stand.
    fn places(&self, hash: u64) -> impl Iterator<Item = usize> {
        let (bucket, print) = self.place(hash);
        let (start, end) = (
            self.starts[bucket] as usize,
            self.starts[bucket + 1] as usize,
        );
        let prints = self.prints[start..end].iter().enumerate();
        prints
            .filter(move |(_, own)| **own == print)
            .map(move |(at, _)| start + at)
    }
}
