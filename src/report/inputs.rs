//! What a report says of each input: how it was read, and what its cells say as a whole.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::candidate::FlagCounts;
use crate::cell::date_order::OrderEvidence;
use crate::read::InputFacts;

/// One input of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputReport {
    /// Code of the landlord.
    pub landlord: String,
    /// Name of the input.
    pub file: String,
    /// Its size in bytes, as stored.
    pub bytes: u64,
    /// SHA-256 of its bytes, as stored.
    pub sha256: String,
    /// How it was read.
    pub dialect: DialectReport,
    /// The columns that left the order of day and month to their cells, and what those have proven.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub date_orders: Vec<DateOrderReport>,
    /// What its columns of flags say; left out where the profile has no flags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<FlagReport>,
    /// What was taken out of its free text; left out where all text stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_text: Option<FreeTextReport>,
}

/// What was taken out of the free text of accepted alerts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FreeTextReport {
    /// What the profile says becomes of free text: `redact` or `drop`.
    pub policy: Cow<'static, str>,
    /// Texts that were changed or emptied.
    pub texts: u64,
    /// Places in them that a marker has taken.
    pub places: u64,
}

/// What a column's cells say about the order of day and month.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DateOrderReport {
    /// Name of the column.
    pub column: String,
    /// `day-month` or `month-day` where one order is proven, `both`, or `unproven`.
    pub order: Cow<'static, str>,
    /// Cells that are dates with the day first alone.
    pub day_month: u64,
    /// Cells that are dates with the month first alone.
    pub month_day: u64,
    /// Cells that are different days in either order.
    pub ambiguous: u64,
}

impl DateOrderReport {
    /// What the cells of a column of that name say.
    pub fn new(column: &str, evidence: &OrderEvidence) -> DateOrderReport {
        DateOrderReport {
            column: column.to_owned(),
            order: evidence.as_str().into(),
            day_month: evidence.day_month,
            month_day: evidence.month_day,
            ambiguous: evidence.ambiguous,
        }
    }
}

/// What the cells of one flag say, counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FlagReport {
    /// The column.
    pub column: String,
    /// It holds; each of these is an alert.
    pub yes: u64,
    /// It does not hold.
    pub no: u64,
    /// The person would not say.
    pub refused: u64,
    /// Nobody knows.
    pub unknown: u64,
    /// Nobody asked.
    pub not_asked: u64,
    /// Nothing.
    pub blank: u64,
    /// No known word; each of these is rejected.
    pub unreadable: u64,
}

impl FlagReport {
    /// The counts of a column.
    pub fn new(column: &str, counts: &FlagCounts) -> FlagReport {
        let [yes, no, refused, unknown, not_asked] = counts.words;
        FlagReport {
            column: column.to_owned(),
            yes,
            no,
            refused,
            unknown,
            not_asked,
            blank: counts.blank,
            unreadable: counts.unreadable,
        }
    }
}

/// How an input was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DialectReport {
    /// Format.
    pub format: Cow<'static, str>,
    /// Encoding; `ascii` where nothing else occurred.
    pub encoding: Cow<'static, str>,
    /// Whether it begins with a byte order mark.
    pub byte_order_mark: bool,
    /// Whether it is compressed.
    pub gzip: bool,
    /// Separator of cells (CSV).
    pub delimiter: Option<String>,
    /// Quote character (CSV).
    pub quote: Option<String>,
    /// Name of the sheet, where the input is a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Character that takes the meaning from a quote behind it (CSV).
    pub escape: Option<String>,
    /// Physical line on which the header begins, counted from 1 (CSV).
    pub header_line: Option<u64>,
    /// Physical lines above the header that are passed over (CSV).
    pub preamble_lines: Option<u64>,
}

impl InputReport {
    /// What is known of an input once it has been read.
    pub fn new(landlord: &str, file: &str, facts: &InputFacts) -> InputReport {
        InputReport {
            landlord: landlord.to_owned(),
            file: file.to_owned(),
            bytes: facts.bytes,
            sha256: facts.sha256.clone(),
            dialect: DialectReport::new(facts),
            date_orders: Vec::new(),
            flags: Vec::new(),
            free_text: None,
        }
    }
}

impl DialectReport {
    fn new(facts: &InputFacts) -> DialectReport {
        let dialect = &facts.dialect;
        let is_csv = dialect.format == crate::dialect::Format::Csv;
        let shown = |byte: u8| char::from(byte).to_string();
        DialectReport {
            format: dialect.format.as_str().into(),
            encoding: dialect
                .encoding
                .map_or("ascii", |encoding| encoding.as_str())
                .into(),
            byte_order_mark: dialect.bom,
            gzip: dialect.gzip,
            delimiter: is_csv.then(|| shown(dialect.delimiter)),
            quote: dialect.quote.filter(|_| is_csv).map(shown),
            sheet: dialect.sheet.clone(),
            escape: dialect.escape.filter(|_| is_csv).map(shown),
            header_line: dialect.header_line,
            preamble_lines: is_csv.then_some(facts.preamble_lines),
        }
    }
}
