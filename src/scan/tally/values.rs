//! The different values of a column, as far as they are kept.

use rustc_hash::FxHashMap;

/// Different values that are kept of a column.
pub(in crate::scan) const MOST_VALUES: usize = 10_000;
/// Bytes of the longest value that is kept; a longer one is a text and no label.
const LONGEST: usize = 200;

/// Values and how often each occurs. A value that is kept is counted wherever it occurs.
#[derive(Debug, Clone, Default)]
pub(in crate::scan) struct Values {
    counts: FxHashMap<Box<str>, u64>,
    /// Whether some values are not kept.
    left_out: bool,
}

impl Values {
    /// The values of one chunk, each with its count, in the order of their first appearance. Where they
    /// are too many, the more frequent ones are kept.
    pub(super) fn of(mut found: Vec<(&str, u64)>) -> Values {
        let all = found.len();
        found.retain(|(value, _)| value.len() <= LONGEST);
        if found.len() > MOST_VALUES {
            found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            found.truncate(MOST_VALUES);
        }
        Values {
            left_out: found.len() < all,
            counts: found
                .into_iter()
                .map(|(value, count)| (value.into(), count))
                .collect(),
        }
    }

    /// Adds the values of the next chunk.
    pub(super) fn merge(&mut self, other: Values) {
        self.left_out |= other.left_out;
        let mut strangers = Vec::new();
        for (value, count) in other.counts {
            match self.counts.get_mut(&value) {
                Some(own) => *own += count,
                None => strangers.push((value, count)),
            }
        }
        let room = MOST_VALUES.saturating_sub(self.counts.len());
        if room == 0 {
            self.left_out |= !strangers.is_empty();
            return;
        }
        if strangers.len() > room {
            // whichever is kept must not depend on the order of a map
            strangers.sort_unstable_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            strangers.truncate(room);
            self.left_out = true;
        }
        self.counts.extend(strangers);
    }

    /// Whether all values are kept.
    pub(in crate::scan) fn are_all(&self) -> bool {
        !self.left_out
    }

    /// The values with their counts, the most frequent first.
    pub(in crate::scan) fn by_count(&self) -> Vec<(&str, u64)> {
        let all = self.counts.iter();
        let mut all: Vec<(&str, u64)> = all.map(|(value, count)| (&**value, *count)).collect();
        all.sort_unstable_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_counted_everywhere() {
        let mut values = Values::of(vec![("b", 2), ("a", 1)]);
        values.merge(Values::of(vec![("a", 4), ("c", 2)]));
        assert_eq!(values.by_count(), [("a", 5), ("b", 2), ("c", 2)]);
        assert!(values.are_all());
    }

    #[test]
    fn the_frequent_ones_are_kept_where_there_are_too_many() {
        let many: Vec<String> = (0..MOST_VALUES + 5)
            .map(|number| number.to_string())
            .collect();
        let mut found: Vec<(&str, u64)> = many.iter().map(|value| (value.as_str(), 1)).collect();
        found.push(("Not found", 300));
        let mut values = Values::of(found);
        values.merge(Values::of(vec![("Not found", 1), ("late", 9)]));
        assert!(!values.are_all());
        assert_eq!(values.by_count()[0], ("Not found", 301));
        assert_eq!(values.by_count().len(), MOST_VALUES);
        let long = "x".repeat(LONGEST + 1);
        assert!(!Values::of(vec![(&long, 1)]).are_all());
    }
}
