//! Formats in which every part has its place, such as `dd/mm/yyyy HH:MM`: nearly all cells of an export
//! are written out in full, and are read without looking for where their parts begin.

use super::date::days;
use super::date_format::{Found, Token};

/// The fewest bytes that such a cell has, and the most.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=32;

/// The places of the parts in a cell that is written out in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FixedFormat {
    length: usize,
    /// What stands between the digits, with a zero for each digit.
    template: Bytes,
    /// Where it stands: all bits of those bytes.
    between: Bytes,
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
        let (mut template, mut between) = ([0; 32], [0; 32]);
        let mut clock = Vec::new();
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
                    *template.get_mut(at)? = u8::try_from(*literal).ok().filter(u8::is_ascii)?;
                    *between.get_mut(at)? = 0xff;
                }
                _ => return None,
            }
            at += length;
        }
        if !LENGTHS.contains(&at) {
            return None;
        }
        let digits = template.iter_mut().zip(between).take(at);
        for (byte, _) in digits.filter(|(_, between)| *between == 0) {
            *byte = b'0';
        }
        Some(FixedFormat {
            length: at,
            template: Bytes::of(&template)?,
            between: Bytes::of(&between)?,
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
        // of a cell that fits nothing is left of what stands between, and of each digit its number
        let numbers = Bytes::of(bytes)?.without(self.template);
        if !numbers.are_digits() || numbers.meet(self.between) {
            return None;
        }
        let digit = |at: usize| u32::from(bytes.get(at).copied().unwrap_or_default() & 0x0f);
        let two = |at: usize| digit(at) * 10 + digit(at + 1);
        let year = two(self.year) * 100 + two(self.year + 2);
        let mut seconds = 0;
        for (at, worth, below) in &self.clock {
            let value = two(*at);
            if value >= *below {
                return None;
            }
            seconds += i64::from(value) * worth;
        }
        Some(Found {
            days: days(year as i32, two(self.month), two(self.day))?,
            micros: seconds * 1_000_000,
            ..Found::default()
        })
    }
}

/// Eight to 32 bytes in two numbers, so that all of them are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bytes(u128, u128);

impl Bytes {
    #[inline]
    fn of(bytes: &[u8]) -> Option<Bytes> {
        let length = bytes.len();
        if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
            let behind = u128::from_le_bytes(*last);
            let behind = behind.checked_shr(8 * (32 - length) as u32).unwrap_or(0);
            return Some(Bytes(u128::from_le_bytes(*first), behind));
        }
        let (first, last) = (bytes.first_chunk::<8>()?, bytes.last_chunk::<8>()?);
        let last = u128::from(u64::from_le_bytes(*last)) << (8 * (length - 8));
        Some(Bytes(u128::from(u64::from_le_bytes(*first)) | last, 0))
    }

    /// What is left where equal bytes are taken out.
    #[inline]
    fn without(self, other: Bytes) -> Bytes {
        Bytes(self.0 ^ other.0, self.1 ^ other.1)
    }

    /// Whether no byte is more than nine.
    #[inline]
    fn are_digits(self) -> bool {
        const LOW: u128 = u128::from_le_bytes([0x7f; 16]);
        const SIX: u128 = u128::from_le_bytes([0x76; 16]);
        // 0x76 and ten more make the highest bit of a byte
        let more = |bytes: u128| (((bytes & LOW) + SIX) | bytes) & !LOW;
        more(self.0) | more(self.1) == 0
    }

    /// Whether some bit is set in both.
    #[inline]
    fn meet(self, other: Bytes) -> bool {
        self.0 & other.0 | self.1 & other.1 != 0
    }
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
