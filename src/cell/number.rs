//! Whole numbers.

use super::{CellFault, Reading};

/// Reads a whole number as people write it: digits with an optional sign, no separators, no
/// exponent, no fraction. `12.5`, `1e3` and `12 days` are no numbers; nothing is rounded.
pub fn read_integer(cell: &str) -> Reading<i64> {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match cell.parse() {
        Ok(number) if plain => Reading::Value(number),
        _ => Reading::Fault(CellFault::NoNumber),
    }
}

/// Reads a whole number that fits 32 bits.
pub fn read_small_integer(cell: &str) -> Reading<i32> {
    let number = read_integer(cell).value();
    match number.and_then(|number| i32::try_from(number).ok()) {
        Some(number) => Reading::Value(number),
        None => Reading::Fault(CellFault::NoNumber),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_and_nothing_else() {
        assert_eq!(read_integer("-12"), Reading::Value(-12));
        assert_eq!(read_integer("007"), Reading::Value(7));
        for cell in [
            "12.5",
            "1e3",
            "1,000",
            "12 days",
            "",
            "-",
            "+",
            "٣",
            "9223372036854775808",
        ] {
            assert_eq!(
                read_integer(cell),
                Reading::Fault(CellFault::NoNumber),
                "{cell}"
            );
        }
        assert_eq!(
            read_small_integer("2147483648"),
            Reading::Fault(CellFault::NoNumber)
        );
    }
}
