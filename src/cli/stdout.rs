//! Standard output whose reader may go away.

use std::io::{BufWriter, ErrorKind, Result, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};

use crate::report::text::Paint;

/// Whether standard output shows colours: it is a terminal that can, and neither `NO_COLOR` nor `TERM=dumb`
/// says otherwise.
pub(super) fn paint() -> Paint {
    match AutoStream::choice(&std::io::stdout()) {
        ColorChoice::Never => Paint::Plain,
        _ => Paint::Coloured,
    }
}

/// Standard output, locked and buffered. Once its reader is gone (`pac codes list | head -1`) the
/// rest is dropped without complaint, so that a run that also writes files still ends well.
pub struct Stdout<W: Write = StdoutLock<'static>> {
    inner: BufWriter<W>,
    reader_gone: bool,
}

impl Stdout {
    /// Locks standard output until the value is dropped.
    pub fn lock() -> Stdout {
        Stdout::new(std::io::stdout().lock())
    }
}

impl<W: Write> Stdout<W> {
    fn new(inner: W) -> Stdout<W> {
        Stdout {
            inner: BufWriter::new(inner),
            reader_gone: false,
        }
    }

    fn forgive<T>(&mut self, result: Result<T>, instead: T) -> Result<T> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.reader_gone = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: Write> Write for Stdout<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.reader_gone {
            return Ok(bytes.len());
        }
        let result = self.inner.write(bytes);
        self.forgive(result, bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        if self.reader_gone {
            return Ok(());
        }
        let result = self.inner.flush();
        self.forgive(result, ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn only_a_reader_that_is_gone_is_forgiven() {
        let much = vec![b'x'; 100_000];
        let mut gone = Stdout::new(Failing(ErrorKind::BrokenPipe));
        gone.write_all(&much).unwrap();
        gone.write_all(b"more").unwrap();
        gone.flush().unwrap();
        let mut full = Stdout::new(Failing(ErrorKind::StorageFull));
        full.write_all(b"little").unwrap();
        assert_eq!(full.flush().unwrap_err().kind(), ErrorKind::StorageFull);
    }
}
