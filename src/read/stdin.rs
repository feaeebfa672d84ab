//! Standard input, for which nobody waits longer than they want to: its sender may be silent for ever.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// Bytes that are taken over at once.
const BLOCK: usize = 256 << 10;
/// How often somebody who waits asks whether it is still worth while.
const PATIENCE: Duration = Duration::from_millis(100);

/// There is one standard input in a process, and so one answer to whether it is waited for.
static GIVEN_UP: AtomicBool = AtomicBool::new(false);

/// Ends all waiting for standard input: whoever reads it gets an error once nothing more is there.
pub fn give_up_waiting() {
    GIVEN_UP.store(true, Ordering::Relaxed);
}

/// The blocks of standard input. A thread of its own waits for them, which a reader could not leave.
pub(super) struct Stdin {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: Vec<u8>,
    served: usize,
}

impl Stdin {
    /// Begins to read.
    pub(super) fn open() -> Stdin {
        Stdin::of(io::stdin())
    }

    fn of(mut source: impl Read + Send + 'static) -> Stdin {
        let (sender, blocks) = sync_channel(1);
        std::thread::spawn(move || {
            while let Some(block) = next(&mut source) {
                let failed = block.is_err();
                if sender.send(block).is_err() || failed {
                    break;
                }
            }
        });
        Stdin {
            blocks,
            block: Vec::new(),
            served: 0,
        }
    }
}

/// The next block; nothing at the end.
fn next(source: &mut impl Read) -> Option<io::Result<Vec<u8>>> {
    let mut block = vec![0; BLOCK];
    loop {
        match source.read(&mut block) {
            Ok(0) => return None,
            Ok(count) => {
                block.truncate(count);
                return Some(Ok(block));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Some(Err(error)),
        }
    }
}

impl Read for Stdin {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.served == self.block.len() {
            match self.blocks.recv_timeout(PATIENCE) {
                Ok(block) => (self.block, self.served) = (block?, 0),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) if GIVEN_UP.load(Ordering::Relaxed) => {
                    return Err(io::Error::other("nobody waits for it any longer"));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        let mut waiting = self.block.get(self.served..).unwrap_or_default();
        let count = waiting.read(into)?;
        self.served += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_once_and_in_order() {
        let bytes: Vec<u8> = (0..BLOCK * 2 + 7).map(|at| (at % 251) as u8).collect();
        let mut read = Vec::new();
        let mut stdin = Stdin::of(io::Cursor::new(bytes.clone()));
        let mut head = [0; 5];
        stdin.read_exact(&mut head).unwrap();
        stdin.read_to_end(&mut read).unwrap();
        assert_eq!(head, bytes[..5]);
        assert!(read == bytes[5..]);
    }

    #[test]
    fn an_error_is_told() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
        }
        let failed = Stdin::of(Broken).read(&mut [0; 8]);
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
