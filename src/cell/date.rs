//! Dates in the formats of a profile, written as people write them: `dd/mm/yyyy`, `d-mmm-yyyy`,
//! `yyyy-mm-dd HH:MM`.

use chrono::{Datelike, NaiveDate, TimeZone};
use chrono_tz::Tz;

use super::date_formats::DateFormats;
use super::{CellFault, Reading};

/// Days from 0001-01-01 to 1970-01-01 in chrono's count.
const EPOCH: i32 = 719_163;
/// Two-digit years from here on belong to the last century.
const PIVOT: i32 = 70;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Days since 1970-01-01 of a date that exists. There is no year 0, and readers of Parquet disagree
/// on what it would be.
pub fn days(year: i32, month: u32, day: u32) -> Option<i32> {
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| year > 0)?;
    Some(date.num_days_from_ce() - EPOCH)
}

/// The date that lies so many days after 1970-01-01.
pub fn date_of(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Year4,
    Year2,
    Month,
    MonthName,
    Day,
    Hour,
    Minute,
    Second,
    Fraction,
    Zone,
    Literal(char),
}

/// What a format found in a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Days since 1970-01-01.
    pub days: i32,
    /// Microseconds since midnight.
    pub micros: i64,
    /// Offset from UTC in seconds, where the format has one.
    pub offset: Option<i32>,
}

/// One way to write a date, with or without a time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    text: String,
    tokens: Vec<Token>,
}

impl DateFormat {
    /// Compiles a format: `yyyy` `yy` `mmm` (name) `mm` `m` `dd` `d` `HH` `MM` `SS` `f` (fraction of
    /// a second) `Z` (offset from UTC), everything else stands for itself.
    ///
    /// # Errors
    /// What the format lacks.
    pub fn parse(text: &str) -> Result<DateFormat, String> {
        const WORDS: [(&str, Token); 13] = [
            ("yyyy", Token::Year4),
            ("yy", Token::Year2),
            ("mmmm", Token::MonthName),
            ("mmm", Token::MonthName),
            ("mm", Token::Month),
            ("m", Token::Month),
            ("dd", Token::Day),
            ("d", Token::Day),
            ("HH", Token::Hour),
            ("MM", Token::Minute),
            ("SS", Token::Second),
            ("f", Token::Fraction),
            ("Z", Token::Zone),
        ];
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
            let (token, length) = match word {
                Some((word, token)) => (*token, word.len()),
                None if matches!(first, 'D' | 'M' | 'Y' | 'y' | 'H' | 'h' | 'S' | 's') => {
                    return Err(format!("{first} alone is no part of a date"));
                }
                None => (Token::Literal(first), first.len_utf8()),
            };
            tokens.push(token);
            rest = &rest[length..];
        }
        let has = |wanted: &[Token]| tokens.iter().filter(|token| wanted.contains(token)).count();
        let parts = [
            ("a day (dd)", has(&[Token::Day])),
            (
                "a month (mm or mmm)",
                has(&[Token::Month, Token::MonthName]),
            ),
            ("a year (yyyy or yy)", has(&[Token::Year4, Token::Year2])),
        ];
        match parts.iter().find(|(_, count)| *count != 1) {
            Some((part, _)) => Err(format!("needs {part} exactly once")),
            None => Ok(DateFormat {
                text: text.to_owned(),
                tokens,
            }),
        }
    }

    /// The format as the profile writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the format has a time of day.
    pub fn has_time(&self) -> bool {
        self.tokens.contains(&Token::Hour)
    }

    /// The order of year, month and day, as far as they are numbers.
    pub(super) fn order(&self) -> Vec<Token> {
        let part = |token: &Token| match token {
            Token::Year2 | Token::Year4 => Some(Token::Year4),
            Token::Month | Token::Day => Some(*token),
            _ => None,
        };
        self.tokens.iter().filter_map(part).collect()
    }

    /// Reads a whole cell; `None` where it does not fit or no such date exists.
    pub fn read(&self, cell: &str) -> Option<Found> {
        let mut rest = cell;
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut found = Found::default();
        for (at, token) in self.tokens.iter().enumerate() {
            // Two digits are needed only where digits follow at once.
            let letters =
                |next: &Token| matches!(next, Token::Literal(_) | Token::MonthName | Token::Zone);
            let next = self.tokens.get(at + 1);
            let fixed = next.is_some_and(|next| !letters(next));
            let least = if fixed { 2 } else { 1 };
            match token {
                Token::Year4 => year = number(&mut rest, 4, 4)? as i32,
                Token::Year2 => {
                    let short = number(&mut rest, 2, 2)? as i32;
                    year = short + if short < PIVOT { 2000 } else { 1900 };
                }
                Token::Month => month = number(&mut rest, least, 2)?,
                Token::MonthName => month = month_name(&mut rest)?,
                Token::Day => day = number(&mut rest, least, 2)?,
                Token::Hour => found.micros += clock(&mut rest, least, 23, 3600)?,
                Token::Minute => found.micros += clock(&mut rest, 2, 59, 60)?,
                Token::Second => found.micros += clock(&mut rest, 2, 59, 1)?,
                Token::Fraction => found.micros += fraction(&mut rest)?,
                Token::Zone => found.offset = Some(zone(&mut rest)?),
                Token::Literal(literal) => {
                    let mut chars = rest.chars();
                    if !chars.next()?.eq_ignore_ascii_case(literal) {
                        return None;
                    }
                    rest = chars.as_str();
                }
            }
        }
        found.days = days(year, month, day)?;
        rest.is_empty().then_some(found)
    }
}

fn number(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let bytes = rest.as_bytes().iter().take(most);
    let length = bytes.take_while(|byte| byte.is_ascii_digit()).count();
    if length < least {
        return None;
    }
    let (digits, behind) = rest.split_at(length);
    *rest = behind;
    Some(
        digits
            .bytes()
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')),
    )
}

fn clock(rest: &mut &str, least: usize, most: u32, seconds: i64) -> Option<i64> {
    let value = number(rest, least, 2).filter(|value| *value <= most)?;
    Some(i64::from(value) * seconds * 1_000_000)
}

fn month_name(rest: &mut &str) -> Option<u32> {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, behind) = rest.split_at(length);
    let word = word.to_ascii_lowercase();
    let fits = |name: &&str| {
        word.len() >= 3
            && (name.starts_with(&word) && (word.len() == 3 || word == *name || word == "sept"))
    };
    let month = MONTHS.iter().position(fits)?;
    *rest = behind;
    Some(month as u32 + 1)
}

fn fraction(rest: &mut &str) -> Option<i64> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let (digits, behind) = rest.split_at(length);
    *rest = behind;
    let six = digits.bytes().chain(std::iter::repeat(b'0')).take(6);
    Some(six.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

fn zone(rest: &mut &str) -> Option<i32> {
    if let Some(behind) = rest.strip_prefix(['Z', 'z']) {
        *rest = behind;
        return Some(0);
    }
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    *rest = &rest[1..];
    let hours = number(rest, 2, 2)? as i32;
    let minutes = match rest.strip_prefix(':') {
        Some(behind) => {
            *rest = behind;
            number(rest, 2, 2)?
        }
        None if rest.starts_with(|c: char| c.is_ascii_digit()) => number(rest, 2, 2)?,
        None => 0,
    } as i32;
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Reads dates in the first format that fits.
#[derive(Debug, Clone)]
pub struct DateReader {
    formats: DateFormats,
    zone: Tz,
}

impl DateReader {
    /// A reader of the given formats, none of which stands for `yyyy-mm-dd`, and of ISO 8601 where none
    /// fits. A point in time with an offset falls on the day that it is in `zone`.
    pub fn new(formats: Vec<DateFormat>, zone: Tz) -> DateReader {
        let iso = || DateFormat::parse("yyyy-mm-dd").into_iter().collect();
        let formats = if formats.is_empty() { iso() } else { formats };
        DateReader {
            formats: DateFormats::new(formats),
            zone,
        }
    }

    /// Reads a cell that is not empty, as days since 1970-01-01. A cell that two formats read
    /// differently is not guessed.
    pub fn read(&self, cell: &str) -> Reading<i32> {
        match self.formats.read(cell.trim(), CellFault::NoDate) {
            Ok(found) => Reading::Value(self.local_day(found).unwrap_or(found.days)),
            Err(fault) => Reading::Fault(fault),
        }
    }

    fn local_day(&self, found: Found) -> Option<i32> {
        let offset = i64::from(found.offset?);
        let seconds = i64::from(found.days) * 86_400 + found.micros / 1_000_000 - offset;
        let local = self.zone.timestamp_opt(seconds, 0).single()?;
        Some(local.date_naive().num_days_from_ce() - EPOCH)
    }

    /// The formats for a message: `dd/mm/yyyy or yyyy-mm-dd`.
    pub fn expected(&self) -> String {
        self.formats.expected()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, cell: &str) -> Option<String> {
        let found = DateFormat::parse(format).unwrap().read(cell)?;
        Some(date_of(found.days).unwrap().to_string())
    }

    #[test]
    fn formats_as_people_write_them() {
        let cases = [
            ("dd/mm/yyyy", "01/10/2019", "2019-10-01"),
            ("dd/mm/yyyy", "1/2/2019", "2019-02-01"),
            ("d.m.yy", "25.3.22", "2022-03-25"),
            ("dd/mm/yy", "31/12/99", "1999-12-31"),
            ("dd-mmm-yyyy", "15-JUN-2018", "2018-06-15"),
            ("d mmm yyyy", "1 April 2025", "2025-04-01"),
            ("mmm d, yyyy", "Sept 9, 2025", "2025-09-09"),
            ("dmmmyy", "1Jan20", "2020-01-01"),
            ("yyyymmdd", "20240229", "2024-02-29"),
            ("yyyy-mm-ddTHH:MM:SS", "2024-02-29t10:11:12", "2024-02-29"),
        ];
        for (format, cell, date) in cases {
            assert_eq!(read(format, cell).as_deref(), Some(date), "{format} {cell}");
        }
    }

    #[test]
    fn what_does_not_exist_or_fit_is_no_date() {
        let cells = [
            "31/02/2024",
            "00/00/0000",
            "01/01/0000",
            "29/02/2023",
            "01/13/2024",
            "01/10/19",
            "1/1/2024 ",
            "01/10/2019 00:00",
            "tbc",
            "",
            "١/١/٢٠٢٤",
            "01-10-2019",
        ];
        for cell in cells {
            assert_eq!(read("dd/mm/yyyy", cell), None, "{cell}");
        }
        assert_eq!(read("yyyymmdd", "2024229"), None);
        assert_eq!(read("dd-mmm-yyyy", "15-Ju-2018"), None);
    }

    #[test]
    fn what_two_formats_read_differently_is_not_guessed() {
        let formats = ["dd/mm/yyyy", "mm/dd/yyyy"].map(|text| DateFormat::parse(text).unwrap());
        let reader = DateReader::new(formats.to_vec(), Tz::Europe__London);
        let ambiguous = Reading::Fault(CellFault::AmbiguousDate);
        assert_eq!(reader.read("03/04/2024"), ambiguous);
        assert_eq!(reader.read("25/04/2024"), Reading::Value(19_838));
        assert_eq!(reader.read("04/25/2024"), Reading::Value(19_838));
        assert_eq!(reader.read("04/04/2024"), Reading::Value(19_817));
    }

    #[test]
    fn iso_is_read_last_unless_a_format_turns_it_round() {
        let read = |text: &str, cell: &str| {
            let format = DateFormat::parse(text).unwrap();
            let reader = DateReader::new(vec![format], Tz::Europe__London);
            reader
                .read(cell)
                .value()
                .map(|days| date_of(days).unwrap().to_string())
        };
        let day = Some("2024-02-03".to_owned());
        assert_eq!(read("dd/mm/yyyy", "2024-02-03"), day);
        assert_eq!(read("dd/mm/yyyy", "2024-02-03 10:11:12"), day);
        assert_eq!(read("yyyy-dd-mm", "2024-03-02"), day);
        assert_eq!(read("yyyy-dd-mm", "2024-02-13"), None);
        assert_eq!(read("dd/mm/yyyy", "2024-02-30"), None);
    }

    #[test]
    fn a_time_with_an_offset_falls_on_its_local_day() {
        let format = DateFormat::parse("yyyy-mm-ddTHH:MM:SSZ").unwrap();
        let reader = DateReader::new(vec![format], Tz::Europe__London);
        let day = |cell: &str| {
            date_of(reader.read(cell).value().unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(day("2024-06-30T23:00:00Z"), "2024-07-01");
        assert_eq!(day("2024-01-31T23:00:00Z"), "2024-01-31");
    }

    #[test]
    fn times_and_offsets() {
        let format = DateFormat::parse("yyyy-mm-ddTHH:MM:SS.fZ").unwrap();
        let found = format.read("2024-03-01T23:59:58.25+01:00").unwrap();
        assert_eq!(found.micros, 86_398_250_000);
        assert_eq!(found.offset, Some(3600));
        assert!(format.read("2024-03-01T24:00:00.0Z").is_none());
    }

    #[test]
    fn a_format_needs_day_month_and_year() {
        for format in ["mm/yyyy", "dd/MM/yyyy", "dd/mm/dd", "DD/mm/yyyy", ""] {
            assert!(DateFormat::parse(format).is_err(), "{format}");
        }
    }
}
