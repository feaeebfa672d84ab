//! Keys that were seen, each with a part of what it stood for first.
//!
//! A gate holds one entry for each alert of a landlord, so an entry is as small as it can be: the key and
//! a few bytes of meaning, in open addressing, without pointers. The table is in parts that grow one at a
//! time and by half, so that little room is empty and little is held twice.

/// Stands for no key; keys are at least 1.
const EMPTY: i64 = 0;
const PARTS: usize = 256;

/// Keys that were seen. `CHECK` bytes of a meaning are kept: two meanings that agree in them count as one.
#[derive(Debug)]
pub(super) struct Seen<const CHECK: usize> {
    parts: Vec<Part<CHECK>>,
}

#[derive(Debug)]
struct Part<const CHECK: usize> {
    keys: Vec<i64>,
    meanings: Vec<[u8; CHECK]>,
    filled: usize,
}

impl<const CHECK: usize> Default for Seen<CHECK> {
    fn default() -> Self {
        // Parts begin with different sizes, so that they do not all grow at once.
        let part = |at: usize| Part::with_room(16 + at * 8 / PARTS);
        Seen {
            parts: (0..PARTS).map(part).collect(),
        }
    }
}

impl<const CHECK: usize> Seen<CHECK> {
    /// Whether a key stood for that meaning first; `None` where it was not seen.
    pub(super) fn stood_for(&self, key: i64, meaning: u64) -> Option<bool> {
        let (part, hash) = place(key);
        let part = &self.parts[part];
        let at = part.find(key, hash);
        (part.keys[at] == key).then(|| part.meanings[at] == check(meaning))
    }

    /// Notes what a key stands for; returns whether that is what it stood for first.
    pub(super) fn first(&mut self, key: i64, meaning: u64) -> bool {
        let (part, hash) = place(key);
        let part = &mut self.parts[part];
        let at = part.find(key, hash);
        if part.keys[at] == key {
            return part.meanings[at] == check(meaning);
        }
        part.put(at, key, check(meaning));
        true
    }
}

impl<const CHECK: usize> Part<CHECK> {
    fn with_room(room: usize) -> Part<CHECK> {
        Part {
            keys: vec![EMPTY; room],
            meanings: vec![[0; CHECK]; room],
            filled: 0,
        }
    }

    /// Where the key stands, or where it is to stand.
    fn find(&self, key: i64, hash: u32) -> usize {
        let room = self.keys.len();
        let mut at = ((u64::from(hash) * room as u64) >> 32) as usize;
        while self.keys[at] != key && self.keys[at] != EMPTY {
            at += 1;
            if at == room {
                at = 0;
            }
        }
        at
    }

    fn put(&mut self, at: usize, key: i64, meaning: [u8; CHECK]) {
        self.keys[at] = key;
        self.meanings[at] = meaning;
        self.filled += 1;
        let room = self.keys.len();
        if self.filled * 7 > room * 6 {
            let mut larger = Part::with_room(room + room / 2);
            for (key, meaning) in self.keys.iter().zip(&self.meanings) {
                if *key != EMPTY {
                    let at = larger.find(*key, place(*key).1);
                    larger.keys[at] = *key;
                    larger.meanings[at] = *meaning;
                }
            }
            larger.filled = self.filled;
            *self = larger;
        }
    }
}

/// The part of a key, and the hash that places it there.
fn place(key: i64) -> (usize, u32) {
    let hash = (key as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((hash >> 56) as usize, (hash >> 24) as u32)
}

fn check<const CHECK: usize>(meaning: u64) -> [u8; CHECK] {
    let bytes = meaning.to_le_bytes();
    std::array::from_fn(|at| bytes[at])
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_remembers_what_a_map_would(
            notes in proptest::collection::vec((1i64..400, 0u64..4), 0..2000),
            spread in prop::sample::select(vec![1i64, 1 << 20, (1 << 41) + 7]),
        ) {
            let mut seen = Seen::<6>::default();
            let mut known: HashMap<i64, u64> = HashMap::new();
            for (key, meaning) in notes {
                let key = key * spread;
                let first = *known.entry(key).or_insert(meaning) == meaning;
                prop_assert_eq!(seen.first(key, meaning), first);
                prop_assert_eq!(seen.stood_for(key, meaning), Some(first));
            }
            prop_assert_eq!(seen.stood_for(401 * spread, 0), None);
        }
    }

    #[test]
    fn an_entry_takes_no_more_than_a_few_bytes() {
        let mut seen = Seen::<6>::default();
        for key in 1..1_000_000 {
            assert!(seen.first(key, key as u64));
        }
        let room: usize = seen.parts.iter().map(|part| part.keys.capacity()).sum();
        assert!(room * 14 < 22 * 1_000_000, "{room}");
    }
}
