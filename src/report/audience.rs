//! Whom a report is for, and what it may therefore show.

use super::numerals::{estimate, number};

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those who may see the data. Values of records are shown only where they ask for them.
    Owner {
        /// Whether values are shown.
        values: bool,
    },
    /// Anybody else: no places, and no count of people or alerts between 1 and this number.
    Others {
        /// The least count that is shown.
        least: u64,
    },
}

impl Audience {
    /// Whether the report leaves the building.
    pub fn is_others(self) -> bool {
        matches!(self, Audience::Others { .. })
    }

    /// Whether values of records are shown.
    pub fn sees_values(self) -> bool {
        self == Audience::Owner { values: true }
    }

    /// The least count that is shown, but for 0.
    pub fn least(self) -> u64 {
        match self {
            Audience::Owner { .. } => 0,
            Audience::Others { least } => least,
        }
    }

    /// Whether a count of people or alerts is too small to be told.
    pub fn hides(self, count: u64) -> bool {
        (1..self.least()).contains(&count)
    }

    /// A count of people or alerts; a small one is not told to others.
    pub fn count(self, count: u64) -> String {
        match self {
            Audience::Others { least } if self.hides(count) => {
                format!("fewer than {least}")
            }
            _ => number(count),
        }
    }

    /// The same of a count that may be an estimate.
    pub fn estimate(self, count: u64, estimated: bool) -> String {
        match estimated {
            true => estimate(count, true),
            false => self.count(count),
        }
    }
}
