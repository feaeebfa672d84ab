//! The gate for changes: beside what it does for alerts it refuses a change of an alert that does not go
//! through, so that every change of the output resolves.

use std::io;

use super::{Gate, GateFault, went_through};
use crate::candidate::{Candidates, Outcome};
use crate::error::{Error, Result};

impl Gate {
    /// The gate for the changes of a landlord's alerts.
    pub fn of_changes(self) -> Gate {
        Gate {
            key: "person_alert_history_id",
            ..self
        }
    }

    /// As [`Gate::pass`], for changes of the alerts that have passed `alerts`.
    ///
    /// # Errors
    /// A temporary file cannot be written or read.
    pub fn pass_changes(
        &mut self,
        alerts: &Gate,
        batch: &mut Candidates,
    ) -> Result<Vec<(u32, GateFault)>> {
        let orphans = alerts.orphans(batch);
        let orphans = orphans.map_err(|error| Error::output(&alerts.folder, &error))?;
        for row in &orphans {
            batch.outcomes[*row as usize] = Outcome::Rejected;
        }
        let unknown = orphans
            .into_iter()
            .map(|row| (row, GateFault::UnknownAlert));
        let mut faults: Vec<_> = unknown.collect();
        faults.extend(self.pass(batch)?);
        Ok(faults)
    }

    /// The accepted changes whose alert has not gone through.
    fn orphans(&self, batch: &Candidates) -> io::Result<Vec<u32>> {
        let ids = batch.int64s("person_alert_id");
        let mut orphans = Vec::new();
        for row in 0..batch.rows {
            if batch.outcomes[row] != Outcome::Accepted {
                continue;
            }
            let alert = match ids.and_then(|ids| ids.get(row)) {
                Some(id) => self.alerts.meaning(*id)?,
                None => None,
            };
            if !alert.is_some_and(went_through) {
                orphans.push(row as u32);
            }
        }
        Ok(orphans)
    }
}
