//! Entries of keys each of which is larger than all keys before it, as they come in most exports: they need
//! no place to be looked for, and no look whether they were seen.

use super::held::Entry;

/// Entries of a bucket when they are sorted, on average.
const BUCKET: usize = 256;

/// Entries in the order of their keys.
#[derive(Debug)]
pub(super) struct Ascending<const CHECK: usize> {
    keys: Vec<i64>,
    meanings: Vec<[u8; CHECK]>,
}

impl<const CHECK: usize> Default for Ascending<CHECK> {
    fn default() -> Self {
        Ascending {
            keys: Vec::new(),
            meanings: Vec::new(),
        }
    }
}

impl<const CHECK: usize> Ascending<CHECK> {
    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Adds the entry of a key that is larger than all of them.
    pub(super) fn add(&mut self, key: i64, meaning: [u8; CHECK]) {
        self.keys.push(key);
        self.meanings.push(meaning);
    }

    /// What a key stands for.
    pub(super) fn find(&self, key: i64) -> Option<[u8; CHECK]> {
        let at = self.keys.binary_search(&key).ok()?;
        self.meanings.get(at).copied()
    }

    /// Hands out all entries in the order of their hashes, which stand in the place of their keys; none are
    /// left. Hashes are spread evenly, so that buckets of equal ranges of them are small, and sorted where the
    /// processor is quick.
    pub(super) fn drain_sorted(&mut self, hash: impl Fn(i64) -> u64) -> Vec<Entry<CHECK>> {
        let bits = (self.keys.len() / BUCKET).max(1).ilog2();
        let bucket = |hash: u64| (hash >> 32 >> (32 - bits)) as usize;
        let mut ends = vec![0; 1 << bits];
        for key in &self.keys {
            ends[bucket(hash(*key))] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            // where the next entry of a bucket is put, and in the end where the bucket ends
            end += std::mem::replace(count, end);
        }
        let mut entries = vec![(0, [0; CHECK]); self.keys.len()];
        for (key, meaning) in self.keys.drain(..).zip(self.meanings.drain(..)) {
            let hash = hash(key);
            let place = &mut ends[bucket(hash)];
            entries[*place] = (hash, meaning);
            *place += 1;
        }
        let mut start = 0;
        for end in ends {
            entries[start..end].sort_unstable_by_key(|(hash, _)| *hash);
            start = end;
        }
        entries
    }
}
