//! Which way of writing dates a cell shows.

use rustc_hash::FxHashMap;

use crate::cell::date_format::DateFormat;
use crate::cell::date_order::{DateOrder, OrderHint};
use crate::cell::date_parts::month_name;

/// Runs of a cell that is a date, at most.
const MOST_RUNS: usize = 16;

/// A run of characters of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run<'c> {
    Digits(&'c str),
    Letters(&'c str),
    Other(char),
}

/// The formats that were met in a column, so that each is compiled once.
#[derive(Debug, Default)]
pub(super) struct KnownFormats {
    places: FxHashMap<Box<str>, usize>,
    formats: Vec<KnownFormat>,
    /// The format of the last cell that was looked at.
    written: String,
}

/// A way in which dates are written.
#[derive(Debug)]
pub(super) struct KnownFormat {
    /// As profiles write it; with the day first where day and month are both numbers.
    pub(super) text: Box<str>,
    /// Whether there is a time of day.
    pub(super) timed: bool,
    /// Cells that are written so.
    pub(super) cells: u64,
    /// Whether day and month are both numbers, and the order of them is open.
    ordered: bool,
    /// With the day first.
    first: Option<DateFormat>,
    /// With the month first, where both are numbers.
    second: Option<DateFormat>,
}

impl KnownFormats {
    /// The place of the format in which a cell writes a date; `None` where it does not look like one.
    pub(super) fn place(&mut self, cell: &str) -> Option<usize> {
        if !(5..=40).contains(&cell.len()) || !cell.is_ascii() {
            return None;
        }
        let first = cell.as_bytes().first()?;
        if !first.is_ascii_digit() && !first.is_ascii_alphabetic() {
            return None;
        }
        let (runs, count) = runs(cell)?;
        let runs = runs.get(..count)?;
        self.written.clear();
        let (ordered, length) = day(runs, &mut self.written)?;
        let time = runs.get(length..)?;
        write_time(time, &mut self.written)?;
        let format = self.written.as_str();
        if let Some(place) = self.places.get(format) {
            return Some(*place);
        }
        let second = ordered.then(|| DateFormat::parse(&mirrored(format)).ok());
        self.places.insert(format.into(), self.formats.len());
        self.formats.push(KnownFormat {
            text: format.into(),
            timed: !time.is_empty(),
            cells: 0,
            ordered,
            first: DateFormat::parse(format).ok(),
            second: second.flatten(),
        });
        Some(self.formats.len() - 1)
    }

    /// The format with a place.
    pub(super) fn get(&mut self, place: usize) -> Option<&mut KnownFormat> {
        self.formats.get_mut(place)
    }

    /// All formats, in the order in which they were met.
    pub(super) fn iter(&self) -> impl Iterator<Item = &KnownFormat> {
        self.formats.iter()
    }
}

impl KnownFormat {
    /// What a cell that is written so says about the order of day and month, and the days since 1970-01-01,
    /// where there is such a day.
    pub(super) fn read(&self, cell: &str) -> (Option<OrderHint>, Option<i32>) {
        let read = |format: &Option<DateFormat>| Some(format.as_ref()?.read(cell)?.days);
        let (first, second) = (read(&self.first), read(&self.second));
        let hint = match (first, second) {
            _ if !self.ordered => None,
            (Some(one), Some(other)) if one != other => Some(OrderHint::Ambiguous),
            (Some(_), None) => Some(OrderHint::Proves(DateOrder::DayMonth)),
            (None, Some(_)) => Some(OrderHint::Proves(DateOrder::MonthDay)),
            _ => None,
        };
        (hint, first.or(second))
    }
}

/// The same format with the month in front of the day.
pub(crate) fn mirrored(format: &str) -> String {
    let day_away = format.replacen("dd", "\0", 1);
    day_away.replacen("mm", "dd", 1).replacen('\0', "mm", 1)
}

/// The runs of a cell and how many there are; `None` where they are too many for a date.
fn runs(cell: &str) -> Option<([Run<'_>; MOST_RUNS], usize)> {
    let mut runs = [Run::Other(' '); MOST_RUNS];
    let mut count = 0;
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        let same = |byte: &u8| match first.is_ascii_digit() {
            true => byte.is_ascii_digit(),
            false => first.is_ascii_alphabetic() && byte.is_ascii_alphabetic(),
        };
        let length = rest.bytes().take_while(same).count().max(1);
        let (run, behind) = rest.split_at_checked(length)?;
        *runs.get_mut(count)? = match first {
            '0'..='9' => Run::Digits(run),
            'a'..='z' | 'A'..='Z' => Run::Letters(run),
            other => Run::Other(other),
        };
        count += 1;
        rest = behind;
    }
    Some((runs, count))
}

/// Writes the format of the day that a cell begins with; says whether its order of day and month is open, and
/// how many runs it takes.
fn day(runs: &[Run<'_>], format: &mut String) -> Option<(bool, usize)> {
    use Run::{Digits, Letters, Other};
    let short = |digits: &str| digits.len() <= 2;
    let (parts, between, ordered, length): ([&str; 3], char, bool, usize) = match runs {
        [
            Digits(year),
            Other(a),
            Digits(month),
            Other(b),
            Digits(day),
            ..,
        ] if year.len() == 4 && a == b && short(month) && short(day) && separates(*a) => {
            (["yyyy", "mm", "dd"], *a, false, 5)
        }
        [
            Digits(day),
            Other(a),
            Digits(month),
            Other(b),
            Digits(year),
            ..,
        ] if a == b && short(day) && short(month) && separates(*a) => {
            (["dd", "mm", year_format(year)?], *a, true, 5)
        }
        [
            Digits(day),
            Letters(ending),
            Other(a),
            Letters(month),
            Other(b),
            Digits(year),
            ..,
        ] if short(day) && is_ordinal(ending) && is_month(month) && a == b => {
            (["do", "mmm", year_format(year)?], *a, false, 6)
        }
        [
            Digits(day),
            Other(a),
            Letters(month),
            Other(b),
            Digits(year),
            ..,
        ] if short(day) && is_month(month) && a == b && separates(*a) => {
            (["dd", "mmm", year_format(year)?], *a, false, 5)
        }
        [
            Letters(month),
            Other(a),
            Digits(day),
            Other(','),
            Other(b),
            Digits(year),
            ..,
        ] if is_month(month) && short(day) && a == b && separates(*a) => {
            (["mmm", "dd,", year_format(year)?], *a, false, 6)
        }
        [Letters(month), Other(a), Digits(year)] if is_month(month) && separates(*a) => {
            (["", "mmm", year_format(year)?], *a, false, 3)
        }
        _ => return None,
    };
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !format.is_empty() {
            format.push(between);
        }
        format.push_str(part);
    }
    Some((ordered, length))
}

/// Writes the format of the time behind a day; nothing where nothing is behind it.
fn write_time(runs: &[Run<'_>], format: &mut String) -> Option<()> {
    use Run::{Digits, Letters, Other};
    let (mark, rest) = match runs {
        [] => return Some(()),
        [Other(' '), rest @ ..] => (' ', rest),
        [Letters("T"), rest @ ..] => ('T', rest),
        _ => return None,
    };
    let [Digits(_), Other(':'), Digits(_), rest @ ..] = rest else {
        return None;
    };
    format.push(mark);
    format.push_str("HH:MM");
    let mut rest = rest;
    if let [Other(':'), Digits(_), behind @ ..] = rest {
        format.push_str(":SS");
        rest = behind;
        if let [Other('.'), Digits(_), behind @ ..] = rest {
            format.push_str(".f");
            rest = behind;
        }
    }
    match rest {
        [] => {}
        [Letters("Z")] | [Other('+' | '-'), ..] => format.push('Z'),
        _ => return None,
    }
    Some(())
}

fn separates(character: char) -> bool {
    matches!(character, '/' | '-' | '.' | ' ')
}

fn year_format(digits: &str) -> Option<&'static str> {
    match digits.len() {
        4 => Some("yyyy"),
        2 => Some("yy"),
        _ => None,
    }
}

fn is_ordinal(letters: &str) -> bool {
    let endings = ["st", "nd", "rd", "th"];
    endings.iter().any(|own| own.eq_ignore_ascii_case(letters))
}

fn is_month(letters: &str) -> bool {
    let mut rest = letters;
    month_name(&mut rest, false).is_some() && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_writing_is_told_by_the_cell() {
        let cases = [
            ("14/03/2022", "dd/mm/yyyy", true),
            ("5/6/21", "dd/mm/yy", true),
            ("25.3.22", "dd.mm.yy", true),
            ("2024-02-29", "yyyy-mm-dd", true),
            ("15-JUN-2018", "dd-mmm-yyyy", true),
            ("1st April 2025", "do mmm yyyy", true),
            ("Sept 9, 2025", "mmm dd, yyyy", true),
            ("Mar-22", "mmm-yy", true),
            ("14/07/2025 09:30", "dd/mm/yyyy HH:MM", true),
            ("2024-02-29 00:00:00.000", "yyyy-mm-dd HH:MM:SS.f", true),
            ("2025-07-01T10:15:00+01:00", "yyyy-mm-ddTHH:MM:SSZ", true),
            ("31/02/2024", "dd/mm/yyyy", false),
            ("00/00/0000", "dd/mm/yyyy", false),
        ];
        for (cell, format, exists) in cases {
            let mut formats = KnownFormats::default();
            let place = formats.place(cell).unwrap_or_else(|| panic!("{cell}"));
            let found = formats.get(place).unwrap();
            assert_eq!(&*found.text, format, "{cell}");
            assert_eq!(found.read(cell).1.is_some(), exists, "{cell}");
        }
        for cell in [
            "10-10",
            "A1001",
            "12/3",
            "1 High Street",
            "20-Oct",
            "45383",
            "May be",
            "1.5.2",
        ] {
            assert_eq!(KnownFormats::default().place(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_cell_may_prove_the_order() {
        let mut formats = KnownFormats::default();
        let mut hint = |cell| {
            let place = formats.place(cell).unwrap();
            formats.get(place).unwrap().read(cell).0
        };
        assert_eq!(
            hint("25/04/2024"),
            Some(OrderHint::Proves(DateOrder::DayMonth))
        );
        assert_eq!(
            hint("04/25/2024 10:00"),
            Some(OrderHint::Proves(DateOrder::MonthDay))
        );
        assert_eq!(hint("03/04/2024"), Some(OrderHint::Ambiguous));
        assert_eq!(hint("05/05/2024"), None);
        assert_eq!(mirrored("dd/mm/yyyy HH:MM"), "mm/dd/yyyy HH:MM");
    }
}
