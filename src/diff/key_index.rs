//! Where each key of many stands, filled by all workers at once.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rayon::prelude::*;

/// Stands where no key does.
const VACANT: u32 = u32::MAX;

/// The places of keys.
pub(super) struct Index {
    slots: Vec<AtomicU32>,
    shift: u32,
}

impl Index {
    /// Of a key that stands twice the first place counts.
    pub(super) fn of(ids: &[i64]) -> Index {
        let size = (ids.len() * 3 / 2).next_power_of_two().max(2);
        let slots = (0..size).into_par_iter();
        let index = Index {
            slots: slots.map(|_| AtomicU32::new(VACANT)).collect(),
            shift: 64 - size.trailing_zeros(),
        };
        let places = ids.par_iter().enumerate();
        places.for_each(|(place, id)| index.put(ids, *id, place as u32));
        index
    }

    fn put(&self, ids: &[i64], id: i64, place: u32) {
        let mut slot = self.slot(id);
        loop {
            let vacant = &self.slots[slot];
            let taken =
                vacant.compare_exchange(VACANT, place, Ordering::Relaxed, Ordering::Relaxed);
            match taken {
                Ok(_) => return,
                Err(other) if ids[other as usize] == id => {
                    vacant.fetch_min(place, Ordering::Relaxed);
                    return;
                }
                Err(_) => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    fn slot(&self, id: i64) -> usize {
        ((id as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// The place of a key among `ids`, of which the index is.
    pub(super) fn find(&self, ids: &[i64], id: i64) -> Option<usize> {
        let mut slot = self.slot(id);
        loop {
            match self.slots[slot].load(Ordering::Relaxed) {
                VACANT => return None,
                place if ids[place as usize] == id => return Some(place as usize),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }
}

/// One bit a row.
pub(super) struct Bits(Vec<AtomicU64>);

impl Bits {
    pub(super) fn new(rows: usize) -> Bits {
        Bits((0..rows.div_ceil(64)).map(|_| AtomicU64::new(0)).collect())
    }

    /// Sets a bit; returns whether it was set before.
    pub(super) fn set(&self, at: usize) -> bool {
        let bit = 1 << (at % 64);
        self.0[at / 64].fetch_or(bit, Ordering::Relaxed) & bit != 0
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.0[at / 64].load(Ordering::Relaxed) & (1 << (at % 64)) != 0
    }

    /// The places below `rows` whose bits are not set.
    pub(super) fn unset(&self, rows: u32) -> impl Iterator<Item = u32> {
        let words = self.0.iter().map(|word| !word.load(Ordering::Relaxed));
        let unset = words.zip((0..).step_by(64)).flat_map(|(word, first)| {
            let rest = |word: &u64| (word & (word - 1) != 0).then(|| word & (word - 1));
            let words = std::iter::successors((word != 0).then_some(word), rest);
            words.map(move |word| first + word.trailing_zeros())
        });
        unset.take_while(move |place| *place < rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_where_they_first_stand() {
        let mut ids: Vec<i64> = (0..100_000).map(|id| id * 7 - 300_000).collect();
        ids.push(ids[5]);
        let index = Index::of(&ids);
        for (place, id) in ids.iter().enumerate().take(100_000) {
            assert_eq!(index.find(&ids, *id), Some(place));
        }
        assert_eq!(index.find(&ids, ids[100_000]), Some(5));
        assert_eq!(index.find(&ids, 1), None);
        assert_eq!(Index::of(&[]).find(&[], 1), None);
    }

    #[test]
    fn bits_that_are_not_set_are_told_in_order() {
        let bits = Bits::new(130);
        let set = |place: &u32| ![0, 63, 64, 129].contains(place);
        for place in (0..130).filter(set) {
            assert!(!bits.set(place as usize));
        }
        assert!(bits.set(1) && bits.has(1) && !bits.has(0));
        assert_eq!(bits.unset(130).collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(bits.unset(129).collect::<Vec<_>>(), [0, 63, 64]);
        assert_eq!(Bits::new(0).unset(0).count(), 0);
    }
}
