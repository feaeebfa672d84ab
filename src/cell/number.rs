//! Whole numbers.

use super::{CellFault, Reading};

/// Reads a whole number as people write it: digits with an optional sign, no separators, no
/// exponent, no fraction. `12.5`, `1e3` and `12 days` are no numbers; nothing is rounded.
pub fn read_integer(cell: &str) -> Reading<i64> {
    if let Some(number) = few_digits(cell.as_bytes()) {
        return Reading::Value(number);
    }
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match cell.parse() {
        Ok(number) if plain => Reading::Value(number),
        _ => Reading::Fault(CellFault::NoNumber),
    }
}

/// The number that a few digits are, as most numbers are written.
pub(super) fn few_digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let mut number = 0;
    for byte in bytes {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + i64::from(digit);
    }
    Some(number)
}

/// The separators that whole numbers may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Separators {
    /// In front of a fraction, which must be zero: `12,0`.
    pub decimal: Option<char>,
    /// Between groups of three digits: `1.250`. A space stands for any white space.
    pub thousands: Option<char>,
}

impl Separators {
    /// The digits of a number without its separators; `None` where they stand in wrong places.
    fn strip(self, cell: &str) -> Option<String> {
        let (sign, unsigned) = match cell.strip_prefix(['+', '-']) {
            Some(rest) => cell.split_at(cell.len() - rest.len()),
            None => ("", cell),
        };
        let whole = match self
            .decimal
            .and_then(|decimal| unsigned.split_once(decimal))
        {
            Some((whole, zeros)) => {
                let zero = !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
                Some(whole).filter(|_| zero)?
            }
            None => unsigned,
        };
        let is_separator = |c: char| match self.thousands {
            Some(' ') => c.is_whitespace(),
            thousands => thousands == Some(c),
        };
        let groups: Vec<&str> = whole.split(is_separator).collect();
        let (first, others) = groups.split_first()?;
        let grouped = others.is_empty() || (1..=3).contains(&first.len());
        if !grouped || others.iter().any(|group| group.len() != 3) {
            return None;
        }
        Some(format!("{sign}{}", groups.concat()))
    }
}

/// Reads whole numbers that fit 32 bits, with the separators that a profile names.
#[derive(Debug, Clone, Copy, Default)]
pub struct NumberReader {
    separators: Separators,
}

impl NumberReader {
    /// A reader of numbers with these separators.
    pub fn new(separators: Separators) -> NumberReader {
        NumberReader { separators }
    }

    /// Reads a cell that is not empty; nothing is rounded.
    pub fn read(&self, cell: &str) -> Reading<i32> {
        let number = match self.separators == Separators::default() {
            true => read_integer(cell).value(),
            false => {
                let stripped = self.separators.strip(cell);
                stripped.and_then(|plain| read_integer(&plain).value())
            }
        };
        match number.and_then(|number| i32::try_from(number).ok()) {
            Some(number) => Reading::Value(number),
            None => Reading::Fault(CellFault::NoNumber),
        }
    }
}

/// Reads a key of one of the landlord's registers: a whole number from 1 on. Less stands for nobody.
pub fn read_register_key(cell: &str) -> Reading<i64> {
    match read_integer(cell) {
        Reading::Value(number) if number < 1 => Reading::Fault(CellFault::PlaceholderKey),
        reading => reading,
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
        let plain = NumberReader::default();
        assert_eq!(plain.read("2147483647"), Reading::Value(i32::MAX));
        for cell in ["2147483648", "12.0", "1.250"] {
            assert_eq!(plain.read(cell), Reading::Fault(CellFault::NoNumber));
        }
    }

    #[test]
    fn separators_stand_in_their_places() {
        let reader = NumberReader::new(Separators {
            decimal: Some(','),
            thousands: Some('.'),
        });
        for (cell, number) in [
            ("1.250", 1250),
            ("-1.250,00", -1250),
            ("12,0", 12),
            ("1250", 1250),
            ("1.250.000", 1_250_000),
            ("+7", 7),
        ] {
            assert_eq!(reader.read(cell), Reading::Value(number), "{cell}");
        }
        for cell in [
            "12,5",
            "12,",
            ",0",
            "1,250",
            "1.25",
            "12.50",
            "1250.000",
            ".250",
            "1..250",
            "1.250.",
            "1,0,0",
            "-",
            "",
            "1.250,0.0",
            "1 250",
            "--1.250",
        ] {
            assert_eq!(
                reader.read(cell),
                Reading::Fault(CellFault::NoNumber),
                "{cell}"
            );
        }
        let spaced = NumberReader::new(Separators {
            decimal: None,
            thousands: Some(' '),
        });
        assert_eq!(spaced.read("1\u{a0}250"), Reading::Value(1250));
        assert_eq!(spaced.read("1 250,0"), Reading::Fault(CellFault::NoNumber));
    }
}
