//! Rules over the whole dataset: what they need of each alert, in 24 bytes, and what they find.

use std::path::Path;

use super::context::Context;
use super::rule::Check;
use super::rules::RULES;
use super::tell::about_input;
use crate::candidate::{Candidates, Outcome};
use crate::chunk::{Chunk, Record};
use crate::error::Result;
use crate::finding::Finding;
use crate::sorted_runs::{Plain, SortedRuns};

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

/// The accepted active alerts of a batch, for the rules over the dataset.
pub fn active_alerts(chunk: &Chunk, batch: &Candidates, input: usize) -> Vec<ActiveAlert> {
    let columns = (
        batch.int64s("person_id"),
        batch.int32s("person_alert_code_id"),
        batch.bools("is_active"),
    );
    let (Some(persons), Some(codes), Some(active)) = columns else {
        return Vec::new();
    };
    let holds =
        |row: &usize| batch.outcomes[*row] == Outcome::Accepted && active.get(*row) == Some(&true);
    let alerts = (0..batch.rows).filter(holds).map(|row| {
        let record: &Record = &chunk.records[batch.record_rows[row] as usize];
        ActiveAlert {
            person_id: persons.values[row],
            code_id: codes.values[row],
            input: input as u32,
            record: record.number as u32,
            line: record.line as u32,
        }
    });
    alerts.collect()
}

/// Runs the rules over the dataset of one landlord, a person at a time. What they speak about comes in the
/// order of the input; a hit is smaller than its finding, so that it is told by [`tell_hit`] when its turn
/// comes.
///
/// # Errors
/// A temporary file cannot be written or read.
pub fn dataset_hits(
    alerts: SortedRuns<ActiveAlert>,
    context: &Context<'_>,
    folder: &Path,
) -> Result<SortedRuns<Hit>> {
    let mut hits = SortedRuns::new(folder);
    let mut person: Vec<ActiveAlert> = Vec::new();
    alerts.each(|alert| {
        if person
            .first()
            .is_some_and(|first| first.person_id != alert.person_id)
        {
            hits.extend(hits_of_person(&person, context))?;
            person.clear();
        }
        person.push(alert);
        Ok(())
    })?;
    hits.extend(hits_of_person(&person, context))?;
    Ok(hits)
}

fn hits_of_person(alerts: &[ActiveAlert], context: &Context<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (at, rule) in (0..).zip(RULES) {
        let Check::Dataset(speaks) = rule.check else {
            continue;
        };
        let spoken_of = speaks(alerts, context).into_iter();
        hits.extend(
            spoken_of
                .filter_map(|place| alerts.get(place))
                .map(|alert| Hit {
                    input: alert.input,
                    record: alert.record,
                    rule: at,
                    line: alert.line,
                }),
        );
    }
    hits
}

/// What a rule over the dataset speaks about, as a finding; `column` is the input's column of the
/// field that the rule blames.
pub fn tell_hit(hit: &Hit, column: &str) -> Option<Finding> {
    let rule = RULES.get(hit.rule as usize)?;
    let field = rule.reads.first().copied().unwrap_or_default();
    let words = format!("{field}: {}", rule.message);
    Some(Finding {
        record: u64::from(hit.record),
        line: u64::from(hit.line),
        ..about_input(rule, hit.input as usize, column, &words)
    })
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
