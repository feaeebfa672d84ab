//! Alerts without a key of the landlord's own. Theirs is made of their content, so one that is changed in
//! the source comes with another key. It is found again by person, code and start date, where these leave
//! no choice; what leaves one is told and never guessed.
//!
//! Alerts of one person, code and start are first paired by equal content, for what is equal needs no
//! choice. Then by the landlord's key where both have it, and then, if one is left on either side, as the
//! one that they are. Two that have different keys of the landlord's own are one only where all else is
//! equal: the landlord has given the alert another key.

use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::digest::content_of;
use super::fields::Fields;
use super::join::{Joined, Pair};
use crate::cell::key::is_hashed;
use crate::error::Result;
use crate::snapshot::cells::{Rows, Value};
use crate::snapshot::stored_table::StoredTable;
use crate::sorted_runs::{Plain, SortedRuns};

/// Rows that are read at a time.
const READ: usize = 100_000;

/// An alert that was found on one side only. The order brings together what may be one alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Leftover {
    person: i64,
    code: i32,
    start: i32,
    content: u64,
    /// Hash of the landlord's own key, 0 where it has none.
    reference: u64,
    place: u32,
    is_new: bool,
    /// Whether it came with the key that an alert of the other side has.
    released: bool,
}

impl Leftover {
    fn group(&self) -> (i64, i32, i32) {
        (self.person, self.code, self.start)
    }
}

impl Plain for Leftover {
    const SIZE: usize = 37;

    fn put(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.person.to_le_bytes());
        into.extend_from_slice(&self.code.to_le_bytes());
        into.extend_from_slice(&self.start.to_le_bytes());
        into.extend_from_slice(&self.content.to_le_bytes());
        into.extend_from_slice(&self.reference.to_le_bytes());
        into.extend_from_slice(&self.place.to_le_bytes());
        into.push(u8::from(self.is_new) | u8::from(self.released) << 1);
    }

    fn take(bytes: &[u8]) -> Leftover {
        let long = |at: usize| {
            let own = bytes.get(at..at + 8).and_then(|own| own.try_into().ok());
            own.map_or(0, u64::from_le_bytes)
        };
        let short = |at: usize| {
            let own = bytes.get(at..at + 4).and_then(|own| own.try_into().ok());
            own.map_or(0, u32::from_le_bytes)
        };
        let marks = bytes.get(36).copied().unwrap_or_default();
        Leftover {
            person: long(0) as i64,
            code: short(8) as i32,
            start: short(12) as i32,
            content: long(16),
            reference: long(24),
            place: short(32),
            is_new: marks & 1 == 1,
            released: marks & 2 == 2,
        }
    }
}

/// An alert that has another key than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundPair {
    pub pair: Pair,
    /// Whether anything else has changed.
    pub changed: bool,
    /// Whether it had vanished when the older snapshot was made.
    pub returned: bool,
}

/// What was found without keys.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Alerts that have another key, in the order of the newer snapshot.
    pub pairs: Vec<FoundPair>,
    /// How many of them the landlord has given another key.
    pub rekeyed: u64,
    /// Alerts of the older snapshot that may be one of several of the newer one, or the other way round.
    pub ambiguous_old: Vec<u32>,
    /// Those of the newer one.
    pub ambiguous_new: Vec<u32>,
    /// Alerts that only the newer snapshot has, with a key that another alert of the older one has.
    pub taken_keys: Vec<u32>,
}

/// Finds alerts again whose key has changed, and takes them out of what was inserted and what has gone.
pub(super) fn find(
    old: &StoredTable,
    new: &StoredTable,
    fields: &Fields,
    joined: &mut Joined,
    folder: &Path,
) -> Result<Found> {
    let released = release(new, joined)?;
    let mut found = Found::default();
    if released.is_empty() && (joined.inserted.is_empty() || joined.lacks_none()) {
        return Ok(found);
    }
    let mut leftovers = SortedRuns::new(folder);
    let mut gone = std::mem::take(&mut joined.gone);
    gone.extend(released.iter().map(|pair| pair.old));
    gone.extend(&joined.still_vanished);
    gone.sort_unstable();
    gather(old, fields, &gone, &[], false, &mut leftovers)?;
    let own: Vec<u32> = released.iter().map(|pair| pair.new).collect();
    let mut inserted = std::mem::take(&mut joined.inserted);
    inserted.extend(&own);
    inserted.sort_unstable();
    gather(new, fields, &inserted, &own, true, &mut leftovers)?;
    let mut group: Vec<Leftover> = Vec::new();
    leftovers.each(|leftover| {
        if group
            .first()
            .is_some_and(|first| first.group() != leftover.group())
        {
            settle(&mut group, joined, &mut found);
        }
        group.push(leftover);
        Ok(())
    })?;
    settle(&mut group, joined, &mut found);
    let vanished = std::mem::take(&mut joined.still_vanished);
    joined.gone.sort_unstable();
    let still = |place: &u32| joined.gone.binary_search(place).is_ok();
    joined.still_vanished = vanished.iter().copied().filter(still).collect();
    joined
        .gone
        .retain(|place| vanished.binary_search(place).is_err());
    for found in &mut found.pairs {
        found.returned = vanished.binary_search(&found.pair.old).is_ok();
    }
    found.pairs.sort_unstable();
    for list in [
        &mut found.ambiguous_old,
        &mut found.ambiguous_new,
        &mut found.taken_keys,
        &mut joined.inserted,
    ] {
        list.sort_unstable();
    }
    Ok(found)
}

/// Takes out of the changed those whose key was made of their content: with other content it says nothing.
fn release(new: &StoredTable, joined: &mut Joined) -> Result<Vec<Pair>> {
    let mut released = Vec::new();
    for pairs in joined.changed.chunks(READ) {
        let places: Vec<u32> = pairs.iter().map(|pair| pair.new).collect();
        let rows = new.rows_at(&places, &["person_alert_id", "source_alert_ref"])?;
        for (row, pair) in pairs.iter().enumerate() {
            let made = matches!(rows.value(row, 0), Value::Number(id) if is_hashed(id));
            if made && rows.value(row, 1) == Value::Empty {
                released.push(*pair);
            }
        }
    }
    joined
        .changed
        .retain(|pair| released.binary_search(pair).is_err());
    Ok(released)
}

fn gather(
    table: &StoredTable,
    fields: &Fields,
    places: &[u32],
    released: &[u32],
    is_new: bool,
    into: &mut SortedRuns<Leftover>,
) -> Result<()> {
    let names = fields.names();
    let [person, code, start, reference] = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "source_alert_ref",
    ]
    .map(|name| fields.position(name));
    let number = |rows: &Rows, row: usize, field: usize| {
        let value = rows.value(row, field);
        match if is_new {
            value
        } else {
            fields.0[field].renumber(value)
        } {
            Value::Number(number) => number,
            Value::Day(day) => day.into(),
            _ => 0,
        }
    };
    for places in places.chunks(READ) {
        let rows = table.rows_at(places, &names)?;
        let leftovers = places.iter().enumerate().map(|(row, place)| Leftover {
            person: number(&rows, row, person),
            code: number(&rows, row, code) as i32,
            start: number(&rows, row, start) as i32,
            content: content_of(&rows, row, fields, !is_new),
            reference: match rows.value(row, reference) {
                Value::Text(text) => xxh3_64(text.as_bytes()).max(1),
                _ => 0,
            },
            place: *place,
            is_new,
            released: is_new && released.binary_search(place).is_ok(),
        });
        into.extend(leftovers)?;
    }
    Ok(())
}

/// Pairs the alerts of one person, code and start, which come in the order of their contents.
fn settle(group: &mut Vec<Leftover>, joined: &mut Joined, found: &mut Found) {
    let (mut olds, mut news): (Vec<Leftover>, Vec<Leftover>) =
        group.drain(..).partition(|one| !one.is_new);
    let unkeyed = |old: &Leftover, new: &Leftover| {
        old.reference == 0 || new.reference == 0 || old.reference == new.reference
    };
    let equal = |old: &Leftover, new: &Leftover| old.content == new.content;
    pair_off(
        &mut olds,
        &mut news,
        false,
        |old, new| equal(old, new) && unkeyed(old, new),
        found,
    );
    let before = found.pairs.len();
    pair_off(&mut olds, &mut news, true, equal, found);
    found.rekeyed += (found.pairs.len() - before) as u64;
    let same_key =
        |old: &Leftover, new: &Leftover| old.reference != 0 && old.reference == new.reference;
    pair_off(&mut olds, &mut news, true, same_key, found);
    if let ([old], [new]) = (olds.as_slice(), news.as_slice())
        && unkeyed(old, new)
    {
        pair_off(&mut olds, &mut news, true, |_, _| true, found);
    }
    if !olds.is_empty() && !news.is_empty() {
        found.ambiguous_old.extend(olds.iter().map(|one| one.place));
        found.ambiguous_new.extend(news.iter().map(|one| one.place));
    }
    joined.gone.extend(olds.iter().map(|one| one.place));
    for new in news {
        joined.inserted.push(new.place);
        if new.released {
            found.taken_keys.push(new.place);
        }
    }
}

/// Takes out the pairs that `fits` allows; with `only` those alone that it leaves no choice for.
fn pair_off(
    olds: &mut Vec<Leftover>,
    news: &mut Vec<Leftover>,
    only: bool,
    fits: impl Fn(&Leftover, &Leftover) -> bool,
    found: &mut Found,
) {
    let mut at = 0;
    while at < olds.len() {
        let old = olds[at];
        let mut fitting = (0..news.len()).filter(|place| fits(&old, &news[*place]));
        let (Some(place), second) = (fitting.next(), fitting.next()) else {
            at += 1;
            continue;
        };
        let others = || {
            olds.iter()
                .filter(|other| fits(other, &news[place]))
                .count()
        };
        if only && (second.is_some() || others() > 1) {
            at += 1;
            continue;
        }
        let (old, new) = (olds.remove(at), news.remove(place));
        let pair = Pair {
            new: new.place,
            old: old.place,
        };
        found.pairs.push(FoundPair {
            pair,
            changed: old.content != new.content,
            returned: false,
        });
    }
}
