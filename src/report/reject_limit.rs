//! How much of a landlord's exports may be set aside before a run counts as failed.

use serde::{Deserialize, Serialize};

use super::ledger::Counts;

/// What part of a landlord's alerts was set aside, and what part may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RejectLimit {
    /// The most that may be set aside, in percent.
    pub max_percent: f64,
    /// Rejected candidates and unreadable records, in percent of all candidates and unreadable records;
    /// rounded to two digits.
    pub percent: f64,
    /// Whether it is more than may be.
    pub exceeded: bool,
}

impl RejectLimit {
    /// Holds the counts of a landlord against its limit.
    pub fn of(counts: &Counts, max_percent: f64) -> RejectLimit {
        let set_aside = (counts.rejected + counts.records_unreadable) as f64;
        let all = (counts.candidates + counts.records_unreadable) as f64;
        let percent = if all > 0.0 {
            100.0 * set_aside / all
        } else {
            0.0
        };
        RejectLimit {
            max_percent,
            percent: (percent * 100.0).round() / 100.0,
            // without a division, so that 3 of 10 are 30 percent and no more
            exceeded: 100.0 * set_aside > max_percent * all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_exceeded_by_more_than_it() {
        let counts = Counts {
            candidates: 9,
            rejected: 2,
            records_unreadable: 1,
            ..Counts::default()
        };
        let limit = |max| RejectLimit::of(&counts, max);
        assert_eq!((limit(30.0).percent, limit(30.0).exceeded), (30.0, false));
        assert!(limit(29.99).exceeded);
        assert!(limit(0.0).exceeded);
        let none = RejectLimit::of(&Counts::default(), 0.0);
        assert_eq!((none.percent, none.exceeded), (0.0, false));
    }
}
