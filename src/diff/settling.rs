//! Which of the alerts that may be one are one: those of one person and one start, told apart by what they
//! say and by the landlord's keys, and only where that leaves no choice.

use super::join::{Joined, Pair};
use super::leftover::Leftover;
use super::renaming::Renaming;
use super::unkeyed::{Found, FoundPair};

/// The alerts of one person and one start, in their order.
#[derive(Default)]
pub(super) struct Group {
    olds: Vec<Leftover>,
    news: Vec<Leftover>,
}

impl Group {
    pub(super) fn push(&mut self, leftover: Leftover) {
        match leftover.is_new {
            true => self.news.push(leftover),
            false => self.olds.push(leftover),
        }
    }

    /// Whether an alert is not one of the group, which has others.
    pub(super) fn ends_before(&self, leftover: &Leftover) -> bool {
        let first = self.olds.first().or(self.news.first());
        first.is_some_and(|first| first.group() != leftover.group())
    }

    /// Pairs what is one, and hands on what is left.
    pub(super) fn settle(&mut self, renaming: &Renaming, joined: &mut Joined, found: &mut Found) {
        if !self.olds.is_empty() && !self.news.is_empty() {
            self.pair(renaming, found);
        }
        let may_be_one = |old: &Leftover, new: &Leftover| {
            old.code == new.code
                || old.rest == new.rest && renaming.may_become(old.own_code.into(), new.code.into())
        };
        for old in &self.olds {
            if self.news.iter().any(|new| may_be_one(old, new)) {
                found.ambiguous_old.push(old.place);
            }
            joined.gone.push(old.place);
        }
        for new in &self.news {
            if self.olds.iter().any(|old| may_be_one(old, new)) {
                found.ambiguous_new.push(new.place);
            }
            joined.inserted.push(new.place);
            if new.released {
                found.taken_keys.push(new.place);
            }
        }
        self.olds.clear();
        self.news.clear();
    }

    fn pair(&mut self, renaming: &Renaming, found: &mut Found) {
        let unkeyed = |old: &Leftover, new: &Leftover| {
            old.reference == 0 || new.reference == 0 || old.reference == new.reference
        };
        let same_code = |old: &Leftover, new: &Leftover| old.code == new.code;
        let equal = |old: &Leftover, new: &Leftover| {
            let renamed = old.is_renamed && old.rest == new.rest;
            same_code(old, new) && (old.content == new.content || renamed)
        };
        self.pair_off(
            false,
            |old, new| equal(old, new) && unkeyed(old, new),
            found,
        );
        let before = found.pairs.len();
        self.pair_off(true, equal, found);
        found.rekeyed += (found.pairs.len() - before) as u64;
        let same_key =
            |old: &Leftover, new: &Leftover| old.reference != 0 && old.reference == new.reference;
        self.pair_off(
            true,
            |old, new| same_code(old, new) && same_key(old, new),
            found,
        );
        self.pair_only_ones(unkeyed, found);
        let recoded = |old: &Leftover, new: &Leftover| {
            old.rest == new.rest && renaming.may_become(old.own_code.into(), new.code.into())
        };
        self.pair_off(
            true,
            |old, new| recoded(old, new) && unkeyed(old, new),
            found,
        );
    }

    /// Takes out the pairs of which each side is the only one with its code.
    fn pair_only_ones(&mut self, fits: impl Fn(&Leftover, &Leftover) -> bool, found: &mut Found) {
        let only = |all: &[Leftover], code: i32| {
            let mut own = all.iter().enumerate().filter(|(_, one)| one.code == code);
            match (own.next(), own.next()) {
                (Some((at, _)), None) => Some(at),
                _ => None,
            }
        };
        let mut at = 0;
        while let Some(code) = self.olds.get(at).map(|old| old.code) {
            let pair = only(&self.olds, code).zip(only(&self.news, code));
            match pair.filter(|(old, new)| fits(&self.olds[*old], &self.news[*new])) {
                Some((old, new)) => self.take(old, new, found),
                None => at += 1,
            }
        }
    }

    /// Takes out the pairs that `fits` allows; with `only` those alone that it leaves no choice for.
    fn pair_off(
        &mut self,
        only: bool,
        fits: impl Fn(&Leftover, &Leftover) -> bool,
        found: &mut Found,
    ) {
        let mut at = 0;
        while at < self.olds.len() {
            let old = self.olds[at];
            let mut fitting = (0..self.news.len()).filter(|place| fits(&old, &self.news[*place]));
            let (Some(place), second) = (fitting.next(), fitting.next()) else {
                at += 1;
                continue;
            };
            let new = self.news[place];
            let mut others = self.olds.iter().filter(|other| fits(other, &new));
            if only && (second.is_some() || others.nth(1).is_some()) {
                at += 1;
                continue;
            }
            self.take(at, place, found);
        }
    }

    fn take(&mut self, old: usize, new: usize, found: &mut Found) {
        let (old, new) = (self.olds.remove(old), self.news.remove(new));
        found.pairs.push(FoundPair::of(&old, &new));
    }
}

impl FoundPair {
    pub(super) fn of(old: &Leftover, new: &Leftover) -> FoundPair {
        FoundPair {
            pair: Pair {
                new: new.place,
                old: old.place,
            },
            changed: old.content != new.content,
            returned: false,
        }
    }
}
