//! Day numbers of Excel: what a spreadsheet leaves of a date whose column is formatted as a number.

use super::date::days;

/// Milliseconds of a day. Fifteen digits of a day number are a little finer.
const DAY: u128 = 86_400_000;
/// Digits behind the point that are looked at.
const MOST_DIGITS: usize = 18;
/// 9999-12-31, the last day that Excel knows, counted from 1899-12-31.
const LAST: i32 = 2_958_465;

/// From which day a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialSystem {
    /// 1 is 1900-01-01, and 60 is a 29 February 1900 that never was.
    From1900,
    /// 0 is 1904-01-01, as in workbooks made on old Macintoshes.
    From1904,
}

/// Reads a day number: days since 1970-01-01, and microseconds since midnight of its fraction.
///
/// `None` for what is no plain decimal number, lies outside of Excel's calendar, or is a number from
/// 1900 to 2099: such a cell holds a year, which a day number of 1905 it is not.
pub(super) fn read(cell: &str, system: SerialSystem) -> Option<(i32, i64)> {
    let (whole, fraction) = match cell.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (cell, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !whole.is_empty() && (whole == "0" || !whole.starts_with('0'));
    if !plain || !digits(whole) || !digits(fraction) {
        return None;
    }
    let number: i32 = whole.parse().ok()?;
    if (1900..2100).contains(&number) {
        return None;
    }
    let fraction = fraction.get(..MOST_DIGITS).unwrap_or(fraction);
    let scale = 10_u128.pow(fraction.len() as u32);
    let part: u128 = format!("0{fraction}").parse().ok()?;
    // Rounded: 0.3958333333 of a day is half past nine.
    let millis = (part * DAY + scale / 2) / scale;
    let carried = i32::from(millis == DAY);
    let day = first_day(number, system)? + carried;
    Some((day, (millis % DAY) as i64 * 1000))
}

fn first_day(number: i32, system: SerialSystem) -> Option<i32> {
    match system {
        SerialSystem::From1900 => match number {
            1..=59 => Some(days(1899, 12, 31)? + number),
            61..=LAST => Some(days(1899, 12, 30)? + number),
            _ => None,
        },
        SerialSystem::From1904 => {
            let day = days(1904, 1, 1)?.checked_add(number)?;
            (day <= days(9999, 12, 31)?).then_some(day)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::date::date_of;

    fn day(cell: &str, system: SerialSystem) -> Option<String> {
        Some(date_of(read(cell, system)?.0)?.to_string())
    }

    #[test]
    fn days_as_excel_has_them() {
        let cases = [
            ("1", Some("1900-01-01")),
            ("59", Some("1900-02-28")),
            ("60", None),
            ("61", Some("1900-03-01")),
            ("45383", Some("2024-04-01")),
            ("2958465", Some("9999-12-31")),
            ("2958466", None),
            ("0", None),
        ];
        for (cell, date) in cases {
            assert_eq!(day(cell, SerialSystem::From1900).as_deref(), date, "{cell}");
        }
        assert_eq!(
            day("0", SerialSystem::From1904).as_deref(),
            Some("1904-01-01")
        );
        assert_eq!(
            day("43921", SerialSystem::From1904).as_deref(),
            Some("2024-04-01")
        );
    }

    #[test]
    fn fractions_are_times_of_day() {
        let time = |cell| read(cell, SerialSystem::From1900).map(|(_, micros)| micros / 1_000_000);
        assert_eq!(time("45383.75"), Some(18 * 3600));
        assert_eq!(time("45383.3958333333"), Some(9 * 3600 + 1800));
        assert_eq!(time("45383"), Some(0));
        let midnight = read("45383.99999999999999999999", SerialSystem::From1900);
        assert_eq!(midnight, read("45384", SerialSystem::From1900));
    }

    #[test]
    fn years_and_what_is_no_plain_number_are_no_day_numbers() {
        for cell in [
            "1900",
            "2022",
            "2022.5",
            "2099",
            "045383",
            "-45383",
            "+45383",
            "45,383",
            "45383.",
            ".5",
            "4.5383E+4",
            "1.00023E+11",
            "٤٥٣٨٣",
            "99999999999999999999",
            "",
        ] {
            for system in [SerialSystem::From1900, SerialSystem::From1904] {
                assert_eq!(read(cell, system), None, "{cell}");
            }
        }
        assert!(read("2100", SerialSystem::From1900).is_some());
    }
}
