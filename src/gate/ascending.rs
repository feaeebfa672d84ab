//! Entries of keys each of which is larger than all keys before it, as they come in most exports: they need
//! no place to be looked for, and no look whether they were seen.

use super::held::Entry;

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

    /// Hands out all entries, with hashes in the place of their keys; none are left.
    pub(super) fn drain(
        &mut self,
        hash: impl Fn(i64) -> u64,
    ) -> impl Iterator<Item = Entry<CHECK>> {
        let entries = self.keys.drain(..).zip(self.meanings.drain(..));
        entries.map(move |(key, meaning)| (hash(key), meaning))
    }
}
