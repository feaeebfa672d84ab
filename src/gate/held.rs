//! Entries in memory: keys as hashes, each with a part of what it stood for first.
//!
//! An entry is as small as it can be: a hash and a few bytes of meaning, in open addressing, without
//! pointers. The table is in parts that grow one at a time and by half, so that little room is empty and
//! little is held twice. A part holds the hashes of one range, so that the parts can be taken in order.

/// Stands for no entry; no key has this hash.
const EMPTY: u64 = 0;
const PARTS: usize = 256;

/// A key's hash, which no other key has, and what the key stands for.
pub(super) type Entry<const CHECK: usize> = (u64, [u8; CHECK]);

/// Entries in memory.
#[derive(Debug)]
pub(super) struct Held<const CHECK: usize> {
    parts: Vec<Part<CHECK>>,
    filled: usize,
}

#[derive(Debug)]
struct Part<const CHECK: usize> {
    hashes: Vec<u64>,
    meanings: Vec<[u8; CHECK]>,
    filled: usize,
}

impl<const CHECK: usize> Default for Held<CHECK> {
    fn default() -> Self {
        // Parts begin with different sizes, so that they do not all grow at once.
        let part = |at: usize| Part::with_room(16 + at * 8 / PARTS);
        Held {
            parts: (0..PARTS).map(part).collect(),
            filled: 0,
        }
    }
}

impl<const CHECK: usize> Held<CHECK> {
    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.filled
    }

    /// What the key with that hash stands for.
    pub(super) fn find(&self, hash: u64) -> Option<[u8; CHECK]> {
        let part = &self.parts[part_of(hash)];
        let at = part.place(hash);
        (part.hashes[at] == hash).then(|| part.meanings[at])
    }

    /// Brings the place of a hash near the processor. Entries lie all over the memory; where many are looked
    /// at one behind the other, and nothing waits for them, their ways through the memory overlap.
    #[inline]
    pub(super) fn touch(&self, hash: u64) -> u64 {
        let part = &self.parts[part_of(hash)];
        let at = part.first_place(hash);
        part.hashes[at] ^ u64::from(part.meanings[at][0])
    }

    /// Adds the entry of a key that has none.
    pub(super) fn add(&mut self, hash: u64, meaning: [u8; CHECK]) {
        let part = &mut self.parts[part_of(hash)];
        let at = part.place(hash);
        part.put(at, hash, meaning);
        self.filled += 1;
    }

    /// Hands out all entries in the order of their hashes; none are left, but their room is.
    pub(super) fn drain_sorted(&mut self) -> impl Iterator<Item = Entry<CHECK>> {
        self.filled = 0;
        self.parts.iter_mut().flat_map(Part::drain_sorted)
    }

    /// How many bytes the entries and the room among them take.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let room = self.parts.iter().map(|part| part.hashes.capacity());
        room.sum::<usize>() * (8 + CHECK)
    }
}

impl<const CHECK: usize> Part<CHECK> {
    fn with_room(room: usize) -> Part<CHECK> {
        Part {
            hashes: vec![EMPTY; room],
            meanings: vec![[0; CHECK]; room],
            filled: 0,
        }
    }

    /// Where the hash is looked for first.
    fn first_place(&self, hash: u64) -> usize {
        let below_part = u64::from((hash >> 24) as u32);
        ((below_part * self.hashes.len() as u64) >> 32) as usize
    }

    /// Where the hash stands, or where it is to stand.
    fn place(&self, hash: u64) -> usize {
        let room = self.hashes.len();
        let mut at = self.first_place(hash);
        while self.hashes[at] != hash && self.hashes[at] != EMPTY {
            at += 1;
            if at == room {
                at = 0;
            }
        }
        at
    }

    fn put(&mut self, at: usize, hash: u64, meaning: [u8; CHECK]) {
        self.hashes[at] = hash;
        self.meanings[at] = meaning;
        self.filled += 1;
        let room = self.hashes.len();
        if self.filled * 7 > room * 6 {
            let mut larger = Part::with_room(room + room / 2);
            for (hash, meaning) in self.entries() {
                let at = larger.place(hash);
                larger.hashes[at] = hash;
                larger.meanings[at] = meaning;
            }
            larger.filled = self.filled;
            *self = larger;
        }
    }

    fn entries(&self) -> impl Iterator<Item = Entry<CHECK>> {
        let all = self.hashes.iter().copied();
        let all = all.zip(self.meanings.iter().copied());
        all.filter(|(hash, _)| *hash != EMPTY)
    }

    fn drain_sorted(&mut self) -> std::vec::IntoIter<Entry<CHECK>> {
        let mut entries = Vec::with_capacity(self.filled);
        entries.extend(self.entries());
        entries.sort_unstable_by_key(|(hash, _)| *hash);
        self.hashes.fill(EMPTY);
        self.filled = 0;
        entries.into_iter()
    }
}

fn part_of(hash: u64) -> usize {
    (hash >> 56) as usize
}
