//! The distinct texts among many, numbered in the order in which they first appear.
//!
//! A landlord has some hundred labels in millions of rows, so what is made of a text is best made once.
//! Looking a text up must then cost next to nothing: up to sixteen bytes it is known by its first and last
//! eight and its length, which is all of it, and beyond by a hash.

use xxhash_rust::xxh3::xxh3_64;

/// How many places there are at first; a power of two.
const FIRST_ROOM: usize = 128;

/// Bytes of the longest text that its ends are all of.
const WHOLE: usize = 16;

/// Distinct texts, numbered from 0.
#[derive(Debug, Default)]
pub struct DistinctTexts {
    numbers: TextNumbers,
    /// Each whole text, where its ends are not all of it.
    long: Vec<Box<str>>,
}

impl DistinctTexts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.long.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.long.is_empty()
    }

    /// The number of a text. One that has none yet gets the next, which is [`DistinctTexts::len`] as it
    /// was before.
    #[inline]
    pub fn number(&mut self, text: &str) -> usize {
        let number = self
            .numbers
            .number(text, |known| *self.long[known] == *text);
        if number == self.long.len() {
            self.keep(text);
        }
        number
    }

    #[cold]
    fn keep(&mut self, text: &str) {
        let long = if text.len() <= WHOLE { "" } else { text };
        self.long.push(long.into());
    }
}

/// The numbers of distinct texts that lie elsewhere.
#[derive(Debug, Clone)]
pub struct TextNumbers {
    /// The number of the text that has each place, and one more; 0 where none has it. Open addressing, at
    /// most half full.
    places: Vec<u32>,
    ends: Vec<Ends>,
}

impl Default for TextNumbers {
    fn default() -> TextNumbers {
        TextNumbers {
            places: vec![0; FIRST_ROOM],
            ends: Vec::new(),
        }
    }
}

impl TextNumbers {
    /// Forgets all of them, and keeps the room.
    pub fn clear(&mut self) {
        self.places.fill(0);
        self.ends.clear();
    }

    /// The number of a text; `None` where it has none yet. `is` says whether it is the text that has a
    /// number, and is asked of long texts alone.
    #[inline]
    pub fn known(&self, text: &str, is: impl Fn(usize) -> bool) -> Option<usize> {
        self.find(Ends::of(text.as_bytes()), is)
    }

    /// The number of a text. One that has none yet gets the next, beginning with 0.
    #[inline]
    pub fn number(&mut self, text: &str, is: impl Fn(usize) -> bool) -> usize {
        let ends = Ends::of(text.as_bytes());
        match self.find(ends, is) {
            Some(number) => number,
            None => self.add(ends),
        }
    }

    #[inline]
    fn find(&self, ends: Ends, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mut place = ends.place(self.places.len());
        loop {
            let number = (self.places[place] as usize).checked_sub(1)?;
            if self.ends[number] == ends && (ends.are_all() || is(number)) {
                return Some(number);
            }
            place = (place + 1) & (self.places.len() - 1);
        }
    }

    #[cold]
    fn add(&mut self, ends: Ends) -> usize {
        let number = self.ends.len();
        self.ends.push(ends);
        if self.ends.len() * 2 > self.places.len() {
            self.places = vec![0; self.places.len() * 2];
            (0..number).for_each(|known| self.put(known));
        }
        self.put(number);
        number
    }

    fn put(&mut self, number: usize) {
        let mut place = self.ends[number].place(self.places.len());
        while self.places[place] != 0 {
            place = (place + 1) & (self.places.len() - 1);
        }
        self.places[place] = number as u32 + 1;
    }
}

/// The first and last eight bytes of a text, and its length; in the place of the first ones a hash, where
/// there are more than these, because long texts often differ in the middle alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ends {
    first: u64,
    last: u64,
    length: usize,
}

impl Ends {
    #[inline]
    fn of(bytes: &[u8]) -> Ends {
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(_), Some(last)) if bytes.len() > WHOLE => {
                (xxh3_64(bytes), u64::from_le_bytes(*last))
            }
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => short(bytes),
        };
        Ends {
            first,
            last,
            length: bytes.len(),
        }
    }

    /// Whether they are the whole text.
    #[inline]
    fn are_all(self) -> bool {
        self.length <= WHOLE
    }

    /// Where a text is looked for first in so many places.
    #[inline]
    fn place(self, places: usize) -> usize {
        const SPREAD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];
        let first = self.first ^ SPREAD[0] ^ ((self.length as u64) << 56);
        // each bit of both ends counts, so that timestamps which differ in few digits do not share a place
        let mixed = u128::from(first) * u128::from(self.last ^ SPREAD[1]);
        ((mixed >> 64) as u64 ^ mixed as u64) as usize & (places - 1)
    }
}

/// The ends of a text of less than eight bytes.
#[inline]
fn short(bytes: &[u8]) -> (u64, u64) {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => (
            u64::from(u32::from_le_bytes(*first)),
            u64::from(u32::from_le_bytes(*last)),
        ),
        _ => {
            let all = bytes.iter();
            (all.fold(0, |all, byte| all << 8 | u64::from(*byte)), 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_with_equal_ends_are_told_apart() {
        let mut distinct = DistinctTexts::default();
        let texts = [
            "abcdefgh-1-abcdefgh",
            "abcdefgh-2-abcdefgh",
            "",
            "a",
            "aa",
            "aaa",
            "\0",
        ];
        for _ in 0..2 {
            for (number, text) in texts.iter().enumerate() {
                assert_eq!(distinct.number(text), number, "{text}");
            }
        }
        assert_eq!(distinct.len(), texts.len());
    }

    #[test]
    fn many_texts_that_differ_in_the_middle_take_no_long() {
        let mut distinct = DistinctTexts::default();
        let text = |number: usize| format!("a warning of {number:06} days at most");
        for number in (0..100_000).chain(0..100_000) {
            assert_eq!(distinct.number(&text(number)), number);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_a_map(texts in prop::collection::vec("[ab\0]{0,20}", 1..500)) {
            let mut distinct = DistinctTexts::default();
            let mut map = HashMap::new();
            for text in &texts {
                let next = map.len();
                let number = *map.entry(text).or_insert(next);
                prop_assert_eq!(distinct.number(text), number);
            }
            prop_assert_eq!(distinct.len(), map.len());
        }
    }
}
