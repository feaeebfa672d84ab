//! How long the keys of a column are, to tell those that have lost leading zeros.

/// Lengths that are told apart.
const LONGEST: usize = 32;

/// Counts of the keys of one column that are digits and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyWidths {
    /// How many keys have each length.
    counts: [u64; LONGEST],
    /// The lengths of keys that begin with a zero, a bit each.
    led_by_zero: u32,
}

impl KeyWidths {
    /// Counts a key.
    pub fn add(&mut self, key: &str) {
        self.add_many(key, 1);
    }

    /// Counts so many cells with the same key.
    pub fn add_many(&mut self, key: &str, cells: u64) {
        let bytes = key.as_bytes();
        let Some(count) = self.counts.get_mut(bytes.len()) else {
            return;
        };
        if bytes.len() > 1 && bytes.iter().all(u8::is_ascii_digit) {
            *count += cells;
            self.led_by_zero |= u32::from(bytes[0] == b'0') << bytes.len();
        } else if matches!(bytes, [b'1'..=b'9']) {
            *count += cells;
        }
    }

    /// Adds the counts of other keys of the column.
    pub fn merge(&mut self, other: &KeyWidths) {
        for (own, other) in self.counts.iter_mut().zip(other.counts) {
            *own += other;
        }
        self.led_by_zero |= other.led_by_zero;
    }

    /// How many keys are shorter than those that begin with a zero, where these have one length, no key
    /// is longer and some are shorter.
    pub fn lost_zeros(&self) -> Option<u64> {
        let width = self.led_by_zero.trailing_zeros() as usize;
        if self.led_by_zero.count_ones() != 1 {
            return None;
        }
        let (shorter, rest) = self.counts.split_at_checked(width)?;
        let longer: u64 = rest.iter().skip(1).sum();
        let shorter = shorter.iter().sum();
        (shorter > 0 && longer == 0).then_some(shorter)
    }
}

/// A key of fewer digits than `width` with zeros in front; `None` where it is whole, or no number. Zeros
/// alone are the key of nobody.
pub fn with_zeros(key: &str, width: usize) -> Option<String> {
    let digits = key.bytes().all(|byte| byte.is_ascii_digit());
    let short = digits && key.len() < width && key.bytes().any(|byte| byte != b'0');
    short.then(|| format!("{key:0>width$}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(keys: &[&str]) -> Option<u64> {
        let mut all = KeyWidths::default();
        for part in keys.chunks(2) {
            let mut widths = KeyWidths::default();
            part.iter().for_each(|key| widths.add(key));
            all.merge(&widths);
        }
        all.lost_zeros()
    }

    #[test]
    fn shorter_keys_beside_keys_with_leading_zeros() {
        assert_eq!(lost(&["00012345", "4021", "12345678", "7"]), Some(2));
        assert_eq!(lost(&["0012", "P4", "x", "", "1234"]), None);
    }

    #[test]
    fn no_fixed_length_proves_nothing() {
        assert_eq!(lost(&["0012", "012", "3"]), None);
        assert_eq!(lost(&["0012", "3", "12345"]), None);
        assert_eq!(lost(&["12", "3", "12345"]), None);
        assert_eq!(lost(&["0", "3"]), None);
        assert_eq!(lost(&[]), None);
    }
}
