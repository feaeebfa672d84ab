//! What holds of dates and numbers whatever a cell says.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use person_alerts::cell::Reading;
use person_alerts::cell::date::{DateReader, date_of};
use person_alerts::cell::date_format::DateFormat;
use person_alerts::cell::date_order::{DateOrder, OrderEvidence};
use person_alerts::cell::number::{NumberReader, Separators};
use person_alerts::cell::timestamp::TimestampReader;
use proptest::prelude::*;

/// Formats that a profile may well give together.
const FORMATS: [&str; 14] = [
    "dd/mm/yyyy",
    "mm/dd/yyyy",
    "d.m.yy",
    "ddmmyy",
    "yymmdd",
    "yyyymmdd",
    "dd-mmm-yyyy",
    "do mmmm yyyy",
    "mmm-yy",
    "mm/yyyy",
    "yyyy-dd-mm",
    "yyyy-mm-ddTHH:MM:SS.fZ",
    "excel",
    "excel-1904",
];

/// Cells that look like something.
const CELLS: &str = "[0-9]{1,8}([./ -][0-9]{1,4}){0,2}|[0-9]{1,2}(st|nd|th)? ?[A-Za-z]{3,9}\\.? ?[0-9]{2,4}\
                     |[0-9]{1,7}[.,][0-9]{1,20}|[0-9TZ:+. -]{0,30}";

fn cells() -> impl Strategy<Value = String> {
    prop_oneof![CELLS, "\\PC{0,30}", any::<String>()]
}

fn formats() -> impl Strategy<Value = Vec<DateFormat>> {
    let formats = prop::sample::subsequence(FORMATS.to_vec(), 0..=FORMATS.len());
    formats.prop_map(|texts| {
        let formats = texts.iter().map(|text| DateFormat::parse(text).unwrap());
        formats.collect()
    })
}

fn reader(formats: &[&str]) -> DateReader {
    let formats = formats.iter().map(|text| DateFormat::parse(text).unwrap());
    DateReader::new(formats.collect(), Tz::Europe__London, &[])
}

proptest! {
    #[test]
    fn no_cell_and_no_format_is_the_end(
        formats in formats(),
        pivot in 1900..=2000_i32,
        cell in cells(),
        no_date in cells(),
        odd_format in prop_oneof!["[dmyoHMSfZ/:. -]{0,12}", any::<String>()],
    ) {
        let mut formats: Vec<DateFormat> =
            formats.into_iter().map(|format| format.with_pivot(pivot)).collect();
        formats.extend(DateFormat::parse(&odd_format));
        let timed = formats.iter().filter(|format| format.has_time()).cloned().collect();
        let no_dates = [no_date];
        let dates = DateReader::new(formats, Tz::Europe__London, &no_dates);
        if let Some(day) = dates.read(&cell).value() {
            prop_assert!(date_of(day).is_some(), "{day}");
        }
        let _ = dates.hint(&cell);
        let _ = TimestampReader::new(timed, Tz::Europe__London, &no_dates).read(&cell);
        let separators = Separators { decimal: Some(','), thousands: Some('.') };
        let _ = NumberReader::new(separators).read(&cell);
    }

    #[test]
    fn a_proven_order_reads_as_a_declared_one(
        days in prop::collection::vec((1..=31_u32, 1..=12_u32, 1990..2030_i32), 1..40),
        month_first in any::<bool>(),
        more in prop::collection::vec(cells(), 0..5),
    ) {
        let written = days.iter().filter_map(|(day, month, year)| {
            let date = NaiveDate::from_ymd_opt(*year, *month, *day)?;
            Some(date.format(if month_first { "%m/%d/%Y" } else { "%d/%m/%Y" }).to_string())
        });
        let column: Vec<String> = written.chain(more).collect();
        let both = reader(&["dd/mm/yyyy", "mm/dd/yyyy"]);
        let mut evidence = OrderEvidence::default();
        column.iter().filter_map(|cell| both.hint(cell)).for_each(|hint| evidence.count(hint));
        match evidence.proven() {
            Some(order) => {
                let declared = reader(match order {
                    DateOrder::DayMonth => &["dd/mm/yyyy"],
                    DateOrder::MonthDay => &["mm/dd/yyyy"],
                });
                for cell in &column {
                    prop_assert_eq!(both.in_order(order).read(cell), declared.read(cell));
                }
            }
            // Then no cell tells the orders apart, or the cells do not agree.
            None => prop_assert!(evidence.day_month == 0 || evidence.month_day > 0),
        }
    }

    #[test]
    fn a_date_is_read_as_it_was_written(days in 0..40_000_i32) {
        let date = date_of(days).unwrap();
        let two_digits = date.year() < 2070;
        let cases = [
            ("dd/mm/yyyy", "%d/%m/%Y", true),
            ("d/m/yyyy", "%-d/%-m/%Y", true),
            ("dd.mm.yy", "%d.%m.%y", two_digits),
            ("dd-mmm-yyyy", "%d-%b-%Y", true),
            ("d mmmm yyyy", "%-d %B %Y", true),
            ("do mmm. yyyy", "%-dth %b. %Y", true),
            ("mmmm d, yyyy", "%B %-d, %Y", true),
            ("yyyymmdd", "%Y%m%d", true),
        ];
        for (format, strftime, fits) in cases {
            let cell = date.format(strftime).to_string();
            let reading = reader(&[format]).read(&cell);
            prop_assert_eq!(reading == Reading::Value(days), fits, "{} {}", format, cell);
        }
        // 25569 is 1970-01-01.
        let serial = (days + 25_569).to_string();
        prop_assert_eq!(reader(&["excel"]).read(&serial), Reading::Value(days));
    }

    #[test]
    fn a_number_is_read_as_it_was_written(number in any::<i32>()) {
        let digits = i64::from(number).abs().to_string();
        let mut written = if number < 0 { "-".to_owned() } else { String::new() };
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                written.push('.');
            }
            written.push(digit);
        }
        let separators = Separators { decimal: Some(','), thousands: Some('.') };
        let reader = NumberReader::new(separators);
        prop_assert_eq!(reader.read(&written), Reading::Value(number));
        prop_assert_eq!(reader.read(&format!("{written},00")), Reading::Value(number));
        prop_assert_eq!(reader.read(&number.to_string()), Reading::Value(number));
        let half = written + ",5";
        prop_assert!(reader.read(&half).value().is_none());
    }
}
