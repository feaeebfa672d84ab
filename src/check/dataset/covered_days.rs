//! The days that periods cover, and which of the periods covered each of them first.

use std::collections::BTreeMap;

/// The days that periods cover; each period is added and looked up in logarithmic time, however many of
/// them overlap.
#[derive(Debug, Default)]
pub struct CoveredDays {
    /// Covered days that follow each other: the first to the last.
    runs: BTreeMap<i32, i32>,
    /// What covered the days from that one on first, up to the next entry or the end of the run.
    owners: BTreeMap<i32, usize>,
}

impl CoveredDays {
    /// A period that shares a day with the one from `start` to `end`, both included: of the shared days
    /// the last is taken, and of the periods that cover it the one that was added first.
    pub fn sharing(&self, start: i32, end: i32) -> Option<usize> {
        let (_, last) = self.runs.range(..=end).next_back()?;
        if *last < start {
            return None;
        }
        let (_, owner) = self.owners.range(..=end.min(*last)).next_back()?;
        Some(*owner)
    }

    /// Adds a period from `start` to `end`, both included.
    pub fn add(&mut self, start: i32, end: i32, owner: usize) {
        let (mut first, mut last) = (start, end);
        // the days up to this one are not yet known to be covered
        let mut open = Some(end);
        while let Some((&run, &run_end)) = self.runs.range(..=end).next_back() {
            if run_end < start {
                break;
            }
            self.runs.remove(&run);
            if open.is_some_and(|open| run_end < open) {
                self.owners.insert(run_end + 1, owner);
            }
            open = run.checked_sub(1).filter(|day| *day >= start);
            first = first.min(run);
            last = last.max(run_end);
        }
        if open.is_some() {
            self.owners.insert(start, owner);
        }
        self.runs.insert(first, last);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn period() -> impl Strategy<Value = (i32, i32)> {
        let day = prop_oneof![-6..20_i32, Just(i32::MIN), Just(i32::MAX)];
        (day.clone(), day).prop_map(|(one, other)| (one.min(other), one.max(other)))
    }

    /// As [`CoveredDays::sharing`], by looking at every period.
    fn naive(periods: &[(i32, i32)], start: i32, end: i32) -> Option<usize> {
        let sharing = |(own, last): &(i32, i32)| *own <= end && *last >= start;
        let shared = periods.iter().filter(|own| sharing(own));
        let day = shared.map(|(_, last)| end.min(*last)).max()?;
        periods
            .iter()
            .position(|(own, last)| *own <= day && *last >= day)
    }

    proptest! {
        #[test]
        fn looking_at_every_period_finds_the_same(periods in proptest::collection::vec(period(), 0..14)) {
            let mut covered = CoveredDays::default();
            for (at, (start, end)) in periods.iter().enumerate() {
                let expected = naive(&periods[..at], *start, *end);
                prop_assert_eq!(covered.sharing(*start, *end), expected);
                covered.add(*start, *end, at);
            }
        }
    }
}
