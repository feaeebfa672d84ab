//! The counts of a chunk for the ledger.

use crate::candidate::{Candidates, Outcome};
use crate::chunk::Chunk;
use crate::report::ledger::Counts;

/// The counts of a chunk; `counts_accepted` is false where accepted alerts are counted as they are written.
pub(super) fn tally(chunk: &Chunk, candidates: &Candidates, counts_accepted: bool) -> Counts {
    let mut counts = Counts {
        records_unreadable: chunk.unreadable.len() as u64,
        records_skipped: chunk.passed_over.len() as u64,
        records_without_alerts: candidates.empty_records,
        records_with_alerts: chunk.records.len() as u64 - candidates.empty_records,
        candidates: candidates.rows as u64,
        ..Counts::default()
    };
    for outcome in &candidates.outcomes {
        match outcome {
            Outcome::Accepted => counts.emitted += u64::from(counts_accepted),
            Outcome::Merged => counts.merged += 1,
            Outcome::Skipped => counts.skipped += 1,
            Outcome::Rejected => counts.rejected += 1,
            Outcome::Review => {
                counts.rejected += 1;
                counts.review += 1;
            }
            Outcome::Gap => {
                counts.rejected += 1;
                counts.gap += 1;
            }
        }
    }
    counts
}
