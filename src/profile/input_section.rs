//! The `[input]` of a profile: how the landlord's exports are written.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono_tz::Tz;

use super::document::{Placed, did_you_mean};
use super::formats_section::{FormatKeys, Formats};
use super::number_section::separators;
use super::only_section::{self, Only};
use super::section::Section;
use crate::cell::date_format::USUAL_PIVOT;
use crate::cell::fold;
use crate::cell::number::Separators;
use crate::cell::repairs::Repairs;
use crate::dialect::record_path::RecordPath;
use crate::dialect::{DialectWish, Encoding, Format, HeaderWish, QuoteWish};

pub(super) const KEYS: &[&str] = &[
    "format",
    "encoding",
    "delimiter",
    "quote",
    "sheet",
    "escape",
    "header",
    "header_row",
    "footer",
    "null_values",
    "timezone",
    "date_formats",
    "date_formats_by",
    "timestamp_formats",
    "timestamp_formats_by",
    "year_pivot",
    "no_dates",
    "decimal",
    "thousands",
    "records",
    "only",
    "repair",
];

/// The years that two digits may be counted from.
const PIVOTS: RangeInclusive<i32> = 1900..=2000;

/// How the landlord's exports are written.
#[derive(Debug, Clone)]
pub struct InputOptions {
    /// Format, encoding and separators, where the profile names them.
    pub dialect: DialectWish,
    /// Whether the profile says that there is a header, or none.
    pub states_header: bool,
    /// Cells that say nothing, folded; the empty cell always does.
    pub null_values: HashSet<String>,
    /// Where local times are local to.
    pub timezone: Tz,
    /// Formats of date fields that name none of their own.
    pub date_formats: Option<Formats>,
    /// Formats of timestamp fields that name none of their own.
    pub timestamp_formats: Option<Formats>,
    /// The year from which on years of two digits are counted.
    pub year_pivot: i32,
    /// Cells that stand for no date in fields of dates and points in time.
    pub no_dates: Vec<String>,
    /// Separators of numbers in fields that name none of their own.
    pub separators: Separators,
    /// Which kinds of record are asked for; `None` where all are.
    pub only: Option<Only>,
    /// Which damage by spreadsheets is repaired.
    pub repairs: Repairs,
}

impl Default for InputOptions {
    fn default() -> Self {
        InputOptions {
            dialect: DialectWish::default(),
            states_header: false,
            null_values: HashSet::new(),
            timezone: Tz::Europe__London,
            date_formats: None,
            timestamp_formats: None,
            year_pivot: USUAL_PIVOT,
            no_dates: Vec::new(),
            separators: Separators::default(),
            only: None,
            repairs: Repairs::default(),
        }
    }
}

pub(super) fn read(section: &Section<'_, '_>) -> InputOptions {
    let mut options = InputOptions::default();
    options.dialect.format = section
        .choice("format", &["csv", "ndjson", "json", "sheet"])
        .map(|word| match word {
            "csv" => Format::Csv,
            "ndjson" => Format::Ndjson,
            "json" => Format::Json,
            _ => Format::Sheet,
        });
    let encodings = ["utf-8", "windows-1252", "utf-16le", "utf-16be"];
    options.dialect.encoding = section
        .choice("encoding", &encodings)
        .map(|word| match word {
            "utf-8" => Encoding::Utf8,
            "windows-1252" => Encoding::Windows1252,
            "utf-16le" => Encoding::Utf16Le,
            _ => Encoding::Utf16Be,
        });
    options.dialect.delimiter = section
        .text("delimiter")
        .and_then(|text| one_byte(section, "delimiter", &text));
    if let Some(text) = section.text("quote") {
        options.dialect.quote = match text.value.is_empty() {
            true => QuoteWish::Nothing,
            false => one_byte(section, "quote", &text).map_or(QuoteWish::Detected, QuoteWish::Mark),
        };
    }
    options.dialect.sheet = section.sheet("sheet");
    options.dialect.escape = section
        .text("escape")
        .and_then(|text| one_byte(section, "escape", &text));
    let stated = section.flag("header");
    options.dialect.header = header(section, stated == Some(false));
    options.states_header =
        stated.is_some() || matches!(options.dialect.header, HeaderWish::Line(_));
    for footer in section.texts("footer").into_iter().flatten() {
        match footer.value.trim_start() {
            "" => {
                let problem = "input: footer must be the beginning of a line, such as \"-- \"";
                section.document.problem(&footer.span, problem);
            }
            text => options.dialect.footers.push(text.to_owned()),
        }
    }
    for value in section.texts("null_values").into_iter().flatten() {
        options.null_values.insert(fold(&value.value).into_owned());
    }
    if let Some(text) = section.text("timezone") {
        match text.value.parse() {
            Ok(zone) => options.timezone = zone,
            Err(_) => {
                let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
                let near = did_you_mean(&text.value, zones);
                let problem = format!("input: timezone {} is not known{near}", text.value);
                section.document.problem(&text.span, problem);
            }
        }
    }
    let pivot = section.number("year_pivot", PIVOTS);
    options.year_pivot = pivot.unwrap_or(USUAL_PIVOT);
    let keys = |formats, by, timed| FormatKeys {
        formats,
        by,
        timed,
        pivot: options.year_pivot,
    };
    options.date_formats = keys("date_formats", "date_formats_by", false).read(section);
    options.timestamp_formats =
        keys("timestamp_formats", "timestamp_formats_by", true).read(section);
    let no_dates = section.texts("no_dates").into_iter().flatten();
    options.no_dates = no_dates.map(|text| text.value).collect();
    options.separators = separators(section, Separators::default());
    options.dialect.records = records(section, options.dialect.format);
    options.only = section
        .section("only", only_section::KEYS)
        .and_then(|own| only_section::read(&own, &options.null_values));
    options.repairs = repairs(section);
    options
}

fn records(section: &Section<'_, '_>, format: Option<Format>) -> Option<RecordPath> {
    let text = section.text("records")?;
    if matches!(format, Some(Format::Csv | Format::Sheet)) {
        let problem = "input: records is for JSON, where records may lie within others; remove it";
        section.document.problem(&text.span, problem);
    }
    let path = RecordPath::parse(&text.value);
    path.map_err(|why| {
        let problem = format!("input: records {why}");
        section.document.problem(&text.span, problem);
    })
    .ok()
}

/// Where the header stands; `none` says that there is none.
fn header(section: &Section<'_, '_>, none: bool) -> HeaderWish {
    let Some(line) = section.scalar("header_row") else {
        return match none {
            true => HeaderWish::Nothing,
            false => HeaderWish::default(),
        };
    };
    let problem = match line.value.parse() {
        Ok(number) if number > 0 && !none => return HeaderWish::Line(number),
        Ok(number) if number > 0 => "input: header = false and header_row exclude each other",
        _ => "input: header_row must be a line's number, counted from 1",
    };
    section.document.problem(&line.span, problem);
    HeaderWish::default()
}

fn repairs(section: &Section<'_, '_>) -> Repairs {
    const WORDS: [&str; 3] = ["mojibake", "code_dates", "leading_zeros"];
    let mut repairs = Repairs::default();
    for word in section.texts("repair").into_iter().flatten() {
        match word.value.as_str() {
            "mojibake" => repairs.mojibake = true,
            "code_dates" => repairs.code_dates = true,
            "leading_zeros" => repairs.leading_zeros = true,
            other => {
                let near = did_you_mean(other, WORDS.into_iter());
                let known = WORDS.join(", ");
                let problem = format!("input: repair {other} is none of {known}{near}");
                section.document.problem(&word.span, problem);
            }
        }
    }
    repairs
}

fn one_byte(section: &Section<'_, '_>, key: &str, text: &Placed<String>) -> Option<u8> {
    match text.value.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => Some(*byte),
        _ => {
            let problem =
                format!("input: {key} must be one ASCII character, such as \",\" or \"\\t\"");
            section.document.problem(&text.span, problem);
            None
        }
    }
}
