//! Whether an alert holds, by what its source says.

use super::context::Context;
use crate::candidate::{Candidates, Values};

/// The columns of a batch that say whether its alerts hold.
pub struct Life<'a> {
    active: Option<&'a Values<bool>>,
    status: Option<&'a Values<u8>>,
    end: Option<&'a Values<i32>>,
    closed: [Option<u8>; 2],
    open: Option<u8>,
    as_of: i32,
}

impl<'a> Life<'a> {
    /// Those of a batch.
    pub fn of(batch: &'a Candidates, context: &Context<'_>) -> Life<'a> {
        let term = |word| context.term("alert_status", word);
        Life {
            active: batch.bools("is_active"),
            status: batch.terms("alert_status"),
            end: batch.dates("end_date"),
            closed: [term("Closed"), term("Archived")],
            open: term("Open"),
            as_of: context.as_of,
        }
    }

    /// Whether the alert holds on the day of the run. The status wins over `is_active`, an end in the
    /// past over both; where nothing is said the alert holds.
    pub fn holds(&self, row: usize) -> bool {
        let ended = self.end.and_then(|column| column.get(row));
        if ended.is_some_and(|end| *end < self.as_of) {
            return false;
        }
        !self.is_closed(row)
    }

    /// Whether the source says that the alert is over, by other means than its end date.
    pub fn is_closed(&self, row: usize) -> bool {
        let status = self.status.and_then(|column| column.get(row)).copied();
        if status.is_some() && self.closed.contains(&status) {
            return true;
        }
        let says_open = status.is_some() && status == self.open;
        let active = self.active.and_then(|column| column.get(row));
        !says_open && active == Some(&false)
    }
}
