//! The dates of a column.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::date_shape::{KnownFormat, KnownFormats};
use crate::cell::date::date_of;
use crate::cell::date_order::OrderEvidence;

/// Ways of writing that are told apart in a column.
const MOST: usize = 32;

/// Day numbers that spreadsheets leave of dates from 1954 to 2064.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=60_000;

/// What is counted of the dates of a column.
#[derive(Debug, Clone, Default)]
pub(in crate::scan) struct DateTally {
    /// Cells of each way of writing; with the day first where day and month are both numbers.
    pub formats: BTreeMap<String, u64>,
    /// What they say of the order of day and month.
    pub order: OrderEvidence,
    /// Cells with a time of day.
    pub timed: u64,
    /// Cells that look like dates and are none, such as 31/02/2024.
    pub impossible: u64,
    /// Cells that stand for no date, such as 1900-01-01, as they are written.
    pub sentinels: BTreeMap<String, u64>,
    /// Whole numbers that may be the day numbers of a spreadsheet.
    pub serials: u64,
    /// Eight digits that are a date as `yyyymmdd`.
    pub compact: u64,
    /// First and last year.
    pub years: Option<(i32, i32)>,
}

/// Whether a value is written as a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateLook {
    /// It is digits alone, which may be a date too.
    Digits,
    /// It is written in the format with this place among those known.
    Written(usize),
    /// It is written in one format too many.
    Unlisted,
    /// It is not.
    Other,
}

impl DateLook {
    /// How a value looks, which is not empty.
    pub(super) fn of(value: &str, formats: &mut KnownFormats) -> DateLook {
        if value.bytes().all(|byte| byte.is_ascii_digit()) {
            return DateLook::Digits;
        }
        match formats.place(value) {
            Some(place) if place < MOST => DateLook::Written(place),
            Some(_) => DateLook::Unlisted,
            None => DateLook::Other,
        }
    }
}

impl DateTally {
    /// Counts cells with a value that looks so.
    pub(super) fn count(
        &mut self,
        look: DateLook,
        value: &str,
        cells: u64,
        formats: &mut KnownFormats,
    ) {
        match look {
            DateLook::Digits => self.count_digits(value, cells),
            DateLook::Written(place) => {
                if let Some(format) = formats.get(place) {
                    format.cells += cells;
                    self.count_written(format, value, cells);
                }
            }
            DateLook::Other if is_fraction_of_day(value) => self.serials += cells,
            DateLook::Other | DateLook::Unlisted => {}
        }
    }

    fn count_written(&mut self, format: &KnownFormat, value: &str, cells: u64) {
        self.timed += if format.timed { cells } else { 0 };
        let (hint, days) = format.read(value);
        if let Some(hint) = hint {
            self.order.count_many(hint, cells);
        }
        let date = days.and_then(date_of);
        match date {
            None if value.contains("0000") => self.add_sentinel(value, cells),
            None => self.impossible += cells,
            Some(date) if is_sentinel(date) => self.add_sentinel(value, cells),
            Some(date) => {
                let (first, last) = self.years.unwrap_or((date.year(), date.year()));
                self.years = Some((first.min(date.year()), last.max(date.year())));
            }
        }
    }

    /// Adds the cells of each format.
    pub(super) fn add_formats(&mut self, formats: &KnownFormats) {
        for format in formats.iter().filter(|format| format.cells > 0) {
            *self.formats.entry(format.text.to_string()).or_default() += format.cells;
        }
    }

    /// Adds what another part of the column has.
    pub(super) fn merge(&mut self, other: DateTally) {
        for (format, count) in other.formats {
            *self.formats.entry(format).or_default() += count;
        }
        for (value, count) in other.sentinels {
            *self.sentinels.entry(value).or_default() += count;
        }
        self.order.add(&other.order);
        self.timed += other.timed;
        self.impossible += other.impossible;
        self.serials += other.serials;
        self.compact += other.compact;
        self.years = match (self.years, other.years) {
            (Some((first, last)), Some((first2, last2))) => {
                Some((first.min(first2), last.max(last2)))
            }
            (one, another) => one.or(another),
        };
    }

    /// Cells that are written as dates, day numbers not among them.
    pub(in crate::scan) fn written(&self) -> u64 {
        self.formats.values().sum()
    }

    fn count_digits(&mut self, value: &str, count: u64) {
        match value.len() {
            5 if value.parse().is_ok_and(|number| SERIALS.contains(&number)) => {
                self.serials += count;
            }
            8 if is_compact(value) => self.compact += count,
            _ => {}
        }
    }

    fn add_sentinel(&mut self, value: &str, count: u64) {
        if self.sentinels.len() < MOST || self.sentinels.contains_key(value) {
            *self.sentinels.entry(value.to_owned()).or_default() += count;
        }
    }
}

/// A day that systems write which cannot leave a date empty.
fn is_sentinel(date: chrono::NaiveDate) -> bool {
    let day = (date.month(), date.day());
    match date.year() {
        1899 => day == (12, 30) || day == (12, 31),
        1900 | 1901 | 1753 => day == (1, 1),
        year => year <= 1 || year >= 2099,
    }
}

/// `45383.75`, a point in time as a spreadsheet counts it.
fn is_fraction_of_day(value: &str) -> bool {
    let Some((day, fraction)) = value.split_once('.') else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(fraction) && day.len() == 5 && day.parse().is_ok_and(|day| SERIALS.contains(&day))
}

fn is_compact(value: &str) -> bool {
    let part = |range: std::ops::Range<usize>| value.get(range)?.parse::<u32>().ok();
    let parts = (part(0..4), part(4..6), part(6..8));
    matches!(parts, (Some(1900..=2100), Some(1..=12), Some(1..=31)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_column_of_dates_shows() {
        let (mut tally, mut formats) = (DateTally::default(), KnownFormats::default());
        for value in [
            "14/03/2022",
            "03/04/2024",
            "31/02/2024",
            "00/00/0000",
            "31/12/2099",
            "1st April 2025",
            "45383",
            "20240229",
            "not yet",
        ] {
            let look = DateLook::of(value, &mut formats);
            tally.count(look, value, 2, &mut formats);
        }
        tally.add_formats(&formats);
        assert_eq!(tally.formats.get("dd/mm/yyyy"), Some(&10));
        assert_eq!(tally.formats.get("do mmm yyyy"), Some(&2));
        assert_eq!(tally.written(), 12);
        assert_eq!((tally.order.day_month, tally.order.ambiguous), (4, 2));
        assert_eq!(tally.impossible, 2);
        assert_eq!(tally.sentinels.len(), 2);
        assert_eq!((tally.serials, tally.compact), (2, 2));
        assert_eq!(tally.years, Some((2022, 2025)));
    }
}
