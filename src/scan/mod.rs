//! What an export holds that nobody has documented: its tables, their columns, and what stands in them.
//!
//! A scan knows nothing of a profile. It reads what it is given as [`read`](crate::read) detects it, counts
//! the different values of each column, and says what they look like: dates and their order, words for yes
//! and no, several values in a cell, free text, keys, what a spreadsheet has spoilt. Memory is bounded by
//! the number of columns, because of each no more than [`MOST_VALUES`] values are kept.
//!
//! A scan is looked at by people who need not see the records. So a [`Listing`] leaves out values that may
//! name a person, and [`text_scan`](crate::text_scan) counts identifiers and never shows one.

mod column;
mod description;
mod html;
mod json;
mod pass;
mod privacy;
pub(crate) mod several;
mod tables;
mod tally;
mod text;

use serde::Serialize;

use crate::chunk::{PARTS_COLUMN, REASON_COLUMN};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::read::{InputPlace, InputReader};

pub use column::{Column, Damage, Distinct, Holds, Unique};
pub use html::html;
pub use json::json;
pub use privacy::{ListedValue, Listing, ValueList, holds_identifier};
pub use several::Several;
pub(crate) use tally::mirrored;
pub use text::text;

/// Different values that are kept of a column.
pub const MOST_VALUES: usize = tally::MOST_VALUES;

/// An input that is to be scanned.
#[derive(Debug, Clone)]
pub struct ScanInput {
    /// Where it lies.
    pub place: InputPlace,
    /// How messages and the scan call it.
    pub name: String,
}

/// A scanned table: an input, one sheet of it, or the objects in one place of it.
#[derive(Debug, Clone)]
pub struct Table {
    /// The input.
    pub input: String,
    /// How it is written.
    pub dialect: Dialect,
    /// Name of the sheet, where the input is a workbook.
    pub sheet: Option<String>,
    /// How many sheets of the workbook have content.
    pub sheets: usize,
    /// Whether its objects hold arrays of further objects, which are tables of their own.
    pub holds_others: bool,
    /// Its records.
    pub records: Records,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// Members of JSON objects that were met too late to be columns.
    pub late_members: Vec<String>,
}

/// How many records there are, and what else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Records {
    /// Records that can be read.
    pub read: u64,
    /// Records that cannot be read.
    pub unreadable: u64,
    /// Lines above the header.
    pub preamble_lines: u64,
    /// Footers.
    pub footers: u64,
    /// Repeated headers.
    pub repeated_headers: u64,
    /// Lines of padding.
    pub padding: u64,
    /// Records with text behind a closing quote.
    pub stray_quotes: u64,
    /// Whether the input ends in the middle of a record.
    pub cut_off: bool,
}

/// Scans inputs, each to its end, with so many threads.
///
/// # Errors
/// An input cannot be opened or read to its end.
pub fn scan(inputs: &[ScanInput], threads: usize) -> Result<Vec<Table>> {
    let mut scanned = Vec::new();
    for input in inputs {
        let tables = tables::tables(&input.place, &input.name)?;
        let sheets = tables.iter().filter(|table| table.sheet.is_some()).count();
        for table in tables {
            let reader = InputReader::open_without_digest(
                &input.place,
                &input.name,
                &table.wish,
                &table.members,
            )?;
            let names = reader.columns().to_vec();
            let preamble_lines = reader.preamble_lines();
            let (tally, reader) = pass::count(reader, threads)?;
            let facts = reader.finish();
            let named = names.iter().zip(tally.columns).enumerate();
            let columns = named
                .filter(|(_, (name, _))| *name != REASON_COLUMN && *name != PARTS_COLUMN)
                .map(|(at, (name, tally))| Column::new(name, at + 1, tally));
            let mut late = tally.unknown_members;
            late.retain(|member| !table.arrays.contains(member));
            scanned.push(Table {
                input: input.name.clone(),
                sheet: table.sheet,
                sheets,
                holds_others: !table.arrays.is_empty(),
                records: Records {
                    read: tally.records,
                    unreadable: tally.unreadable,
                    preamble_lines,
                    footers: tally.footers,
                    repeated_headers: tally.repeated_headers,
                    padding: tally.padding,
                    stray_quotes: tally.stray_quotes,
                    cut_off: tally.cut_off || facts.truncated,
                },
                columns: columns.collect(),
                late_members: late,
                dialect: facts.dialect,
            });
        }
    }
    Ok(scanned)
}

impl Table {
    /// The columns that hold flags, with a code each: where there are several, the table is wide.
    pub fn flags(&self) -> Vec<&Column> {
        let flags = self.columns.iter();
        flags
            .filter(|column| column.holds == Holds::Flags)
            .collect()
    }
}
