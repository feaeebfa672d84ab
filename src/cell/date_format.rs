//! One way to write a date, as people write it: `dd/mm/yyyy`, `d-mmm-yyyy`, `yyyy-mm-dd HH:MM`.

use super::date::days;
use super::date_order::DateOrder;
use super::date_parts::{clock, fraction, month_name, number, ordinal, zone};
use super::excel_serial::{self, SerialSystem};
use super::fixed_format::FixedFormat;

/// The year from which on two digits are counted, where the profile does not say: 70 to 99 are of the
/// last century.
pub const USUAL_PIVOT: i32 = 1970;

/// The words of a format; a longer one stands before its own beginning.
const WORDS: [(&str, Token); 14] = [
    ("yyyy", Token::Year4),
    ("yy", Token::Year2),
    ("mmmm", Token::MonthName),
    ("mmm", Token::MonthName),
    ("mm", Token::Month),
    ("m", Token::Month),
    ("do", Token::Ordinal),
    ("dd", Token::Day),
    ("d", Token::Day),
    ("HH", Token::Hour),
    ("MM", Token::Minute),
    ("SS", Token::Second),
    ("f", Token::Fraction),
    ("Z", Token::Zone),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Year4,
    Year2,
    Month,
    MonthName,
    Day,
    Ordinal,
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
    /// Days since 1970-01-01; the first of the month where the format has no day.
    pub days: i32,
    /// Whether the format has no day.
    pub dayless: bool,
    /// Microseconds since midnight.
    pub micros: i64,
    /// Offset from UTC in seconds, where the format has one.
    pub offset: Option<i32>,
}

/// One way to write a date, with or without a time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    text: String,
    shape: Shape,
    fixed: Option<FixedFormat>,
    pivot: i32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Written(Vec<Token>),
    Serial(SerialSystem),
}

impl DateFormat {
    /// Compiles a format: `yyyy` `yy` `mmm` (name) `mm` `m` `dd` `d` `do` (1st) `HH` `MM` `SS` `f`
    /// (fraction of a second) `Z` (offset from UTC), everything else stands for itself; or the word
    /// `excel` or `excel-1904` for a day number.
    ///
    /// # Errors
    /// What the format lacks.
    pub fn parse(text: &str) -> Result<DateFormat, String> {
        let shape = match text {
            "excel" => Shape::Serial(SerialSystem::From1900),
            "excel-1904" => Shape::Serial(SerialSystem::From1904),
            _ => {
                let tokens = tokens(text)?;
                refuse_incomplete(&tokens)?;
                Shape::Written(tokens)
            }
        };
        let fixed = match &shape {
            Shape::Written(tokens) => FixedFormat::of(tokens),
            Shape::Serial(_) => None,
        };
        Ok(DateFormat {
            text: text.to_owned(),
            shape,
            fixed,
            pivot: USUAL_PIVOT,
        })
    }

    /// The same format with years of two digits counted from `pivot` on: with 1970 they are those of
    /// 1970 to 2069.
    pub fn with_pivot(self, pivot: i32) -> DateFormat {
        DateFormat { pivot, ..self }
    }

    /// The format as the profile writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the format has a time of day.
    pub fn has_time(&self) -> bool {
        match &self.shape {
            Shape::Written(tokens) => tokens.contains(&Token::Hour),
            Shape::Serial(_) => true,
        }
    }

    /// Which of day and month comes first, where both are numbers.
    pub(super) fn order(&self) -> Option<DateOrder> {
        let place = |wanted| self.tokens().iter().position(|token| *token == wanted);
        let (day, month) = (place(Token::Day)?, place(Token::Month)?);
        Some(match day < month {
            true => DateOrder::DayMonth,
            false => DateOrder::MonthDay,
        })
    }

    /// Whether the other format differs in nothing but the order of day and month.
    pub(super) fn mirrors(&self, other: &DateFormat) -> bool {
        let swapped = self.tokens().iter().map(|token| match token {
            Token::Day => Token::Month,
            Token::Month => Token::Day,
            other => *other,
        });
        self.order().is_some() && swapped.eq(other.tokens().iter().copied())
    }

    /// The order of year, month and day, as far as they are numbers; formats of one order read no cell
    /// as two different days.
    pub(super) fn parts(&self) -> Vec<u8> {
        let part = |token: &Token| match token {
            Token::Year2 | Token::Year4 => Some(b'y'),
            Token::Month => Some(b'm'),
            Token::Day | Token::Ordinal => Some(b'd'),
            _ => None,
        };
        match self.shape {
            Shape::Written(_) => self.tokens().iter().filter_map(part).collect(),
            Shape::Serial(SerialSystem::From1900) => vec![b'0'],
            Shape::Serial(SerialSystem::From1904) => vec![b'4'],
        }
    }

    /// Whether the other format may read a cell as another day: their parts come in different orders, and
    /// a cell could fit both.
    pub(super) fn rivals(&self, other: &DateFormat) -> bool {
        let apart = match (self.marks(), other.marks()) {
            (Some(own), Some(others)) => own != others,
            _ => false,
        };
        !apart && self.parts() != other.parts()
    }

    /// What stands between the numbers of a cell, in the order of the format; `None` where a cell holds
    /// more than numbers and these marks.
    fn marks(&self) -> Option<Vec<u8>> {
        let mut marks = Vec::new();
        for token in self.tokens() {
            match token {
                Token::MonthName | Token::Ordinal | Token::Zone => return None,
                Token::Literal(mark) if mark.is_ascii_alphanumeric() || !mark.is_ascii() => {
                    return None;
                }
                Token::Literal(mark) => marks.push(*mark as u8),
                _ => {}
            }
        }
        (!marks.is_empty()).then_some(marks)
    }

    fn tokens(&self) -> &[Token] {
        match &self.shape {
            Shape::Written(tokens) => tokens,
            Shape::Serial(_) => &[],
        }
    }

    /// Reads a cell that is written out in full; such a date has a day and no offset.
    #[inline]
    pub(super) fn read_full(&self, cell: &str) -> Option<Found> {
        self.fixed.as_ref().and_then(|fixed| fixed.read(cell))
    }

    /// Reads a whole cell; `None` where it does not fit or no such date exists.
    pub fn read(&self, cell: &str) -> Option<Found> {
        let full = self.read_full(cell);
        if full.is_some() {
            return full;
        }
        match &self.shape {
            Shape::Written(tokens) => self.read_written(tokens, cell),
            Shape::Serial(system) => {
                let (days, micros) = excel_serial::read(cell, *system)?;
                Some(Found {
                    days,
                    micros,
                    ..Found::default()
                })
            }
        }
    }

    fn read_written(&self, tokens: &[Token], cell: &str) -> Option<Found> {
        let mut rest = cell;
        let (mut year, mut month, mut day) = (0, 0, None);
        let mut found = Found::default();
        for (at, token) in tokens.iter().enumerate() {
            // Two digits are needed only where digits follow at once.
            let letters =
                |next: &Token| matches!(next, Token::Literal(_) | Token::MonthName | Token::Zone);
            let next = tokens.get(at + 1);
            let fixed = next.is_some_and(|next| !letters(next));
            let least = if fixed { 2 } else { 1 };
            match token {
                Token::Year4 => year = number(&mut rest, 4, 4)? as i32,
                Token::Year2 => year = self.century(number(&mut rest, 2, 2)? as i32),
                Token::Month => month = number(&mut rest, least, 2)?,
                Token::MonthName => {
                    let stop_follows = next == Some(&Token::Literal('.'));
                    month = month_name(&mut rest, stop_follows)?;
                }
                Token::Day => day = Some(number(&mut rest, least, 2)?),
                Token::Ordinal => day = Some(ordinal(&mut rest)?),
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
        found.dayless = day.is_none();
        found.days = days(year, month, day.unwrap_or(1))?;
        rest.is_empty().then_some(found)
    }

    /// The year that two digits stand for.
    fn century(&self, short: i32) -> i32 {
        let year = self.pivot - self.pivot % 100 + short;
        if year < self.pivot { year + 100 } else { year }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
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
    Ok(tokens)
}

fn refuse_incomplete(tokens: &[Token]) -> Result<(), String> {
    let has = |wanted: &[Token]| tokens.iter().filter(|token| wanted.contains(token)).count();
    let needed = [
        ("a month (mm or mmm)", [Token::Month, Token::MonthName]),
        ("a year (yyyy or yy)", [Token::Year4, Token::Year2]),
    ];
    if let Some((part, _)) = needed.iter().find(|(_, tokens)| has(tokens) != 1) {
        return Err(format!("needs {part} exactly once"));
    }
    match (has(&[Token::Day, Token::Ordinal]), has(&[Token::Hour])) {
        (0, 0) | (1, _) => Ok(()),
        (0, _) => Err("has a time of day, and so needs a day (dd)".to_owned()),
        _ => Err("has a day more than once".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::date::date_of;

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
            ("dd/mm/yy", "31/12/69", "2069-12-31"),
            ("dd-mmm-yyyy", "15-JUN-2018", "2018-06-15"),
            ("d mmm yyyy", "1 April 2025", "2025-04-01"),
            ("d mmm yyyy", "1 Apr. 2025", "2025-04-01"),
            ("d.mmm.yyyy", "1.Apr.2025", "2025-04-01"),
            ("mmm d, yyyy", "Sept 9, 2025", "2025-09-09"),
            ("do mmmm yyyy", "1st April 2025", "2025-04-01"),
            ("mmm do, yyyy", "Jan. 22ND, 2025", "2025-01-22"),
            ("dmmmyy", "1Jan20", "2020-01-01"),
            ("yyyymmdd", "20240229", "2024-02-29"),
            ("yyyy-mm-ddTHH:MM:SS", "2024-02-29t10:11:12", "2024-02-29"),
            ("mmm-yy", "Mar-22", "2022-03-01"),
            ("mm/yyyy", "3/2022", "2022-03-01"),
            ("excel", "45383", "2024-04-01"),
            ("excel-1904", "43921", "2024-04-01"),
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
            "45383",
            "03/2024",
            "١/١/٢٠٢٤",
            "01-10-2019",
        ];
        for cell in cells {
            assert_eq!(read("dd/mm/yyyy", cell), None, "{cell}");
        }
        assert_eq!(read("yyyymmdd", "2024229"), None);
        assert_eq!(read("dd-mmm-yyyy", "15-Ju-2018"), None);
        assert_eq!(read("do mmmm yyyy", "1 April 2025"), None);
        assert_eq!(read("d mmmm yyyy", "1 April.. 2025"), None);
        assert_eq!(read("mmm-yy", "Mar-2022"), None);
    }

    #[test]
    fn two_digits_are_counted_from_the_pivot_on() {
        let year = |pivot, cell| {
            let format = DateFormat::parse("dd/mm/yy").unwrap().with_pivot(pivot);
            date_of(format.read(cell).unwrap().days)
                .unwrap()
                .to_string()
        };
        assert_eq!(year(1930, "01/01/29"), "2029-01-01");
        assert_eq!(year(1930, "01/01/30"), "1930-01-01");
        assert_eq!(year(2000, "01/01/99"), "2099-01-01");
        assert_eq!(year(1900, "01/01/00"), "1900-01-01");
    }

    #[test]
    fn mirrored_formats_differ_in_the_order_of_day_and_month_alone() {
        let mirrored = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|text| DateFormat::parse(text).unwrap());
            assert_eq!(one.mirrors(&other), other.mirrors(&one));
            one.mirrors(&other)
        };
        assert!(mirrored("dd/mm/yyyy", "mm/dd/yyyy"));
        assert!(mirrored("d/m/yy HH:MM", "mm/dd/yy HH:MM"));
        for (one, other) in [
            ("dd/mm/yyyy", "dd/mm/yyyy"),
            ("dd/mm/yyyy", "mm/dd/yy"),
            ("dd/mm/yyyy", "mm-dd-yyyy"),
            ("dd/mm/yyyy", "yyyy-mm-dd"),
            ("dd mmm yyyy", "mmm dd yyyy"),
            ("excel", "excel"),
            ("mm/yyyy", "mm/yyyy"),
        ] {
            assert!(!mirrored(one, other), "{one} {other}");
        }
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
    fn a_format_needs_month_and_year() {
        for format in [
            "yyyy",
            "dd mmm",
            "dd/MM/yyyy",
            "dd/mm/dd",
            "dd/mm/yyyy do",
            "mm/yyyy HH:MM",
            "DD/mm/yyyy",
            "Excel",
            "",
        ] {
            assert!(DateFormat::parse(format).is_err(), "{format}");
        }
    }
}
