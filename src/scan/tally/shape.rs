//! How cells are built: `P000123` is a letter and six digits.

/// Shapes that are told apart in a column.
const MOST: usize = 64;
/// Characters of the longest cell that has a shape.
const LONGEST: usize = 24;

/// How a cell is built: `A` stands for an ASCII letter, `9` for a digit, all else for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    bytes: [u8; LONGEST],
    length: u8,
    /// Whether there is a letter.
    pub(super) has_letters: bool,
    /// Whether there is a space.
    pub(super) has_spaces: bool,
}

impl Shape {
    /// The shape of a value; `None` where it is too long or not ASCII.
    #[inline]
    pub(super) fn of(value: &str) -> Option<Shape> {
        let mut bytes = [0; LONGEST];
        bytes
            .get_mut(..value.len())?
            .copy_from_slice(value.as_bytes());
        let (mut all, mut letters, mut spaces) = (0, false, false);
        // all of them alike, so that many are looked at together
        for byte in &mut bytes {
            let own = *byte;
            let digit = own.wrapping_sub(b'0') < 10;
            let letter = (own | 0x20).wrapping_sub(b'a') < 26;
            all |= own;
            letters |= letter;
            spaces |= own == b' ';
            let other = if letter { b'A' } else { own };
            *byte = if digit { b'9' } else { other };
        }
        let shape = Shape {
            bytes,
            length: value.len() as u8,
            has_letters: letters,
            has_spaces: spaces,
        };
        (all < 0x80).then_some(shape)
    }

    fn as_str(&self) -> &str {
        let written = self.bytes.get(..usize::from(self.length));
        std::str::from_utf8(written.unwrap_or_default()).unwrap_or_default()
    }
}

/// How often each shape occurs, of cells without spaces.
#[derive(Debug, Clone, Default)]
pub(in crate::scan) struct Shapes(Vec<(Shape, u64)>);

impl Shapes {
    /// The place of a shape; `None` where there are too many.
    pub(super) fn place(&mut self, shape: &Shape) -> Option<usize> {
        let known = self.0.iter().position(|(own, _)| own == shape);
        if known.is_none() && self.0.len() < MOST {
            self.0.push((*shape, 0));
            return Some(self.0.len() - 1);
        }
        known
    }

    /// Counts cells of a shape by its place.
    #[inline]
    pub(super) fn count(&mut self, place: Option<usize>, cells: u64) {
        if let Some((_, own)) = place.and_then(|place| self.0.get_mut(place)) {
            *own += cells;
        }
    }

    pub(super) fn merge(&mut self, other: &Shapes) {
        for (shape, cells) in &other.0 {
            let place = self.place(shape);
            self.count(place, *cells);
        }
    }

    /// The most frequent shape, and how many cells have it.
    pub(in crate::scan) fn usual(&self) -> Option<(&str, u64)> {
        let all = self.0.iter().map(|(shape, cells)| (shape.as_str(), *cells));
        all.max_by(|a, b| (a.1, b.0).cmp(&(b.1, a.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_shape() {
        let mut shapes = Shapes::default();
        for (value, cells) in [("P000123", 2), ("T000124", 1), ("12", 1)] {
            let place = shapes.place(&Shape::of(value).unwrap());
            shapes.count(place, cells);
        }
        assert_eq!(shapes.usual(), Some(("A999999", 3)));
        assert_eq!(Shapes::default().usual(), None);
    }

    #[test]
    fn what_has_a_shape() {
        let shape = |value: &str| Shape::of(value).map(|own| own.as_str().to_owned());
        assert_eq!(shape("Z@[`{/:"), Some("A@[`{/:".to_owned()));
        assert_eq!(shape("é"), None);
        assert_eq!(shape(&"9".repeat(LONGEST)), Some("9".repeat(LONGEST)));
        assert_eq!(shape(&"9".repeat(LONGEST + 1)), None);
        let words = Shape::of("two words").unwrap();
        assert!(words.has_letters && words.has_spaces);
        let number = Shape::of("12-5").unwrap();
        assert!(!number.has_letters && !number.has_spaces);
    }
}
