//! Reads a whole input for the tests of the reader.

#![allow(dead_code)]

pub mod csv_twin;

use std::io::Write;

use person_alerts::chunk::{Chunk, PassedOver, RecordFault, Removed};
use person_alerts::dialect::{Dialect, DialectWish};
use person_alerts::read::{InputFacts, InputPlace, InputReader};

/// What was read of an input.
#[derive(Debug, PartialEq)]
pub struct Everything {
    pub columns: Vec<String>,
    pub header: Vec<u8>,
    pub dialect: Dialect,
    /// Number, line, cells and bytes of the readable records.
    pub rows: Vec<(u64, u64, Vec<String>, Vec<u8>)>,
    /// Number, line, bytes and fault of the others.
    pub unreadable: Vec<(u64, u64, Vec<u8>, RecordFault)>,
    /// Numbers of the records with a stray quote.
    pub stray_quotes: Vec<u64>,
    /// Numbers of the records that are passed over, and why.
    pub passed_over: Vec<(u64, PassedOver)>,
    /// Numbers of the records from which something is taken out, and what.
    pub removed: Vec<(u64, Removed)>,
    pub cut_off: bool,
    pub unknown_members: Vec<String>,
    pub facts: InputFacts,
}

impl Everything {
    /// Compares number, line and cells of the readable records.
    pub fn assert_rows(&self, expected: &[(u64, u64, Vec<&str>)]) {
        let rows: Vec<(u64, u64, Vec<&str>)> = self
            .rows
            .iter()
            .map(|(number, line, cells, _)| {
                (*number, *line, cells.iter().map(String::as_str).collect())
            })
            .collect();
        assert_eq!(rows, expected);
    }

    /// The bytes of all records by their numbers.
    pub fn raw_in_order(&self) -> Vec<Vec<u8>> {
        let rows = self.rows.iter().map(|row| (row.0, row.3.clone()));
        let others = self.unreadable.iter().map(|row| (row.0, row.2.clone()));
        let mut all: Vec<(u64, Vec<u8>)> = rows.chain(others).collect();
        all.sort();
        all.into_iter().map(|(_, bytes)| bytes).collect()
    }

    fn take(&mut self, chunk: &Chunk) {
        for (row, record) in chunk.records.iter().enumerate() {
            let cells = (0..chunk.width).map(|column| chunk.cell(row, column).to_owned());
            let raw = chunk.raw(record).to_vec();
            self.rows
                .push((record.number, record.line, cells.collect(), raw));
        }
        for bad in &chunk.unreadable {
            let raw = chunk.raw(&bad.record).to_vec();
            let place = (bad.record.number, bad.record.line, raw, bad.fault);
            self.unreadable.push(place);
        }
        let stray = chunk.stray_quotes.iter();
        self.stray_quotes
            .extend(stray.map(|row| chunk.records[*row as usize].number));
        let passed = chunk.passed_over.iter();
        self.passed_over
            .extend(passed.map(|own| (own.record.number, own.why)));
        let removed = chunk.removed.iter();
        self.removed
            .extend(removed.map(|(row, what)| (chunk.records[*row as usize].number, *what)));
        self.cut_off |= chunk.cut_off;
        for name in &chunk.unknown_members {
            if !self.unknown_members.contains(name) {
                self.unknown_members.push(name.clone());
            }
        }
    }
}

/// Lines that keep all in front of them out of the last chunk: whatever the size of chunks, the end of an
/// input is in one.
pub fn long_ending(line: &str) -> String {
    line.repeat(5000 / line.len())
}

/// Reads an input with everything detected.
pub fn read(input: &[u8]) -> Everything {
    read_with(input, &DialectWish::default(), &[], None)
}

/// Reads an input.
pub fn read_with(
    input: &[u8],
    wish: &DialectWish,
    wanted: &[String],
    chunk_size: Option<usize>,
) -> Everything {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(input).unwrap();
    let place = InputPlace::Path(file.path().to_owned());
    let mut reader = InputReader::open(&place, "input", wish, wanted).unwrap();
    if let Some(size) = chunk_size {
        reader = reader.with_chunk_size(size);
    }
    let splitter = reader.splitter();
    let mut chunks = Vec::new();
    while let Some(raw) = reader.next_chunk().unwrap() {
        chunks.push(splitter.split(raw));
    }
    let mut all = Everything {
        columns: reader.columns().to_vec(),
        header: reader.header().to_vec(),
        dialect: reader.dialect().clone(),
        rows: Vec::new(),
        unreadable: Vec::new(),
        stray_quotes: Vec::new(),
        passed_over: Vec::new(),
        removed: Vec::new(),
        cut_off: false,
        unknown_members: Vec::new(),
        facts: reader.finish(),
    };
    chunks.iter().for_each(|chunk| all.take(chunk));
    all
}
