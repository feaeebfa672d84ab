//! How cells are built: `P000123` is a letter and six digits.

use std::collections::BTreeMap;

/// Shapes that are told apart in a column.
const MOST: usize = 64;
/// Characters of the longest cell that has a shape.
const LONGEST: usize = 24;

/// How often each shape occurs: `A` stands for a letter, `9` for a digit, all else for itself.
#[derive(Debug, Clone, Default)]
pub(in crate::scan) struct Shapes(BTreeMap<Box<str>, u64>);

impl Shapes {
    pub(super) fn look_at(&mut self, value: &str, count: u64) {
        let Some((shape, length)) = shape(value) else {
            return;
        };
        let Ok(shape) = std::str::from_utf8(&shape[..length]) else {
            return;
        };
        if let Some(own) = self.0.get_mut(shape) {
            *own += count;
        } else if self.0.len() < MOST {
            self.0.insert(shape.into(), count);
        }
    }

    pub(super) fn merge(&mut self, other: Shapes) {
        for (shape, count) in other.0 {
            let known = self.0.contains_key(&shape);
            if known || self.0.len() < MOST {
                *self.0.entry(shape).or_default() += count;
            }
        }
    }

    /// The most frequent shape, and how many cells have it.
    pub(in crate::scan) fn usual(&self) -> Option<(&str, u64)> {
        let most = self.0.iter().max_by(|a, b| (a.1, b.0).cmp(&(b.1, a.0)))?;
        Some((most.0, *most.1))
    }
}

/// The shape of a value and its length; `None` where it is too long, has white space or is not ASCII.
fn shape(value: &str) -> Option<([u8; LONGEST], usize)> {
    let mut shape = [0; LONGEST];
    if value.len() > LONGEST {
        return None;
    }
    for (at, byte) in value.bytes().enumerate() {
        *shape.get_mut(at)? = match byte {
            b'0'..=b'9' => b'9',
            b'a'..=b'z' | b'A'..=b'Z' => b'A',
            b' ' | 0x80.. => return None,
            other => other,
        };
    }
    Some((shape, value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_shape() {
        let mut shapes = Shapes::default();
        for (value, count) in [("P000123", 2), ("T000124", 1), ("12", 1), ("two words", 9)] {
            shapes.look_at(value, count);
        }
        assert_eq!(shapes.usual(), Some(("A999999", 3)));
        assert_eq!(Shapes::default().usual(), None);
    }
}
