//! The different values of a column, as far as they are kept.

use crate::distinct_texts::TextNumbers;

/// Different values that are kept of a column.
pub(in crate::scan) const MOST_VALUES: usize = 10_000;
/// Bytes of the longest value that is kept; a longer one is a text and no label.
const LONGEST: usize = 200;

/// The values of one chunk, and how often each occurs.
#[derive(Debug, Default)]
pub(in crate::scan) struct ChunkValues {
    /// One after another.
    text: String,
    /// Where each ends, and how many cells have it.
    ends: Vec<(u32, u64)>,
    /// Whether some values are not kept.
    left_out: bool,
}

impl ChunkValues {
    /// Of different values, each with its count, in the order of their first appearance. Where they are too
    /// many, the more frequent ones are kept.
    pub(super) fn of(mut found: Vec<(&str, u64)>) -> ChunkValues {
        let all = found.len();
        found.retain(|(value, _)| value.len() <= LONGEST);
        if found.len() > MOST_VALUES {
            found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            found.truncate(MOST_VALUES);
        }
        let mut values = ChunkValues {
            left_out: found.len() < all,
            ..ChunkValues::default()
        };
        for (value, count) in found {
            values.text.push_str(value);
            values.ends.push((values.text.len() as u32, count));
        }
        values
    }

    fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        let mut start = 0;
        self.ends.iter().map(move |(end, count)| {
            let end = *end as usize;
            let value = self.text.get(start..end).unwrap_or_default();
            start = end;
            (value, *count)
        })
    }
}

/// Values and how often each occurs. A value that is kept is counted wherever it is among those of a chunk.
#[derive(Debug, Clone, Default)]
pub(in crate::scan) struct Values {
    numbers: TextNumbers,
    counts: Vec<(Box<str>, u64)>,
    /// Whether some values are not kept.
    left_out: bool,
}

impl Values {
    /// Adds the values of the next chunk.
    pub(super) fn merge(&mut self, other: &ChunkValues) {
        self.left_out |= other.left_out;
        let room = MOST_VALUES.saturating_sub(self.counts.len());
        let mut strangers = Vec::new();
        for (value, count) in other.iter() {
            let is = |known: usize| self.counts.get(known).is_some_and(|own| *own.0 == *value);
            let known = self.numbers.known(value, is);
            match known.and_then(|known| self.counts.get_mut(known)) {
                Some((_, own)) => *own += count,
                None if room == 0 => self.left_out = true,
                None => strangers.push((value, count)),
            }
        }
        if strangers.len() > room {
            strangers.sort_unstable_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
            strangers.truncate(room);
            self.left_out = true;
        }
        for (value, count) in strangers {
            // it is none of those that are kept
            self.numbers.number(value, |_| false);
            self.counts.push((value.into(), count));
        }
    }

    /// Whether all values are kept.
    pub(in crate::scan) fn are_all(&self) -> bool {
        !self.left_out
    }

    /// The values with their counts, the most frequent first.
    pub(in crate::scan) fn by_count(&self) -> Vec<(&str, u64)> {
        let all = self.counts.iter();
        let mut all: Vec<(&str, u64)> = all.map(|own| (&*own.0, own.1)).collect();
        all.sort_unstable_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(chunks: Vec<Vec<(&str, u64)>>) -> Values {
        let mut values = Values::default();
        for chunk in chunks {
            values.merge(&ChunkValues::of(chunk));
        }
        values
    }

    #[test]
    fn what_is_kept_is_counted_everywhere() {
        let values = of(vec![vec![("b", 2), ("a", 1)], vec![("a", 4), ("c", 2)]]);
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
        let values = of(vec![found, vec![("Not found", 1), ("late", 9)]]);
        assert!(!values.are_all());
        assert_eq!(values.by_count()[0], ("Not found", 301));
        assert_eq!(values.by_count().len(), MOST_VALUES);
        let long = "x".repeat(LONGEST + 1);
        assert!(!of(vec![vec![(&long, 1)]]).are_all());
    }
}
