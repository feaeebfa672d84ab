//! The gate for alerts that a log of changes has deleted: what an export says of an alert prevails.

use std::io;

use super::{Gate, GateFault};
use crate::candidate::{Candidates, Outcome};
use crate::error::{Error, Result};

impl Gate {
    /// As [`Gate::pass`], for alerts that a log has deleted, behind those of all exports: those that an export
    /// has too, accepted or not, are skipped, and of each that goes through it is noted that no export has it.
    ///
    /// # Errors
    /// A temporary file cannot be written or read.
    pub fn pass_deleted(&mut self, batch: &mut Candidates) -> Result<Vec<(u32, GateFault)>> {
        let skipped = self.skip_known(batch);
        skipped.map_err(|error| Error::output(&self.folder, &error))?;
        let mut faults = self.pass(batch)?;
        let through = (0..batch.rows).filter(|row| batch.outcomes[*row] == Outcome::Accepted);
        faults.extend(through.map(|row| (row as u32, GateFault::DeletedAlert)));
        Ok(faults)
    }

    fn skip_known(&self, batch: &mut Candidates) -> io::Result<()> {
        for row in 0..batch.rows {
            let key = batch.int64s(self.key).and_then(|ids| ids.get(row)).copied();
            let is_known = match key {
                Some(key) => self.alerts.meaning(key)?.is_some(),
                None => false,
            };
            if is_known {
                batch.outcomes[row] = Outcome::Skipped;
            }
        }
        Ok(())
    }
}
