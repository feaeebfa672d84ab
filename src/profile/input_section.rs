//! The `[input]` of a profile: how the landlord's exports are written.

use std::collections::HashSet;

use chrono_tz::Tz;

use super::document::{Placed, Section, did_you_mean};
use crate::cell::date::DateFormat;
use crate::cell::fold;
use crate::dialect::{DialectWish, Encoding, Format};

pub(super) const KEYS: &[&str] = &[
    "format",
    "encoding",
    "delimiter",
    "quote",
    "null_values",
    "timezone",
    "date_formats",
    "timestamp_formats",
];

/// How the landlord's exports are written.
#[derive(Debug, Clone)]
pub struct InputOptions {
    /// Format, encoding and separators, where the profile names them.
    pub dialect: DialectWish,
    /// Cells that say nothing, folded; the empty cell always does.
    pub null_values: HashSet<String>,
    /// Where local times are local to.
    pub timezone: Tz,
    /// Formats of date fields that name none of their own.
    pub date_formats: Vec<DateFormat>,
    /// Formats of timestamp fields that name none of their own.
    pub timestamp_formats: Vec<DateFormat>,
}

impl Default for InputOptions {
    fn default() -> Self {
        InputOptions {
            dialect: DialectWish::default(),
            null_values: HashSet::new(),
            timezone: Tz::Europe__London,
            date_formats: Vec::new(),
            timestamp_formats: Vec::new(),
        }
    }
}

pub(super) fn read(section: &Section<'_, '_>) -> InputOptions {
    let mut options = InputOptions::default();
    options.dialect.format = section
        .choice("format", &["csv", "ndjson", "json"])
        .map(|word| match word {
            "csv" => Format::Csv,
            "ndjson" => Format::Ndjson,
            _ => Format::Json,
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
            true => None,
            false => one_byte(section, "quote", &text),
        };
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
    options.date_formats = formats(section, "date_formats", false);
    options.timestamp_formats = formats(section, "timestamp_formats", true);
    options
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

/// Date formats under a key; `timed` ones must have a time of day.
pub(super) fn formats(
    section: &Section<'_, '_>,
    key: &'static str,
    timed: bool,
) -> Vec<DateFormat> {
    let mut formats = Vec::new();
    for text in section.texts(key).into_iter().flatten() {
        let format = match DateFormat::parse(&text.value) {
            Ok(format) if timed && !format.has_time() => {
                Err("needs a time of day (HH:MM)".to_owned())
            }
            other => other,
        };
        match format {
            Ok(format) => formats.push(format),
            Err(why) => {
                let problem = format!(
                    "{} {why}; a format looks like dd/mm/yyyy or dd-mmm-yy HH:MM:SS",
                    text.value
                );
                section.document.problem(&text.span, problem);
            }
        }
    }
    formats
}
