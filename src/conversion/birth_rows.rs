//! The dates of birth in the rows of a file of persons.

use crate::cell::Reading;
use crate::profile::BirthColumn;
use crate::reference::BirthDates;
use crate::report::references::BirthDatesReport;

/// 1900-01-01, which like the days before it stands for a date that nobody knew, in days since 1970-01-01.
const LAST_PLACEHOLDER: i32 = -25_567;

/// Dates of birth, gathered row by row.
pub(super) struct BirthRows<'p> {
    column: &'p BirthColumn,
    as_of: i32,
    rows: Vec<(i64, i32)>,
    unusable: u64,
}

impl<'p> BirthRows<'p> {
    /// Of that column, and not later than the day of the run, in days since 1970-01-01.
    pub(super) fn new(column: &'p BirthColumn, as_of: i32) -> BirthRows<'p> {
        BirthRows {
            column,
            as_of,
            rows: Vec::new(),
            unusable: 0,
        }
    }

    /// Takes the cell of a person; an empty one says nothing.
    pub(super) fn take(&mut self, person: i64, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let known = LAST_PLACEHOLDER + 1..=self.as_of;
        match self.column.reader.read(cell) {
            Reading::Value(day) if known.contains(&day) => self.rows.push((person, day)),
            Reading::Nothing(_) => {}
            // a month without a day does not tell an age
            _ => self.unusable += 1,
        }
    }

    /// What they come to.
    pub(super) fn finish(self) -> (BirthDates, BirthDatesReport) {
        let dates = BirthDates::of(self.rows);
        let report = BirthDatesReport {
            persons: dates.persons() as u64,
            persons_contradictory: dates.contradictory() as u64,
            rows_unusable: self.unusable,
        };
        (dates, report)
    }
}
