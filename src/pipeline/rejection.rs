//! Which records of a chunk go to the rejects, and why.

use crate::candidate::{Candidates, Outcome};
use crate::chunk::{Chunk, Record};
use crate::finding::{Finding, Severity};

/// The records of a chunk that do not go through, what became of each, and whether it has a cell for
/// each column.
pub(super) fn set_aside<'c>(
    chunk: &'c Chunk,
    candidates: &Candidates,
) -> Vec<(&'c Record, Outcome, bool)> {
    let unreadable = chunk
        .unreadable
        .iter()
        .map(|own| (&own.record, Outcome::Rejected, false));
    let outcomes = candidates.outcomes.iter().zip(&candidates.record_rows);
    let rejected = outcomes.filter_map(|(outcome, row)| match outcome {
        Outcome::Rejected | Outcome::Review | Outcome::Gap => {
            Some((&chunk.records[*row as usize], *outcome, true))
        }
        _ => None,
    });
    unreadable.chain(rejected).collect()
}

/// What was wrong with a record; `findings` are ordered by record.
pub(super) fn reason(findings: &[Finding], record: u64, outcome: Outcome) -> String {
    let first = findings.partition_point(|finding| finding.record < record);
    let own = findings[first..]
        .iter()
        .take_while(|finding| finding.record == record);
    let errors = own.filter(|finding| finding.severity == Severity::Error);
    let told: Vec<String> = errors
        .map(|finding| format!("{} {}", finding.rule, finding.message))
        .collect();
    let mark = match outcome {
        Outcome::Review => "review: ",
        Outcome::Gap => "gap: ",
        _ => "",
    };
    format!("{mark}{}", told.join("; "))
}
