//! Dates as days since 1970-01-01, and the reader of date cells.

use chrono::{Datelike, Days, Months, NaiveDate, TimeZone};
use chrono_tz::Tz;

use super::date_format::{DateFormat, Found};
use super::date_formats::DateFormats;
use super::date_order::{DateOrder, OrderHint};
use super::{CellFault, Reading};

/// Days from 0001-01-01 to 1970-01-01 in chrono's count.
const EPOCH: i32 = 719_163;

/// Days from 0000-03-01 to 1970-01-01.
const DAYS_BEFORE_EPOCH: i32 = 719_468;

/// Days since 1970-01-01 of a date that exists, in a year of at most four digits. There is no year 0, and
/// readers of Parquet disagree on what it would be.
pub fn days(year: i32, month: u32, day: u32) -> Option<i32> {
    let ordinary = (1..10_000).contains(&year) && (1..=12).contains(&month);
    if !ordinary || day == 0 || day > 28 && day > last_day(year, month) {
        return None;
    }
    // years begin in March, so that the day which some lack is their last
    let (year, month) = match month {
        0..=2 => (year - 1, month as i32 + 9),
        _ => (year, month as i32 - 3),
    };
    let before_year = year * 365 + year / 4 - year / 100 + year / 400;
    let before_month = (153 * month + 2) / 5;
    Some(before_year + before_month + day as i32 - 1 - DAYS_BEFORE_EPOCH)
}

fn last_day(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date that lies so many days after 1970-01-01.
pub fn date_of(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?)
}

/// Which day stands in for one that a date does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenDay {
    /// The first of the month.
    First,
    /// The last of the month.
    Last,
}

/// Reads dates in the first format that fits.
#[derive(Debug, Clone)]
pub struct DateReader {
    formats: DateFormats,
    zone: Tz,
    chosen: ChosenDay,
}

impl DateReader {
    /// A reader of the given formats, none of which stands for `yyyy-mm-dd`, and of ISO 8601 where none
    /// fits. A point in time with an offset falls on the day that it is in `zone`. Cells of `no_dates` stand for no date, as they are
    /// written and as the day that they read as.
    pub fn new(formats: Vec<DateFormat>, zone: Tz, no_dates: &[String]) -> DateReader {
        let iso = || DateFormat::parse("yyyy-mm-dd").into_iter().collect();
        let formats = if formats.is_empty() { iso() } else { formats };
        DateReader {
            formats: DateFormats::new(formats, no_dates),
            zone,
            chosen: ChosenDay::First,
        }
    }

    /// The same reader with another day for dates that have none.
    pub fn choosing(self, chosen: ChosenDay) -> DateReader {
        DateReader { chosen, ..self }
    }

    /// Reads a cell that is not empty, as days since 1970-01-01. A cell that two formats read
    /// differently is not guessed.
    pub fn read(&self, cell: &str) -> Reading<i32> {
        if let Some(found) = self.formats.read_full(cell) {
            return Reading::Value(found.days);
        }
        let reading = self.formats.read(cell.trim(), CellFault::NoDate);
        reading.map(|found| self.day(found))
    }

    /// Whether the formats leave the order of day and month to the cells.
    pub fn asks_order(&self) -> bool {
        self.formats.ask_order()
    }

    /// What a cell says about the order of day and month.
    pub fn hint(&self, cell: &str) -> Option<OrderHint> {
        self.formats.hint(cell.trim())
    }

    /// The same reader where the order of day and month is known.
    pub fn in_order(&self, order: DateOrder) -> DateReader {
        DateReader {
            formats: self.formats.in_order(order),
            ..*self
        }
    }

    fn day(&self, found: Found) -> i32 {
        let last = found.dayless && self.chosen == ChosenDay::Last;
        let day = match last {
            true => last_of_month(found.days),
            false => self.local_day(found),
        };
        day.unwrap_or(found.days)
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

fn last_of_month(first: i32) -> Option<i32> {
    let next = date_of(first)?.checked_add_months(Months::new(1))?;
    let last = next.checked_sub_days(Days::new(1))?;
    Some(last.num_days_from_ce() - EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(formats: &[&str], no_dates: &[&str]) -> DateReader {
        let formats = formats.iter().map(|text| DateFormat::parse(text).unwrap());
        let no_dates: Vec<String> = no_dates.iter().map(|text| (*text).to_owned()).collect();
        DateReader::new(formats.collect(), Tz::Europe__London, &no_dates)
    }

    fn day(text: &str) -> i32 {
        let date: NaiveDate = text.parse().unwrap();
        days(date.year(), date.month(), date.day()).unwrap()
    }

    const AMBIGUOUS: Reading<i32> = Reading::Fault(CellFault::AmbiguousDate);
    const UNREADABLE: Reading<i32> = Reading::Fault(CellFault::NoDate);
    const NO_DATE: Reading<i32> = Reading::Nothing(CellFault::NoDateMeant);

    #[test]
    fn days_are_those_of_the_calendar() {
        for year in (0..=10_000).filter(|year| year % 100 < 5 || *year > 9_990) {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let date = NaiveDate::from_ymd_opt(year, month, day);
                let date = date.filter(|_| (1..10_000).contains(&year));
                let expected = date.map(|date| date.num_days_from_ce() - EPOCH);
                assert_eq!(days(year, month, day), expected, "{year}-{month}-{day}");
            }
        }
    }

    #[test]
    fn what_two_formats_read_differently_is_not_guessed() {
        let reader = reader(&["dd/mm/yyyy", "mm/dd/yyyy"], &[]);
        assert_eq!(reader.read("03/04/2024"), AMBIGUOUS);
        assert_eq!(reader.read("25/04/2024"), Reading::Value(19_838));
        assert_eq!(reader.read("04/25/2024"), Reading::Value(19_838));
        assert_eq!(reader.read("04/04/2024"), Reading::Value(19_817));
    }

    #[test]
    fn iso_is_read_last_unless_a_format_turns_it_round() {
        let read = |format: &str, cell: &str| reader(&[format], &[]).read(cell);
        let expected = Reading::Value(day("2024-02-03"));
        assert_eq!(read("dd/mm/yyyy", "2024-02-03"), expected);
        assert_eq!(read("dd/mm/yyyy", "2024-02-03 10:11:12"), expected);
        assert_eq!(read("yyyy-dd-mm", "2024-03-02"), expected);
        assert_eq!(read("yyyy-dd-mm", "2024-02-13"), UNREADABLE);
        assert_eq!(read("dd/mm/yyyy", "2024-02-30"), UNREADABLE);
    }

    #[test]
    fn a_time_with_an_offset_falls_on_its_local_day() {
        let reader = reader(&["yyyy-mm-ddTHH:MM:SSZ"], &[]);
        let summer = reader.read("2024-06-30T23:00:00Z");
        assert_eq!(summer, Reading::Value(day("2024-07-01")));
        let winter = reader.read("2024-01-31T23:00:00Z");
        assert_eq!(winter, Reading::Value(day("2024-01-31")));
    }

    #[test]
    fn a_day_is_chosen_for_a_month() {
        let reader = reader(&["mmm-yy", "mm/yyyy"], &[]);
        let noted = |text| Reading::Noted(day(text), CellFault::DayChosen);
        assert_eq!(reader.read("Feb-24"), noted("2024-02-01"));
        let reader = reader.choosing(ChosenDay::Last);
        assert_eq!(reader.read("Feb-24"), noted("2024-02-29"));
        assert_eq!(reader.read("12/9999"), noted("9999-12-31"));
    }

    #[test]
    fn months_and_day_numbers_that_may_be_something_else_are_not_guessed() {
        assert_eq!(reader(&["yy-mm", "mm-yy"], &[]).read("03-04"), AMBIGUOUS);
        let dates = reader(&["ddmmyy", "excel"], &[]);
        assert_eq!(dates.read("110124"), AMBIGUOUS);
        assert_eq!(dates.read("010124"), Reading::Value(day("2024-01-01")));
        assert_eq!(dates.read("45383"), Reading::Value(day("2024-04-01")));
        assert_eq!(reader(&["dd/mm/yyyy"], &[]).read("45383"), UNREADABLE);
    }

    #[test]
    fn cells_that_stand_for_no_date() {
        let named = ["1900-01-01", "31/12/2099", "00/00/0000", "Unknown"];
        let reader = reader(&["dd/mm/yyyy", "dd-mmm-yyyy"], &named);
        for cell in [
            "01/01/1900",
            "1/1/1900",
            "31/12/2099",
            "31-DEC-2099",
            "00/00/0000",
            "unknown",
        ] {
            assert_eq!(reader.read(cell), NO_DATE, "{cell}");
        }
        assert_eq!(reader.read("02/01/1900"), Reading::Value(day("1900-01-02")));
        assert_eq!(reader.read("0/0/0000"), UNREADABLE);
    }

    #[test]
    fn what_a_cell_says_about_the_order() {
        use DateOrder::{DayMonth, MonthDay};
        let formats = ["dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "yyyy-mm-dd"];
        let dates = reader(&formats, &["31/12/2099"]);
        let cases = [
            ("25/04/2024", Some(OrderHint::Proves(DayMonth))),
            ("04/25/2024", Some(OrderHint::Proves(MonthDay))),
            ("03/04/2024", Some(OrderHint::Ambiguous)),
            ("04/04/2024", None),
            ("31/12/2099", None),
            ("12/31/2099", None),
            ("25.04.2024", None),
            ("2024-04-25", None),
            ("25/25/2024", None),
            ("", None),
        ];
        for (cell, hint) in cases {
            assert_eq!(dates.hint(cell), hint, "{cell}");
        }
        // 25 January 2012, or 12 January 2025.
        let three = reader(&["ddmmyy", "mmddyy", "yymmdd"], &[]);
        assert_eq!(three.hint("250112"), None);
    }

    #[test]
    fn a_known_order_leaves_the_formats_of_that_order() {
        let both = reader(&["mm/dd/yyyy", "dd/mm/yyyy", "dd.mm.yyyy"], &[]);
        assert!(both.asks_order());
        let one = both.in_order(DateOrder::MonthDay);
        assert!(!one.asks_order());
        assert_eq!(one.expected(), "mm/dd/yyyy or dd.mm.yyyy");
        assert_eq!(one.read("03/04/2024"), Reading::Value(day("2024-03-04")));
        assert!(!reader(&["dd/mm/yyyy", "mm/dd/yy"], &[]).asks_order());
    }
}
