//! What rules over the dataset need of each alert, in 32 bytes, and what they find, in 24.

use crate::candidate::{Candidates, Outcome};
use crate::chunk::{Chunk, Record};
use crate::sorted_runs::Plain;

/// The end of a period that has none.
pub const ENDLESS: i32 = i32::MAX;

/// An accepted active alert, its period and where it stands. The order is by person, by code, and that
/// of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActiveAlert {
    /// Key of the person.
    pub person_id: i64,
    /// Key of the code.
    pub code_id: i32,
    /// Index of the input.
    pub input: u32,
    /// Number of the record in the input.
    pub record: u32,
    /// The first day, in days since 1970-01-01.
    pub start: i32,
    /// The last day, not before the first; [`ENDLESS`] where there is none.
    pub end: i32,
    /// Physical line of the record.
    pub line: u32,
}

/// An alert that a rule over the dataset speaks about; the order is that of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Index of the input.
    pub input: u32,
    /// Number of the record in the input.
    pub record: u32,
    /// Place of the rule in the catalogue.
    pub rule: u32,
    /// Physical line of the record.
    pub line: u32,
    /// Index of the input of the alert that it goes against.
    pub other_input: u32,
    /// Number of that alert's record; 0 where it goes against none.
    pub other_record: u32,
}

impl ActiveAlert {
    /// Where it stands among the alerts of the landlord.
    pub fn place(&self) -> (u32, u32) {
        (self.input, self.record)
    }
}

impl Plain for ActiveAlert {
    const SIZE: usize = 32;

    fn put(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.person_id.to_le_bytes());
        for number in [self.code_id, self.start, self.end] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        for number in [self.input, self.record, self.line] {
            into.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn take(bytes: &[u8]) -> ActiveAlert {
        let (person, rest) = bytes.split_first_chunk().unwrap_or((&[0; 8], &[]));
        let [code, start, end, input, record, line] = numbers(rest);
        ActiveAlert {
            person_id: i64::from_le_bytes(*person),
            code_id: code as i32,
            start: start as i32,
            end: end as i32,
            input,
            record,
            line,
        }
    }
}

impl Plain for Hit {
    const SIZE: usize = 24;

    fn put(&self, into: &mut Vec<u8>) {
        let own = [self.input, self.record, self.rule, self.line];
        for number in own.into_iter().chain([self.other_input, self.other_record]) {
            into.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn take(bytes: &[u8]) -> Hit {
        let [input, record, rule, line, other_input, other_record] = numbers(bytes);
        Hit {
            input,
            record,
            rule,
            line,
            other_input,
            other_record,
        }
    }
}

fn numbers(bytes: &[u8]) -> [u32; 6] {
    let (chunks, _) = bytes.as_chunks::<4>();
    let mut numbers = [0; 6];
    for (number, chunk) in numbers.iter_mut().zip(chunks) {
        *number = u32::from_le_bytes(*chunk);
    }
    numbers
}

/// The accepted active alerts of a batch, for the rules over the dataset.
pub fn active_alerts(chunk: &Chunk, batch: &Candidates, input: usize) -> Vec<ActiveAlert> {
    let columns = (
        batch.int64s("person_id"),
        batch.int32s("person_alert_code_id"),
        batch.bools("is_active"),
        batch.dates("start_date"),
        batch.dates("end_date"),
    );
    let (Some(persons), Some(codes), Some(active), Some(starts), Some(ends)) = columns else {
        return Vec::new();
    };
    let holds =
        |row: &usize| batch.outcomes[*row] == Outcome::Accepted && active.get(*row) == Some(&true);
    let alerts = (0..batch.rows).filter(holds).map(|row| {
        let record: &Record = &chunk.records[batch.record_rows[row] as usize];
        ActiveAlert {
            person_id: persons.values[row],
            code_id: codes.values[row],
            start: starts.values[row],
            end: ends.get(row).copied().unwrap_or(ENDLESS),
            input: input as u32,
            record: record.number as u32,
            line: record.line as u32,
        }
    });
    alerts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_for_records() {
        let alert = ActiveAlert {
            person_id: -5,
            code_id: -7,
            input: 1,
            record: u32::MAX,
            start: -2,
            end: ENDLESS,
            line: 3,
        };
        let mut bytes = Vec::new();
        alert.put(&mut bytes);
        assert_eq!((bytes.len(), ActiveAlert::take(&bytes)), (32, alert));
        let hit = Hit {
            input: 1,
            record: 2,
            rule: 3,
            line: 4,
            other_input: 5,
            other_record: u32::MAX,
        };
        let mut bytes = Vec::new();
        hit.put(&mut bytes);
        assert_eq!((bytes.len(), Hit::take(&bytes)), (24, hit));
    }

    #[test]
    fn memory_is_as_compact_as_the_bytes() {
        assert_eq!(size_of::<ActiveAlert>(), ActiveAlert::SIZE);
        assert_eq!(size_of::<Hit>(), Hit::SIZE);
    }
}
