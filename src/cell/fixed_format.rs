//! Formats in which every part has its place, such as `dd/mm/yyyy HH:MM`: nearly all cells of an export
//! are written out in full, and are read without looking for where their parts begin.

use super::date::days;
use super::date_format::{Found, Token};

/// The most bytes that such a cell has.
const ROOM: usize = 32;

/// The places of the parts in a cell that is written out in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FixedFormat {
    length: usize,
    literals: Vec<(usize, u8)>,
    year: usize,
    month: usize,
    day: usize,
    /// Of hours, minutes and seconds, with the seconds that each of them is worth and the number that
    /// each stays below.
    clock: Vec<(usize, i64, u32)>,
}

impl FixedFormat {
    /// The places of a format's parts; `None` where not all of them are numbers of a fixed length.
    pub(super) fn of(tokens: &[Token]) -> Option<FixedFormat> {
        let (mut year, mut month, mut day) = (None, None, None);
        let (mut literals, mut clock) = (Vec::new(), Vec::new());
        let mut at = 0;
        for token in tokens {
            let length = match token {
                Token::Year4 => 4,
                Token::Literal(_) => 1,
                _ => 2,
            };
            match token {
                Token::Year4 => year = Some(at),
                Token::Month => month = Some(at),
                Token::Day => day = Some(at),
                Token::Hour => clock.push((at, 3600, 24)),
                Token::Minute => clock.push((at, 60, 60)),
                Token::Second => clock.push((at, 1, 60)),
                Token::Literal(literal) => {
                    let byte = u8::try_from(*literal).ok().filter(u8::is_ascii)?;
                    literals.push((at, byte));
                }
                _ => return None,
            }
            at += length;
        }
        if at > ROOM {
            return None;
        }
        Some(FixedFormat {
            length: at,
            literals,
            year: year?,
            month: month?,
            day: day?,
            clock,
        })
    }

    /// Reads a cell that is written out in full; `None` where it is not, or no such date exists.
    pub(super) fn read(&self, cell: &str) -> Option<Found> {
        let bytes = cell.as_bytes();
        if bytes.len() != self.length {
            return None;
        }
        let mut places = [0; ROOM];
        places.get_mut(..bytes.len())?.copy_from_slice(bytes);
        let stands = |(at, byte): &(usize, u8)| places[at % ROOM] == *byte;
        if !self.literals.iter().all(stands) {
            return None;
        }
        let year = two(&places, self.year)? * 100 + two(&places, self.year + 2)?;
        let mut seconds = 0;
        for (at, worth, below) in &self.clock {
            let value = two(&places, *at).filter(|value| value < below)?;
            seconds += i64::from(value) * worth;
        }
        let (month, day) = (two(&places, self.month)?, two(&places, self.day)?);
        Some(Found {
            days: days(year as i32, month, day)?,
            micros: seconds * 1_000_000,
            ..Found::default()
        })
    }
}

/// A number of two digits.
#[inline]
fn two(places: &[u8; ROOM], at: usize) -> Option<u32> {
    // a remainder by a power of two spares a look at the length
    let digit = |at: usize| places[at % ROOM].wrapping_sub(b'0');
    let (tens, ones) = (digit(at), digit(at + 1));
    (tens < 10 && ones < 10).then(|| u32::from(tens) * 10 + u32::from(ones))
}

#[cfg(test)]
mod tests {
    use super::super::date_format::DateFormat;

    #[test]
    fn cells_in_full_and_others_read_alike() {
        let cases = [
            ("dd/mm/yyyy HH:MM", "01/02/2024 09:05", "1/2/2024 9:05"),
            (
                "yyyy-mm-ddTHH:MM:SS",
                "2024-02-01T09:05:00",
                "2024-2-1t9:05:00",
            ),
            ("mm.dd.yyyy", "02.01.2024", "2.1.2024"),
            ("d/m/yyyy", "01/02/2024", "1/2/2024"),
        ];
        for (format, full, short) in cases {
            let format = DateFormat::parse(format).unwrap();
            let found = format.read(full).unwrap();
            assert_eq!(found.days, 19_754, "{full}");
            assert_eq!(Some(found), format.read(short), "{full}");
        }
    }

    #[test]
    fn what_is_no_date_in_full_is_none() {
        let format = DateFormat::parse("dd/mm/yyyy HH:MM").unwrap();
        for cell in [
            "31/02/2024 09:05",
            "01/02/2024 24:00",
            "01/02/2024 09:60",
            "01/02/2024 09.05",
            "0a/02/2024 09:05",
            "01/02/0000 09:05",
        ] {
            assert_eq!(format.read(cell), None, "{cell}");
        }
    }
}
