//! What reference files say: which keys of persons and organisations there are, and what numbers they
//! stand for.
//!
//! A key is kept as a hash of 64 bits, so that the persons of the largest landlord fit into memory:
//! 8 bytes a key to check, 16 to resolve, and as much again for the table that finds them.

mod birth_dates;

pub use birth_dates::BirthDates;

use rustc_hash::{FxHashMap, FxHashSet};

/// The number that stands for none, where a key has two.
const CONTRADICTORY: i64 = 0;

/// What a reference file says of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is listed, and stands for itself.
    Listed,
    /// It stands for that number.
    Resolved(i64),
    /// It is not listed, where keys are merely checked.
    Unlisted,
    /// It is not listed, where keys are to be resolved.
    Unresolved,
    /// It is listed for two numbers.
    Contradictory,
}

/// The keys that a reference file lists, by their hashes.
#[derive(Debug, Clone)]
pub enum Reference {
    /// Keys to check.
    Keys(FxHashSet<u64>),
    /// Keys to resolve, each with its number.
    Numbers(FxHashMap<u64, i64>),
}

/// The reference files of a landlord, where it has them.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// The landlord's persons.
    pub persons: Option<Reference>,
    /// The landlord's organisations.
    pub organisations: Option<Reference>,
    /// When the landlord's persons were born, where the file of persons says it.
    pub births: Option<BirthDates>,
}

impl Reference {
    /// A list of keys to check, with nothing on it.
    pub fn of_keys() -> Reference {
        Reference::Keys(FxHashSet::default())
    }

    /// A list of keys to resolve, with nothing on it.
    pub fn of_numbers() -> Reference {
        Reference::Numbers(FxHashMap::default())
    }

    /// Whether keys are resolved, and not merely checked.
    pub fn resolves(&self) -> bool {
        matches!(self, Reference::Numbers(_))
    }

    /// Lists a key; `number`, at least 1, is what it stands for where keys are resolved.
    pub fn list(&mut self, key: u64, number: i64) {
        match self {
            Reference::Keys(keys) => {
                keys.insert(key);
            }
            Reference::Numbers(numbers) => {
                let known = numbers.entry(key).or_insert(number);
                if *known != number {
                    *known = CONTRADICTORY;
                }
            }
        }
    }

    /// What is said of a key.
    pub fn find(&self, key: u64) -> Found {
        match self {
            Reference::Keys(keys) if keys.contains(&key) => Found::Listed,
            Reference::Keys(_) => Found::Unlisted,
            Reference::Numbers(numbers) => match numbers.get(&key) {
                None => Found::Unresolved,
                Some(&CONTRADICTORY) => Found::Contradictory,
                Some(number) => Found::Resolved(*number),
            },
        }
    }

    /// How many keys are listed.
    pub fn keys(&self) -> usize {
        match self {
            Reference::Keys(keys) => keys.len(),
            Reference::Numbers(numbers) => numbers.len(),
        }
    }

    /// How many keys are listed for two numbers.
    pub fn contradictory(&self) -> usize {
        match self {
            Reference::Keys(_) => 0,
            Reference::Numbers(numbers) => {
                let of_two = |number: &&i64| **number == CONTRADICTORY;
                numbers.values().filter(of_two).count()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_checked() {
        let mut persons = Reference::of_keys();
        persons.list(7, 0);
        assert_eq!(persons.find(7), Found::Listed);
        assert_eq!(persons.find(8), Found::Unlisted);
    }

    #[test]
    fn keys_are_resolved_and_two_numbers_are_none() {
        let mut persons = Reference::of_numbers();
        for (key, number) in [(7, 1), (8, 2), (7, 1), (8, 3), (8, 2)] {
            persons.list(key, number);
        }
        assert_eq!(persons.find(7), Found::Resolved(1));
        assert_eq!(persons.find(8), Found::Contradictory);
        assert_eq!(persons.find(9), Found::Unresolved);
        assert_eq!((persons.keys(), persons.contradictory()), (2, 1));
    }
}
