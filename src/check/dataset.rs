//! What rules over the whole dataset need of each alert, in 24 bytes, and what they find.

use crate::sorted_runs::Plain;

/// An accepted active alert and where it stands.
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
}

impl Plain for ActiveAlert {
    const SIZE: usize = 24;

    fn put(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.person_id.to_le_bytes());
        into.extend_from_slice(&self.code_id.to_le_bytes());
        for number in [self.input, self.record, self.line] {
            into.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn take(bytes: &[u8]) -> ActiveAlert {
        let (person, rest) = bytes.split_first_chunk().unwrap_or((&[0; 8], &[]));
        let [code, input, record, line] = numbers(rest);
        ActiveAlert {
            person_id: i64::from_le_bytes(*person),
            code_id: code as i32,
            input,
            record,
            line,
        }
    }
}

impl Plain for Hit {
    const SIZE: usize = 16;

    fn put(&self, into: &mut Vec<u8>) {
        for number in [self.input, self.record, self.rule, self.line] {
            into.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn take(bytes: &[u8]) -> Hit {
        let [input, record, rule, line] = numbers(bytes);
        Hit {
            input,
            record,
            rule,
            line,
        }
    }
}

fn numbers(bytes: &[u8]) -> [u32; 4] {
    let (chunks, _) = bytes.as_chunks::<4>();
    let mut numbers = [0; 4];
    for (number, chunk) in numbers.iter_mut().zip(chunks) {
        *number = u32::from_le_bytes(*chunk);
    }
    numbers
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
            line: 3,
        };
        let mut bytes = Vec::new();
        alert.put(&mut bytes);
        assert_eq!((bytes.len(), ActiveAlert::take(&bytes)), (24, alert));
        let hit = Hit {
            input: 1,
            record: 2,
            rule: 3,
            line: 4,
        };
        let mut bytes = Vec::new();
        hit.put(&mut bytes);
        assert_eq!((bytes.len(), Hit::take(&bytes)), (16, hit));
    }
}
