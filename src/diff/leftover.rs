//! An alert that only one of two snapshots has under its key.

use crate::sorted_runs::Plain;

/// An alert that was found on one side only. The order brings together what may be one alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Leftover {
    /// Key of the person, as the newer snapshot has it.
    pub person: i64,
    pub start: i32,
    /// Its code, as the newer snapshot has it; where that is not known for sure, as it is.
    pub code: i32,
    /// All that is compared of it, as it is.
    pub content: u64,
    /// Of that what does not follow from the person or the code.
    pub rest: u64,
    /// Its code as it is.
    pub own_code: i32,
    /// Hash of the landlord's own key, 0 where it has none.
    pub reference: u64,
    pub place: u32,
    pub is_new: bool,
    /// Whether it came with the key that an alert of the other side has.
    pub released: bool,
    /// Whether its person or its code is another one than it says.
    pub is_renamed: bool,
}

impl Leftover {
    /// What all rows have in common that may be one alert.
    pub(super) fn group(&self) -> (i64, i32) {
        (self.person, self.start)
    }
}

impl Plain for Leftover {
    const SIZE: usize = 49;

    fn put(&self, into: &mut Vec<u8>) {
        for number in [self.person as u64, self.content, self.rest, self.reference] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.start, self.code, self.own_code, self.place as i32] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        let marks = [self.is_new, self.released, self.is_renamed];
        let marks = marks.into_iter().rev();
        into.push(marks.fold(0, |all, mark| all << 1 | u8::from(mark)));
    }

    fn take(bytes: &[u8]) -> Leftover {
        let long = |at: usize| {
            let own = bytes.get(at..at + 8).and_then(|own| own.try_into().ok());
            own.map_or(0, u64::from_le_bytes)
        };
        let short = |at: usize| {
            let own = bytes.get(at..at + 4).and_then(|own| own.try_into().ok());
            own.map_or(0, i32::from_le_bytes)
        };
        let marks = bytes.get(48).copied().unwrap_or_default();
        Leftover {
            person: long(0) as i64,
            content: long(8),
            rest: long(16),
            reference: long(24),
            start: short(32),
            code: short(36),
            own_code: short(40),
            place: short(44) as u32,
            is_new: marks & 1 != 0,
            released: marks & 2 != 0,
            is_renamed: marks & 4 != 0,
        }
    }
}

/// The same in another order: by the landlord's key, then by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ByReference {
    reference: u64,
    code: i32,
    pub leftover: Leftover,
}

impl ByReference {
    pub(super) fn of(leftover: Leftover) -> ByReference {
        ByReference {
            reference: leftover.reference,
            code: leftover.code,
            leftover,
        }
    }

    /// What two rows of one alert have in common.
    pub(super) fn group(&self) -> (u64, i32) {
        (self.reference, self.code)
    }
}

impl Plain for ByReference {
    const SIZE: usize = Leftover::SIZE;

    fn put(&self, into: &mut Vec<u8>) {
        self.leftover.put(into);
    }

    fn take(bytes: &[u8]) -> ByReference {
        ByReference::of(Leftover::take(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_for_leftovers() {
        for marks in 0..8 {
            let leftover = Leftover {
                person: -5,
                start: i32::MIN,
                code: 3,
                content: u64::MAX,
                rest: 7,
                own_code: i32::MAX,
                reference: 1 << 63,
                place: u32::MAX,
                is_new: marks & 1 != 0,
                released: marks & 2 != 0,
                is_renamed: marks & 4 != 0,
            };
            let mut bytes = Vec::new();
            leftover.put(&mut bytes);
            assert_eq!(bytes.len(), Leftover::SIZE);
            assert_eq!(Leftover::take(&bytes), leftover);
        }
    }
}
