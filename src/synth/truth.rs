//! `truth.csv`: which fault was planted where, and which rule is to find it.

use std::io::Write;
use std::path::PathBuf;

use super::alert::Alert;
use super::labels::Labels;
use super::shape::Shape;
use crate::error::{Error, Result};

/// The file in the making.
pub struct Truth {
    path: PathBuf,
    writer: csv::Writer<Box<dyn Write>>,
    shape: Shape,
    planted: u64,
}

impl Truth {
    /// Begins the file with its header.
    pub fn new(path: PathBuf, out: Box<dyn Write>, shape: Shape) -> Result<Truth> {
        let mut truth = Truth {
            path,
            writer: csv::Writer::from_writer(out),
            shape,
            planted: 0,
        };
        truth.line(["record", "fault", "column", "rule"])?;
        Ok(truth)
    }

    /// Tells what is wrong with a record, where something is.
    pub fn tell(&mut self, alert: &Alert, labels: &Labels) -> Result<()> {
        let Some((fault, told)) = alert
            .fault
            .and_then(|fault| Some((fault, fault.told(self.shape)?)))
        else {
            return Ok(());
        };
        self.planted += 1;
        let column = told.column.map_or("", |column| column.name(labels));
        let record = alert.record.to_string();
        self.line([&record, fault.name(), column, told.rule.unwrap_or_default()])
    }

    /// Ends the file; returns how many faults it tells of.
    pub fn finish(mut self) -> Result<u64> {
        self.writer
            .flush()
            .map_err(|error| Error::output(&self.path, &error))?;
        Ok(self.planted)
    }

    fn line(&mut self, cells: [&str; 4]) -> Result<()> {
        let written = self.writer.write_record(cells);
        written.map_err(|error| Error::output(&self.path, &std::io::Error::from(error)))
    }
}
