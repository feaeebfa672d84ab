//! Digests in the order of their rows: in memory while they are few, then in an unnamed temporary file,
//! which nobody else can open and which is gone when the program ends, however it ends.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::digest::Digests;
use crate::error::{Error, Result};

/// Digests that are held in memory, and that are read from the file at a time.
const MOST_HELD: usize = 1 << 20;
const SIZE: usize = 16;

/// The digests of one snapshot.
pub(super) struct DigestStore {
    folder: PathBuf,
    held: Digests,
    file: Option<BufWriter<File>>,
    stored: usize,
}

impl DigestStore {
    pub(super) fn new(folder: &Path) -> DigestStore {
        DigestStore {
            folder: folder.to_owned(),
            held: Digests::default(),
            file: None,
            stored: 0,
        }
    }

    /// Adds those of the next rows.
    pub(super) fn push(&mut self, digests: &Digests) -> Result<()> {
        self.held.ids.extend_from_slice(&digests.ids);
        self.held.contents.extend_from_slice(&digests.contents);
        if self.held.ids.len() >= MOST_HELD {
            let moved = self.spill();
            moved.map_err(|error| Error::output(&self.folder, &error))?;
        }
        Ok(())
    }

    fn spill(&mut self) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let file = tempfile::tempfile_in(&self.folder)?;
                self.file.insert(BufWriter::with_capacity(1 << 18, file))
            }
        };
        for (id, content) in self.held.ids.iter().zip(&self.held.contents) {
            file.write_all(&id.to_le_bytes())?;
            file.write_all(&content.to_le_bytes())?;
        }
        self.stored += self.held.ids.len();
        self.held.ids.clear();
        self.held.contents.clear();
        Ok(())
    }

    /// Hands all of them to `see` in order, many at a time: keys and contents.
    pub(super) fn each(&mut self, mut see: impl FnMut(&[i64], &[u64]) -> Result<()>) -> Result<()> {
        let failed = |error: std::io::Error| Error::output(&self.folder, &error);
        if let Some(file) = &mut self.file {
            file.flush().map_err(failed)?;
            let mut reader = BufReader::with_capacity(1 << 18, file.get_ref());
            reader.rewind().map_err(failed)?;
            let mut left = self.stored;
            let mut block = Digests::default();
            while left > 0 {
                let rows = left.min(MOST_HELD / 4);
                read_block(&mut reader, rows, &mut block).map_err(failed)?;
                see(&block.ids, &block.contents)?;
                left -= rows;
            }
            file.get_ref()
                .seek(std::io::SeekFrom::End(0))
                .map_err(failed)?;
        }
        see(&self.held.ids, &self.held.contents)
    }
}

fn read_block(reader: &mut impl Read, rows: usize, block: &mut Digests) -> std::io::Result<()> {
    block.ids.clear();
    block.contents.clear();
    let mut bytes = [0; SIZE];
    for _ in 0..rows {
        reader.read_exact(&mut bytes)?;
        let (id, content) = bytes.split_at(8);
        let number = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
        block.ids.push(number(id) as i64);
        block.contents.push(number(content));
    }
    Ok(())
}
