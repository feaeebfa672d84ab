//! A scan as JSON, for other programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::column::{Damage, Distinct, Holds, Unique};
use super::description::{identifier, notes};
use super::privacy::{Listing, ValueList};
use super::several::Several;
use super::{Column, Records, Table};
use crate::error::{Error, Result};

#[derive(Serialize)]
struct Document<'t> {
    tool: Tool,
    /// Values in fewer cells are hidden; 0 where none are.
    values_rarer_than: u64,
    tables: Vec<TableFacts<'t>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct TableFacts<'t> {
    input: &'t str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    records_at: Option<&'t str>,
    encoding: Option<&'static str>,
    byte_order_mark: bool,
    gzip: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    header_line: Option<u64>,
    records: &'t Records,
    columns: Vec<ColumnFacts<'t>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    late_members: &'t [String],
}

#[derive(Serialize)]
struct ColumnFacts<'t> {
    number: usize,
    name: &'t str,
    holds: Holds,
    filled: u64,
    empty: u64,
    says_nothing: u64,
    distinct: Distinct,
    unique: Unique,
    #[serde(skip_serializing_if = "Option::is_none")]
    dense: Option<bool>,
    longest: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    shape: Option<&'t str>,
    cells: BTreeMap<&'static str, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<DateFacts<'t>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flag_words: Vec<FlagWordFacts<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    several: Option<&'t Several>,
    identifiers: BTreeMap<&'static str, u64>,
    damage: Damage,
    notes: Vec<String>,
    values: ValueList,
}

#[derive(Serialize)]
struct DateFacts<'t> {
    formats: BTreeMap<&'t str, u64>,
    order: &'static str,
    day_before_month: u64,
    month_before_day: u64,
    ambiguous: u64,
    timed: u64,
    impossible: u64,
    no_dates: &'t BTreeMap<String, u64>,
    day_numbers: u64,
    years: Option<(i32, i32)>,
}

#[derive(Serialize)]
struct FlagWordFacts<'t> {
    word: &'t str,
    means: &'static str,
    cells: u64,
}

/// The scan as a JSON document.
///
/// # Errors
/// A bug of ours.
pub fn json(tables: &[Table], listing: Listing) -> Result<String> {
    let document = Document {
        tool: Tool {
            name: "pac",
            version: env!("CARGO_PKG_VERSION"),
        },
        values_rarer_than: if listing.show_values {
            0
        } else {
            listing.threshold
        },
        tables: tables.iter().map(|own| table(own, listing)).collect(),
    };
    let text = serde_json::to_string_pretty(&document);
    Ok(text.map_err(|error| Error::Internal(error.to_string()))? + "\n")
}

fn table(table: &Table, listing: Listing) -> TableFacts<'_> {
    let dialect = &table.dialect;
    let is_csv = dialect.format == crate::dialect::Format::Csv;
    let character = |byte: u8| char::from(byte).to_string();
    TableFacts {
        input: &table.input,
        format: dialect.format.as_str(),
        sheet: table.sheet.as_deref(),
        records_at: dialect.records.as_ref().map(|path| path.as_str()),
        encoding: dialect.encoding.map(|own| own.as_str()),
        byte_order_mark: dialect.bom,
        gzip: dialect.gzip,
        delimiter: is_csv.then(|| character(dialect.delimiter)),
        quote: dialect.quote.filter(|_| is_csv).map(character),
        header_line: dialect.header_line,
        records: &table.records,
        columns: table
            .columns
            .iter()
            .map(|own| column(own, listing))
            .collect(),
        late_members: &table.late_members,
    }
}

fn column(column: &Column, listing: Listing) -> ColumnFacts<'_> {
    let tally = &column.dates;
    let dates = DateFacts {
        formats: column.date_formats().into_iter().collect(),
        order: tally.order.as_str(),
        day_before_month: tally.order.day_month,
        month_before_day: tally.order.month_day,
        ambiguous: tally.order.ambiguous,
        timed: tally.timed,
        impossible: tally.impossible,
        no_dates: &tally.sentinels,
        day_numbers: tally.serials,
        years: tally.years,
    };
    let is_date = matches!(column.holds, Holds::Dates | Holds::Timestamps);
    ColumnFacts {
        number: column.number,
        name: &column.name,
        holds: column.holds,
        filled: column.filled,
        empty: column.empty,
        says_nothing: column.says_nothing,
        distinct: column.distinct,
        unique: column.unique,
        dense: column.dense,
        longest: column.longest,
        shape: column.shape.as_ref().map(|(shape, _)| shape.as_str()),
        cells: column.kinds.iter().copied().collect(),
        dates: is_date.then_some(dates),
        flag_words: column
            .flag_words
            .iter()
            .map(|(word, means, cells)| FlagWordFacts {
                word,
                means: means.as_str(),
                cells: *cells,
            })
            .collect(),
        several: column.several.as_ref(),
        identifiers: column
            .identifiers
            .iter()
            .map(|(kind, count)| (identifier(*kind), *count))
            .collect(),
        damage: column.damage,
        notes: notes(column),
        values: listing.list(column),
    }
}
