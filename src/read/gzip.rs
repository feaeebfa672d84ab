//! The bytes of a gzip file: those of all its members, one behind another.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use super::stored::Stored;

/// Unpacks a gzip file. NUL bytes behind a member, which fill up tapes and blocks, are passed over.
pub(super) enum Members {
    /// In a member.
    Within(Box<GzDecoder<BufReader<Stored>>>),
    /// Behind the last one.
    Behind(Box<BufReader<Stored>>),
}

impl Members {
    /// Of a file that begins with a member; read in steps of so many bytes.
    pub(super) fn new(stored: Stored, step: usize) -> Members {
        let packed = BufReader::with_capacity(step, stored);
        Members::Within(Box::new(GzDecoder::new(packed)))
    }

    /// The bytes as stored.
    pub(super) fn stored(&self) -> &Stored {
        match self {
            Members::Within(member) => member.get_ref().get_ref(),
            Members::Behind(packed) => packed.get_ref(),
        }
    }

    /// Goes on behind a member.
    fn next_member(&mut self) -> io::Result<()> {
        let Members::Within(member) = self else {
            return Ok(());
        };
        let ended = pass_nul(member.get_mut())?;
        let nothing = Box::new(BufReader::with_capacity(0, Stored::nothing()));
        if let Members::Within(member) = std::mem::replace(self, Members::Behind(nothing)) {
            let packed = member.into_inner();
            *self = match ended {
                true => Members::Behind(Box::new(packed)),
                false => Members::Within(Box::new(GzDecoder::new(packed))),
            };
        }
        Ok(())
    }
}

impl Read for Members {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Members::Within(member) = self {
            let count = member.read(into)?;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            self.next_member()?;
        }
        Ok(0)
    }
}

/// Passes NUL bytes; says whether nothing follows them.
fn pass_nul(packed: &mut BufReader<Stored>) -> io::Result<bool> {
    loop {
        let bytes = packed.fill_buf()?;
        if bytes.is_empty() {
            return Ok(true);
        }
        let nul = bytes.iter().take_while(|byte| **byte == 0).count();
        let more = nul < bytes.len();
        packed.consume(nul);
        if more {
            return Ok(false);
        }
    }
}
