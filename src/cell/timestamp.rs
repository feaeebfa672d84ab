//! Points in time: a local time of the landlord's time zone, or one with an offset, as UTC.

use chrono::{MappedLocalTime, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::date::date_of;
use super::date_format::{DateFormat, Found};
use super::date_formats::DateFormats;
use super::date_order::{DateOrder, OrderHint};
use super::{CellFault, Reading};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// Reads points in time as microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone)]
pub struct TimestampReader {
    formats: DateFormats,
    named: bool,
    zone: Tz,
}

impl TimestampReader {
    /// A reader of the given formats, and of ISO 8601 where none fits; a time without an offset is local
    /// to `zone`. Cells of `no_dates` stand for no point in time, as they are written and as the
    /// day that they read as.
    pub fn new(formats: Vec<DateFormat>, zone: Tz, no_dates: &[String]) -> TimestampReader {
        let named = !formats.is_empty();
        TimestampReader {
            formats: DateFormats::new(formats, no_dates),
            named,
            zone,
        }
    }

    /// Reads a cell that is not empty. A local time that the clock change skips is no time; of one
    /// that happens twice the earlier is taken, with a note.
    pub fn read(&self, cell: &str) -> Reading<i64> {
        if let Some(found) = self.formats.read_full(cell) {
            return self.utc(found);
        }
        match self.formats.read(cell.trim(), CellFault::NoTimestamp) {
            Reading::Value(found) | Reading::Noted(found, _) => self.utc(found),
            Reading::Nothing(fault) => Reading::Nothing(fault),
            Reading::Fault(fault) => Reading::Fault(fault),
            Reading::NoAlert => Reading::NoAlert,
            Reading::SaysNoAlert(fault) => Reading::SaysNoAlert(fault),
        }
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
    pub fn in_order(&self, order: DateOrder) -> TimestampReader {
        TimestampReader {
            formats: self.formats.in_order(order),
            ..*self
        }
    }

    /// The formats for a message.
    pub fn expected(&self) -> String {
        match self.named {
            true => self.formats.expected(),
            false => "yyyy-mm-ddTHH:MM:SS".to_owned(),
        }
    }

    fn utc(&self, found: Found) -> Reading<i64> {
        let local = i64::from(found.days) * DAY + found.micros;
        if let Some(offset) = found.offset {
            return Reading::Value(local - i64::from(offset) * SECOND);
        }
        if self.zone == Tz::UTC {
            return Reading::Value(local);
        }
        let seconds = (found.micros / SECOND) as u32;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0);
        let (Some(date), Some(time)) = (date_of(found.days), time) else {
            return Reading::Fault(CellFault::NoTimestamp);
        };
        let shifted = |offset: i32| local - i64::from(offset) * SECOND;
        match self
            .zone
            .offset_from_local_datetime(&NaiveDateTime::new(date, time))
        {
            MappedLocalTime::Single(offset) => {
                Reading::Value(shifted(offset.fix().local_minus_utc()))
            }
            MappedLocalTime::Ambiguous(one, two) => {
                let furthest = one.fix().local_minus_utc().max(two.fix().local_minus_utc());
                Reading::Noted(shifted(furthest), CellFault::AmbiguousHour)
            }
            MappedLocalTime::None => Reading::Fault(CellFault::SkippedTime),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> TimestampReader {
        let format = DateFormat::parse("dd/mm/yyyy HH:MM").unwrap();
        TimestampReader::new(vec![format], chrono_tz::Europe::London, &[])
    }

    fn micros(text: &str) -> i64 {
        chrono::DateTime::parse_from_rfc3339(text)
            .unwrap()
            .timestamp_micros()
    }

    #[test]
    fn local_time_becomes_utc() {
        let reader = reader();
        let winter = micros("2024-01-15T09:30:00Z");
        assert_eq!(reader.read("15/01/2024 09:30"), Reading::Value(winter));
        let summer = micros("2024-07-15T08:30:00Z");
        assert_eq!(reader.read("15/07/2024 09:30"), Reading::Value(summer));
    }

    #[test]
    fn the_clock_change() {
        let reader = reader();
        let earlier = |text| Reading::Noted(micros(text), CellFault::AmbiguousHour);
        let skipped = Reading::Fault(CellFault::SkippedTime);
        let value = |text| Reading::Value(micros(text));
        let cases = [
            ("31/03/2024 00:59", value("2024-03-31T00:59:00Z")),
            ("31/03/2024 01:00", skipped),
            ("31/03/2024 01:59", skipped),
            ("31/03/2024 02:00", value("2024-03-31T01:00:00Z")),
            ("27/10/2024 00:59", value("2024-10-26T23:59:00Z")),
            ("27/10/2024 01:00", earlier("2024-10-27T00:00:00Z")),
            ("27/10/2024 01:59", earlier("2024-10-27T00:59:00Z")),
            ("27/10/2024 02:00", value("2024-10-27T02:00:00Z")),
        ];
        for (cell, reading) in cases {
            assert_eq!(reader.read(cell), reading, "{cell}");
        }
    }

    #[test]
    fn the_clock_change_of_other_zones() {
        let read = |zone, cell: &str| TimestampReader::new(Vec::new(), zone, &[]).read(cell);
        // Half an hour, in the southern spring and autumn.
        let lord_howe = chrono_tz::Australia::Lord_Howe;
        assert_eq!(
            read(lord_howe, "2024-04-07T01:45:00"),
            Reading::Noted(micros("2024-04-06T14:45:00Z"), CellFault::AmbiguousHour)
        );
        assert_eq!(
            read(lord_howe, "2024-10-06T02:15:00"),
            Reading::Fault(CellFault::SkippedTime)
        );
        assert_eq!(
            read(chrono_tz::America::New_York, "2024-11-03T01:30:00"),
            Reading::Noted(micros("2024-11-03T05:30:00Z"), CellFault::AmbiguousHour)
        );
        assert_eq!(
            read(chrono_tz::UTC, "2024-10-27T01:30:00"),
            Reading::Value(micros("2024-10-27T01:30:00Z"))
        );
        // An offset says which of the two it is.
        assert_eq!(
            read(chrono_tz::Europe::London, "2024-10-27T01:30:00+00:00"),
            Reading::Value(micros("2024-10-27T01:30:00Z"))
        );
    }

    #[test]
    fn day_numbers_are_local_times() {
        let format = DateFormat::parse("excel").unwrap();
        let reader = TimestampReader::new(vec![format], chrono_tz::Europe::London, &[]);
        let summer = micros("2024-04-01T17:00:00Z");
        assert_eq!(reader.read("45383.75"), Reading::Value(summer));
    }

    #[test]
    fn days_that_stand_for_no_time() {
        let no_dates = ["1900-01-01".to_owned()];
        let reader = TimestampReader::new(Vec::new(), chrono_tz::Europe::London, &no_dates);
        let none = Reading::Nothing(CellFault::NoDateMeant);
        assert_eq!(reader.read("1900-01-01"), none);
        assert_eq!(reader.read("1900-01-01 00:00:00.000"), none);
    }

    #[test]
    fn iso_whatever_the_profile_names() {
        let plain = TimestampReader::new(Vec::new(), chrono_tz::Europe::London, &[]);
        let noon = micros("2024-01-15T12:00:00Z");
        for cell in [
            "2024-01-15T12:00:00Z",
            "2024-01-15 13:00:00+01:00",
            "2024-01-15T12:00:00.000",
            "2024-01-15 12:00:00.000000+00:00",
            "2024-01-15 12:00:00+00",
            "2024-01-15T12:00Z",
            "2024-01-15 11:00-0100",
        ] {
            assert_eq!(plain.read(cell), Reading::Value(noon), "{cell}");
            assert_eq!(reader().read(cell), Reading::Value(noon), "{cell}");
        }
    }
}
