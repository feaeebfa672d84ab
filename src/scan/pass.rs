//! One pass over a table: a thread reads, others count, and one puts the counts together in order.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

use super::tally::{ChunkValues, ColumnTally, Counter, Values};
use crate::chunk::{Chunk, PassedOver};
use crate::error::{Error, Result};
use crate::read::InputReader;

/// Bytes of text in a chunk; what is counted does not depend on it but for columns with very many values.
const CHUNK: usize = 8 << 20;

/// What is counted of a table, in a chunk or in all chunks so far.
#[derive(Debug, Default)]
pub(super) struct TableTally<V = Values> {
    pub columns: Vec<ColumnTally<V>>,
    /// Records that can be read.
    pub records: u64,
    pub unreadable: u64,
    pub footers: u64,
    pub repeated_headers: u64,
    pub padding: u64,
    pub stray_quotes: u64,
    pub cut_off: bool,
    /// Members that no column asks for.
    pub unknown_members: Vec<String>,
}

/// Counts a table to its end.
///
/// # Errors
/// The input cannot be read on.
pub(super) fn count(reader: InputReader, threads: usize) -> Result<(TableTally, InputReader)> {
    count_chunks(reader.with_chunk_size(CHUNK), threads)
}

fn count_chunks(mut reader: InputReader, threads: usize) -> Result<(TableTally, InputReader)> {
    let splitter = reader.splitter();
    let threads = threads.max(1);
    let (hand_out, work) = sync_channel(threads);
    let work = Mutex::new(work);
    let (work, splitter) = (&work, &splitter);
    let tally = thread::scope(|scope| {
        let (hand_in, done) = channel();
        for _ in 0..threads {
            let hand_in = hand_in.clone();
            scope.spawn(move || {
                let mut counter = Counter::default();
                while let Some((place, raw)) = next(work) {
                    let tally = TableTally::of(&splitter.split(raw), &mut counter);
                    if hand_in.send((place, tally)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(hand_in);
        let merger = scope.spawn(move || {
            let mut whole = TableTally::default();
            let mut early: BTreeMap<usize, TableTally<ChunkValues>> = BTreeMap::new();
            let mut turn = 0;
            for (place, tally) in done {
                early.insert(place, tally);
                while let Some(tally) = early.remove(&turn) {
                    whole.merge(tally);
                    turn += 1;
                }
            }
            whole
        });
        let mut place = 0;
        while let Some(raw) = reader.next_chunk()? {
            if hand_out.send((place, raw)).is_err() {
                break;
            }
            place += 1;
        }
        drop(hand_out);
        let gone = || Error::Internal("a thread of the scan has ended early".to_owned());
        merger.join().map_err(|_| gone())
    })?;
    Ok((tally, reader))
}

/// The next work; `None` where there is none any more.
fn next<T>(work: &Mutex<std::sync::mpsc::Receiver<T>>) -> Option<T> {
    work.lock().ok()?.recv().ok()
}

impl TableTally<ChunkValues> {
    fn of(chunk: &Chunk, counter: &mut Counter) -> Self {
        let passed = |wanted: fn(&PassedOver) -> bool| {
            let passed = chunk.passed_over.iter();
            passed.filter(|own| wanted(&own.why)).count() as u64
        };
        let different = counter.count(chunk).iter().enumerate();
        let columns = different.map(|(column, own)| ColumnTally::of(chunk, column, own));
        TableTally {
            columns: columns.collect(),
            records: chunk.records.len() as u64,
            unreadable: chunk.unreadable.len() as u64,
            footers: passed(|why| matches!(why, PassedOver::Footer { .. })),
            repeated_headers: passed(|why| *why == PassedOver::RepeatedHeader),
            padding: passed(|why| *why == PassedOver::Padding),
            stray_quotes: chunk.stray_quotes.len() as u64,
            cut_off: chunk.cut_off,
            unknown_members: chunk.unknown_members.clone(),
        }
    }
}

impl TableTally {
    fn merge(&mut self, other: TableTally<ChunkValues>) {
        self.columns.resize_with(
            self.columns.len().max(other.columns.len()),
            ColumnTally::default,
        );
        for (own, other) in self.columns.iter_mut().zip(other.columns) {
            own.merge(other);
        }
        self.records += other.records;
        self.unreadable += other.unreadable;
        self.footers += other.footers;
        self.repeated_headers += other.repeated_headers;
        self.padding += other.padding;
        self.stray_quotes += other.stray_quotes;
        self.cut_off |= other.cut_off;
        for member in other.unknown_members {
            if !self.unknown_members.contains(&member) {
                self.unknown_members.push(member);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::DialectWish;
    use crate::read::InputPlace;

    #[test]
    fn neither_threads_nor_chunks_change_what_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("input.csv");
        let row = |row: u32| format!("K{row},{},{:02}/03/2024\n", row % 7, 1 + row % 28);
        let rows: String = (0..12_000).map(row).collect();
        std::fs::write(&path, format!("key,type,from\n{rows}")).unwrap();
        let counted = |chunk: usize, threads: usize| {
            let place = InputPlace::Path(path.clone());
            let reader = InputReader::open(&place, "input.csv", &DialectWish::default(), &[]);
            let reader = reader.unwrap().with_chunk_size(chunk);
            let (tally, _) = count_chunks(reader, threads).unwrap();
            let values = |own: &ColumnTally| {
                let values = own.values.by_count();
                values
                    .iter()
                    .map(|(own, count)| format!("{own} {count}"))
                    .collect::<Vec<_>>()
            };
            let types = tally.columns.get(1..).unwrap_or_default();
            let types: Vec<_> = types.iter().map(values).collect();
            let keys = tally.columns.first().unwrap();
            let order = tally.columns.get(2).unwrap().dates.order;
            let keys = (
                keys.distinct.count().0,
                keys.values.by_count().len(),
                keys.filled,
            );
            (types, keys, order, tally.records)
        };
        let whole = counted(1 << 20, 1);
        assert_eq!(whole.1.2, 12_000);
        assert!(whole.1.0 > 11_000, "{}", whole.1.0);
        assert_eq!(counted(5_000, 3), whole);
        assert_eq!(counted(5_000, 1), whole);
    }
}
