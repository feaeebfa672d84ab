//! The first records of an input, as they would be read with certain separators.

use std::collections::HashMap;

use super::cut::{LineCutter, Separators, Step};
use super::{MAX_RECORD, split};
use crate::dialect::Encoding;

/// Records that are looked at to find the header.
pub(super) const RECORDS: usize = 50;

/// The beginning of an input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'b> {
    pub(super) bytes: &'b [u8],
    /// Whether the input ends where the bytes do.
    pub(super) ended: bool,
    /// Physical line on which the bytes begin.
    pub(super) line: u64,
    pub(super) encoding: Option<Encoding>,
    /// Whether the text is that of a sheet, whose separators are known.
    pub(super) sheet: bool,
}

/// Some of the first records.
pub(super) struct Sample {
    pub(super) separators: Separators,
    pub(super) records: Vec<SampleRecord>,
}

/// One of the first records.
pub(super) struct SampleRecord {
    /// First byte.
    pub(super) start: usize,
    /// Byte behind the last, without line end.
    pub(super) end: usize,
    /// Where the next record begins.
    pub(super) next: usize,
    /// Physical line on which it begins.
    pub(super) line: u64,
    /// Physical line on which the next one begins.
    pub(super) next_line: u64,
    /// Row of a spreadsheet that it is.
    pub(super) row: u64,
    /// Row of a spreadsheet that the next one is.
    pub(super) next_row: u64,
    /// Its cells, trimmed.
    pub(super) cells: Vec<String>,
    /// Whether a quote in it is not where it should be.
    pub(super) broken: bool,
}

impl SampleRecord {
    /// How many of its cells hold text.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

impl Sample {
    /// Reads up to `most` records behind the first `from` bytes, which are whole lines.
    pub(super) fn read(
        head: &Head<'_>,
        from: usize,
        separators: Separators,
        most: usize,
    ) -> Sample {
        let passed = super::detect::line_ends(head.bytes, 0, from);
        let cutter = match head.sheet {
            true => LineCutter::sheet(separators, MAX_RECORD),
            false => LineCutter::csv(separators, MAX_RECORD),
        };
        // nothing but blank lines and a line such as `sep=;` has been passed, and no program shows that one
        let mut cutter = cutter.starting_on(head.line + passed, head.line);
        let mut records = Vec::new();
        let mut at = from;
        while records.len() < most
            && let Step::Record(piece) = cutter.next(head.bytes, at, head.ended)
        {
            at = piece.next;
            let bytes = head.bytes.get(piece.start..piece.end);
            if bytes.is_some_and(split::is_padding) {
                continue;
            }
            let (cells, stray) =
                split::cells_of(bytes.unwrap_or_default(), head.encoding, separators);
            records.push(SampleRecord {
                start: piece.start,
                end: piece.end,
                next: piece.next,
                line: piece.line,
                next_line: cutter.line(),
                row: piece.row,
                next_row: cutter.row(),
                cells,
                broken: stray || piece.fault.is_some(),
            });
        }
        Sample {
            separators,
            records,
        }
    }

    /// How many cells most records have; of two numbers that are as frequent, the greater.
    pub(super) fn width(&self) -> usize {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for record in &self.records {
            *counts.entry(record.cells.len()).or_default() += 1;
        }
        let most = counts
            .into_iter()
            .max_by_key(|(cells, count)| (*count, *cells));
        most.map_or(0, |(cells, _)| cells)
    }

    /// How many of a thousand records are whole and have as many cells as most; 0 where that is one.
    pub(super) fn uniformity(&self) -> usize {
        let width = self.width();
        let fits = |record: &&SampleRecord| record.cells.len() == width && !record.broken;
        match width {
            0 | 1 => 0,
            _ => self.records.iter().filter(fits).count() * 1000 / self.records.len(),
        }
    }
}
