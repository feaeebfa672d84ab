//! Records as delimited text.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::output_failed;
use crate::error::{Error, Result};

/// Writes records of any number of cells.
pub(super) struct CsvText<'o> {
    writer: Writer<&'o mut dyn Write>,
}

impl<'o> CsvText<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> CsvText<'o> {
        let mut builder = WriterBuilder::new();
        builder.flexible(true).terminator(Terminator::CRLF);
        CsvText {
            writer: builder.from_writer(out),
        }
    }

    /// Writes a record.
    pub(super) fn cells<T: AsRef<str>>(&mut self, cells: impl Iterator<Item = T>) -> Result<()> {
        let mut cells = cells;
        let written = cells.try_for_each(|cell| self.writer.write_field(cell.as_ref()));
        let ended = written.and_then(|()| self.writer.write_record(None::<&[u8]>));
        ended.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => output_failed(&error),
            other => Error::Internal(format!("{other:?}")),
        })
    }
}

impl Drop for CsvText<'_> {
    fn drop(&mut self) {
        // whoever owns the output flushes it again, and tells what goes wrong
        let _: io::Result<()> = self.writer.flush();
    }
}
