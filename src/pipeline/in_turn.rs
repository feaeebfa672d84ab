//! Work that is handed out in order, comes back in any order, and goes on in order.

use std::collections::{BTreeMap, VecDeque};

/// Work of one kind: what waits for a worker, and what a worker has done before its turn.
#[derive(Debug)]
pub(super) struct InTurn<W, D> {
    waiting: VecDeque<W>,
    done: BTreeMap<usize, D>,
    taken: usize,
    passed: usize,
}

impl<W, D> Default for InTurn<W, D> {
    fn default() -> InTurn<W, D> {
        InTurn {
            waiting: VecDeque::new(),
            done: BTreeMap::new(),
            taken: 0,
            passed: 0,
        }
    }
}

impl<W, D> InTurn<W, D> {
    /// Adds work behind all other.
    pub(super) fn push(&mut self, work: W) {
        self.waiting.push_back(work);
    }

    /// The next work, with its place in the order.
    pub(super) fn take(&mut self) -> Option<(usize, W)> {
        let work = self.waiting.pop_front()?;
        self.taken += 1;
        Some((self.taken - 1, work))
    }

    /// Takes what has become of the work with that place; returns all whose turn has come.
    pub(super) fn put(&mut self, place: usize, done: D) -> Vec<D> {
        self.done.insert(place, done);
        let mut due = Vec::new();
        while let Some(done) = self.done.remove(&self.passed) {
            due.push(done);
            self.passed += 1;
        }
        due
    }

    /// Whether nothing waits, and everything that was taken has had its turn.
    pub(super) fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.passed == self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_early_waits() {
        let mut turn = InTurn::default();
        for work in ["a", "b", "c"] {
            turn.push(work);
        }
        let taken: Vec<(usize, &str)> = std::iter::from_fn(|| turn.take()).collect();
        assert_eq!(taken, [(0, "a"), (1, "b"), (2, "c")]);
        assert_eq!(turn.put(2, 'C'), []);
        assert_eq!(turn.put(0, 'A'), ['A']);
        assert!(!turn.is_done());
        assert_eq!(turn.put(1, 'B'), ['B', 'C']);
        assert!(turn.is_done());
    }
}
