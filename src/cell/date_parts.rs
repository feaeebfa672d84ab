//! The parts of a date as they stand in a cell: numbers, month names, times of day, offsets. Each
//! takes its part from the front of the text, or nothing.

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

/// A number of so many digits.
pub(super) fn number(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
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

/// Hours, minutes or seconds, as microseconds; `seconds` is what one of them is worth.
pub(super) fn clock(rest: &mut &str, least: usize, most: u32, seconds: i64) -> Option<i64> {
    let value = number(rest, least, 2).filter(|value| *value <= most)?;
    Some(i64::from(value) * seconds * 1_000_000)
}

/// An English month name, whole or its first three letters, and `Sept`. A full stop behind it is
/// taken too, unless the format itself has one there.
pub(crate) fn month_name(rest: &mut &str, stop_follows: bool) -> Option<u32> {
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, behind) = rest.split_at(length);
    let is_short = word.len() == 3 || word.eq_ignore_ascii_case("sept");
    let fits = |name: &&str| {
        let known = if is_short {
            name.get(..length)
        } else {
            Some(*name)
        };
        known.is_some_and(|known| known.eq_ignore_ascii_case(word))
    };
    let month = MONTHS.iter().position(fits)?;
    *rest = match behind.strip_prefix('.') {
        Some(behind) if !stop_follows => behind,
        _ => behind,
    };
    Some(month as u32 + 1)
}

/// A day with its ending, such as `1st` or `22nd`.
pub(super) fn ordinal(rest: &mut &str) -> Option<u32> {
    let day = number(rest, 1, 2)?;
    let ending = rest.get(..2)?.to_ascii_lowercase();
    if !["st", "nd", "rd", "th"].contains(&ending.as_str()) {
        return None;
    }
    *rest = &rest[2..];
    Some(day)
}

/// The fraction of a second, as microseconds.
pub(super) fn fraction(rest: &mut &str) -> Option<i64> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return None;
    }
    let (digits, behind) = rest.split_at(length);
    *rest = behind;
    let six = digits.bytes().chain(std::iter::repeat(b'0')).take(6);
    Some(six.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

/// An offset from UTC in seconds.
pub(super) fn zone(rest: &mut &str) -> Option<i32> {
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
