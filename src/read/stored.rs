//! The bytes of an input as they are stored, counted and hashed as they pass.

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::InputPlace;
use super::stdin::Stdin;

/// An opened input.
pub(super) struct Stored {
    source: Source,
    size: Option<u64>,
    /// `None` where nobody asks for the digest.
    hasher: Option<Sha256>,
    bytes: u64,
    /// Bytes that were looked at ahead of time, and how many of them have been handed out since.
    head: Vec<u8>,
    served: usize,
}

enum Source {
    Nothing,
    File(File),
    Stdin(Stdin),
}

impl Stored {
    /// Opens the input; a folder opens too, and fails at the first read.
    pub(super) fn open(place: &InputPlace) -> io::Result<Stored> {
        let (source, size) = match place {
            InputPlace::Path(path) => {
                let file = File::open(path)?;
                let facts = file.metadata()?;
                let size = facts.is_file().then_some(facts.len());
                (Source::File(file), size)
            }
            InputPlace::Stdin => (Source::Stdin(Stdin::open()), None),
        };
        Ok(Stored {
            source,
            size,
            ..Stored::nothing()
        })
    }

    /// An input without bytes.
    pub(super) fn nothing() -> Stored {
        Stored {
            source: Source::Nothing,
            size: None,
            hasher: Some(Sha256::new()),
            bytes: 0,
            head: Vec::new(),
            served: 0,
        }
    }

    /// The first `count` bytes, or all where there are fewer; a later read yields them again. Only
    /// to be called before the first read.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        let mut head = Vec::new();
        self.by_ref().take(count as u64).read_to_end(&mut head)?;
        self.head = head;
        Ok(&self.head)
    }

    /// Appends `count` bytes, or all where there are fewer; says how many. A file's bytes go where there is
    /// room, which need not be filled with something else first.
    pub(super) fn append(&mut self, into: &mut Vec<u8>, count: usize) -> io::Result<usize> {
        let from = into.len();
        let waiting = self.head.len() - self.served;
        let room = self.left().unwrap_or(count).min(count);
        match &mut self.source {
            Source::File(file) if waiting == 0 => {
                into.reserve(room);
                let read = file.take(count as u64).read_to_end(into);
                self.pass(into.get(from..).unwrap_or_default());
                read
            }
            _ => self.take(count as u64).read_to_end(into),
        }
    }

    /// Counts and hashes bytes that have been read.
    fn pass(&mut self, bytes: &[u8]) {
        if let Some(hasher) = &mut self.hasher {
            hasher.update(bytes);
        }
        self.bytes += bytes.len() as u64;
    }

    /// Size of the file in bytes; `None` for what is no regular file.
    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }

    /// How many bytes have been read.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many bytes are left to read, where that is known; a file may still grow.
    pub(super) fn left(&self) -> Option<usize> {
        let left = self.size?.saturating_sub(self.bytes);
        let waiting = self.head.len() - self.served;
        usize::try_from(left).ok()?.checked_add(waiting)
    }

    /// Makes no digest of the bytes read from now on, and forgets what there is of it.
    pub(super) fn leave_digest(&mut self) {
        self.hasher = None;
    }

    /// SHA-256 of the bytes read, in lower-case hexadecimal digits; empty where it was left.
    pub(super) fn sha256(&self) -> String {
        let digest = self.hasher.iter().flat_map(|own| own.clone().finalize());
        digest.map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Read for Stored {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut waiting = self.head.get(self.served..).unwrap_or_default();
        if !waiting.is_empty() {
            let count = waiting.read(into)?;
            self.served += count;
            return Ok(count);
        }
        let count = match &mut self.source {
            Source::File(file) => file.read(into)?,
            Source::Stdin(stdin) => stdin.read(into)?,
            Source::Nothing => 0,
        };
        self.pass(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}
