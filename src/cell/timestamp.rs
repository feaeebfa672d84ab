//! Points in time: a local time of the landlord's time zone, or one with an offset, as UTC.

use chrono::{MappedLocalTime, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::date::{DateFormat, Found, date_of};
use super::date_formats::DateFormats;
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
    /// to `zone`.
    pub fn new(formats: Vec<DateFormat>, zone: Tz) -> TimestampReader {
        let named = !formats.is_empty();
        TimestampReader {
            formats: DateFormats::new(formats),
            named,
            zone,
        }
    }

    /// Reads a cell that is not empty. A local time that the clock change skips is no time; of one
    /// that happens twice the earlier is taken, with a note.
    pub fn read(&self, cell: &str) -> Reading<i64> {
        match self.formats.read(cell.trim(), CellFault::NoTimestamp) {
            Ok(found) => self.utc(found),
            Err(fault) => Reading::Fault(fault),
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
            MappedLocalTime::None => Reading::Fault(CellFault::NoTimestamp),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> TimestampReader {
        let format = DateFormat::parse("dd/mm/yyyy HH:MM").unwrap();
        TimestampReader::new(vec![format], chrono_tz::Europe::London)
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
        let earlier = micros("2024-10-27T00:30:00Z");
        let twice = Reading::Noted(earlier, CellFault::AmbiguousHour);
        assert_eq!(reader.read("27/10/2024 01:30"), twice);
        assert_eq!(
            reader.read("31/03/2024 01:30"),
            Reading::Fault(CellFault::NoTimestamp)
        );
    }

    #[test]
    fn iso_whatever_the_profile_names() {
        let plain = TimestampReader::new(Vec::new(), chrono_tz::Europe::London);
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
