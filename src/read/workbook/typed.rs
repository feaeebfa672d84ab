//! The text of a typed cell: as a person would type it, and so that nothing is lost unseen.

use std::fmt::Write;

use calamine::{DataType, ExcelDateTime};

/// Whole numbers from here on have more digits than a spreadsheet keeps.
const ROUNDED: f64 = 1e15;
/// Significant digits that a spreadsheet keeps, less the one in front of the point.
const DECIMALS: usize = 14;
/// The first serial number behind 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;

/// Appends the text of a cell. A whole number gets `digits` digits where it has fewer, as its number
/// format has it.
pub(super) fn append(cell: &impl DataType, digits: usize, into: &mut String) {
    // writing to a String cannot fail
    let _ = match () {
        () if let Some(text) = cell.get_string() => into.write_str(text),
        () if let Some(number) = cell.get_float() => append_number(number, digits, into),
        () if let Some(number) = cell.get_int() => append_number(number as f64, digits, into),
        () if let Some(date) = cell.get_datetime() => append_date(&date, into),
        () if let Some(text) = cell.get_datetime_iso() => into.write_str(&date_and_time(text)),
        () if let Some(text) = cell.get_duration_iso() => into.write_str(&clock(text)),
        () if let Some(true) = cell.get_bool() => into.write_str("TRUE"),
        () if let Some(false) = cell.get_bool() => into.write_str("FALSE"),
        () if let Some(error) = cell.get_error() => write!(into, "{error}"),
        () => Ok(()),
    };
}

fn append_number(number: f64, digits: usize, into: &mut String) -> std::fmt::Result {
    if number.abs() >= ROUNDED {
        // The exponent shows that digits are lost.
        let text = format!("{number:.DECIMALS$E}");
        let (mantissa, exponent) = text.split_once('E').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        return write!(into, "{mantissa}E+{exponent}");
    }
    if number.fract() == 0.0 {
        return write!(into, "{:0digits$}", number as i64);
    }
    let kept: f64 = format!("{number:.DECIMALS$e}").parse().unwrap_or(number);
    write!(into, "{kept}")
}

fn append_date(date: &ExcelDateTime, into: &mut String) -> std::fmt::Result {
    let days = date.as_f64();
    if !(0.0..LAST_DAY).contains(&days) {
        return append_number(days, 0, into);
    }
    if date.is_duration() {
        let seconds = (days * 86_400.0).round() as u64;
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        return write!(into, "{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60);
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let dated = days >= 1.0;
    if dated {
        write!(into, "{year:04}-{month:02}-{day:02}")?;
    }
    if dated && (hour, minute, second, milli) == (0, 0, 0, 0) {
        return Ok(());
    }
    let lead = if dated { " " } else { "" };
    write!(into, "{lead}{hour:02}:{minute:02}:{second:02}")?;
    match milli {
        0 => Ok(()),
        _ => write!(into, ".{milli:03}"),
    }
}

/// `2024-03-01T10:30:00` as `2024-03-01 10:30:00`, and a midnight as the date alone.
fn date_and_time(iso: &str) -> String {
    let text = iso.replacen('T', " ", 1);
    match text.strip_suffix(" 00:00:00") {
        Some(date) => date.to_owned(),
        None => text,
    }
}

/// `PT10H30M00S` as `10:30:00`; as it is where it is written otherwise.
fn clock(iso: &str) -> String {
    let parts = || {
        let (hours, rest) = iso.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?;
        Some(format!("{hours:0>2}:{minutes:0>2}:{seconds:0>2}"))
    };
    parts().unwrap_or_else(|| iso.to_owned())
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, Data, ExcelDateTimeType};

    use super::*;

    fn text(cell: Data) -> String {
        let mut text = String::new();
        append(&cell, 0, &mut text);
        text
    }

    fn date(serial: f64, is_1904: bool) -> Data {
        let kind = ExcelDateTimeType::DateTime;
        Data::DateTime(ExcelDateTime::new(serial, kind, is_1904))
    }

    #[test]
    fn numbers_as_typed() {
        let cases = [
            (100_023_000_000.0, "100023000000"),
            (123.0, "123"),
            (-5.0, "-5"),
            (1.5, "1.5"),
            (0.1 + 0.2, "0.3"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1E+15"),
            (1_234_567_890_123_456_789.0, "1.23456789012346E+18"),
        ];
        for (number, expected) in cases {
            assert_eq!(text(Data::Float(number)), expected);
        }
        assert_eq!(text(Data::Int(77)), "77");
    }

    #[test]
    fn a_number_format_of_zeros_is_kept() {
        let padded = |cell: Data| {
            let mut text = String::new();
            append(&cell, 8, &mut text);
            text
        };
        assert_eq!(padded(Data::Float(1234.0)), "00001234");
        assert_eq!(padded(Data::Float(1_234_567_890.0)), "1234567890");
        assert_eq!(padded(Data::String("0012".into())), "0012");
    }

    #[test]
    fn dates_in_both_systems() {
        // 45 352 is 2024-03-01, counted from 1900; the other count begins 1462 days later
        assert_eq!(text(date(45_352.0, false)), "2024-03-01");
        assert_eq!(text(date(43_890.0, true)), "2024-03-01");
        assert_eq!(text(date(45_352.437_5, false)), "2024-03-01 10:30:00");
        assert_eq!(text(date(0.437_5, false)), "10:30:00");
        assert_eq!(text(date(-1.0, false)), "-1");
        assert_eq!(text(date(3e6, false)), "3000000");
        let span = ExcelDateTimeType::TimeDelta;
        let long = ExcelDateTime::new(1.25, span, false);
        assert_eq!(text(Data::DateTime(long)), "30:00:00");
    }

    #[test]
    fn open_document_writes_iso() {
        let iso = |text: &str| Data::DateTimeIso(text.to_owned());
        assert_eq!(text(iso("2024-03-01")), "2024-03-01");
        assert_eq!(text(iso("2024-03-01T00:00:00")), "2024-03-01");
        assert_eq!(text(iso("2024-03-01T10:30:00")), "2024-03-01 10:30:00");
        assert_eq!(text(Data::DurationIso("PT9H5M00S".into())), "09:05:00");
        assert_eq!(text(Data::DurationIso("P1D".into())), "P1D");
    }

    #[test]
    fn the_rest() {
        assert_eq!(text(Data::Bool(true)), "TRUE");
        assert_eq!(text(Data::Bool(false)), "FALSE");
        assert_eq!(text(Data::Error(CellErrorType::Ref)), "#REF!");
        assert_eq!(text(Data::Empty), "");
        assert_eq!(text(Data::String("00123".into())), "00123");
    }
}
