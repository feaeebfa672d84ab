//! How many different values there are, where they are too many to be kept.

use xxhash_rust::xxh3::xxh3_64;

/// Hashes that are kept; the estimate is off by a share of one in the square root of that, 1.6 percent.
const KEPT: usize = 4096;

/// The least hashes of all values: where `KEPT` of them lie below a share of all numbers, there are as
/// many values as that share goes into `KEPT`.
#[derive(Debug, Clone, Default)]
pub(in crate::scan) struct Sketch {
    least: Vec<u64>,
    full: bool,
}

impl Sketch {
    /// The sketch of some values.
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v str>) -> Sketch {
        let mut least: Vec<u64> = values.map(|value| xxh3_64(value.as_bytes())).collect();
        let full = shorten(&mut least);
        Sketch { least, full }
    }

    /// Adds the values of another sketch.
    pub(super) fn merge(&mut self, other: &Sketch) {
        self.least.extend_from_slice(&other.least);
        self.full |= shorten(&mut self.least) | other.full;
    }

    /// How many values there are, about.
    pub(in crate::scan) fn estimate(&self) -> u64 {
        match self.least.last() {
            Some(greatest) if self.full => {
                let share = (*greatest as f64 + 1.0) / u64::MAX as f64;
                ((KEPT as f64 - 1.0) / share).round() as u64
            }
            _ => self.least.len() as u64,
        }
    }
}

/// Keeps the least of the hashes, each once; says whether any were left out.
fn shorten(hashes: &mut Vec<u64>) -> bool {
    hashes.sort_unstable();
    hashes.dedup();
    let full = hashes.len() > KEPT;
    hashes.truncate(KEPT);
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(range: std::ops::Range<u32>) -> Sketch {
        let values: Vec<String> = range.map(|number| format!("value {number}")).collect();
        Sketch::of(values.iter().map(String::as_str))
    }

    #[test]
    fn few_values_are_counted_and_many_estimated() {
        let mut few = sketch(0..100);
        few.merge(&sketch(50..150));
        assert_eq!(few.estimate(), 150);
        let mut many = sketch(0..60_000);
        many.merge(&sketch(40_000..100_000));
        let estimate = many.estimate() as f64;
        assert!((estimate / 100_000.0 - 1.0).abs() < 0.05, "{estimate}");
    }

    #[test]
    fn the_order_of_merging_does_not_matter() {
        let (mut one, mut other) = (sketch(0..9000), sketch(5000..20_000));
        let first = one.clone();
        one.merge(&other);
        other.merge(&first);
        assert_eq!(one.estimate(), other.estimate());
    }
}
