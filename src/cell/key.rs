//! Keys of persons and alerts as stable 64-bit integers.
//!
//! A whole number keeps its value, so that it still joins with the landlord's other tables. Any
//! other key, one with leading zeros too, is hashed together with the landlord's code. Three ranges keep them apart:
//!
//! | bits | single landlord | batch of landlords |
//! |---|---|---|
//! | 62 set | hash of a key that is no number | the same |
//! | 41 to 61 | part of the number | number of the landlord's namespace |
//! | 0 to 40 | part of the number | the landlord's number |
//!
//! Whether two keys share an integer after all is found by comparing [`Key::check`], which is
//! another hash of the key as written.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128_with_seed};

use super::number::few_digits;
use super::several::several_keys;
use super::{CellFault, Reading, fold};

const HASHED: u64 = 1 << 62;
/// Odd, so that two numbers never become one.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
const NAMESPACE_SHIFT: u32 = 41;
const NAMESPACES: u64 = 1 << (62 - NAMESPACE_SHIFT);

/// A key as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The integer, at least 1.
    pub id: i64,
    /// Of a key that is a number another number, of any other a hash: two keys with one id and different
    /// checks are two keys.
    pub check: u64,
}

/// The landlord whose keys are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeySpace {
    seed: u64,
    namespace: u64,
}

impl KeySpace {
    /// The keys of one landlord by itself: whole numbers stay as they are.
    pub fn single(landlord: &str) -> KeySpace {
        KeySpace {
            seed: xxh3_64(landlord.as_bytes()),
            namespace: 0,
        }
    }

    /// The keys of one landlord among many: whole numbers carry the landlord's namespace.
    pub fn shared(landlord: &str) -> KeySpace {
        let seed = xxh3_64(landlord.as_bytes());
        KeySpace {
            seed,
            namespace: 1 + seed % (NAMESPACES - 1),
        }
    }

    /// Number of the namespace, 0 for a landlord by itself. Two landlords of a batch must differ.
    pub fn namespace(&self) -> u64 {
        self.namespace
    }

    /// Reads a key that is not empty.
    pub fn read(&self, cell: &str) -> Reading<Key> {
        let cell = cell.trim();
        if let Some(key) = self.read_number(cell) {
            return Reading::Value(key);
        }
        let guid = guid(cell);
        let text = guid.as_deref().unwrap_or(cell);
        if is_placeholder(text) {
            return Reading::Fault(CellFault::PlaceholderKey);
        }
        let check = xxh3_64_with_seed(text.as_bytes(), 1);
        let whole = text.bytes().all(|byte| byte.is_ascii_digit());
        // 0123 and 123 are two keys, so a number must be written as numbers are.
        if whole && !text.starts_with('0') {
            let number = text.parse::<u64>().ok();
            if let Some(number) = number.filter(|number| *number < self.room()) {
                return Reading::Value(self.numbered(number));
            }
        } else if is_structure(text) {
            return Reading::Fault(CellFault::DamagedKey);
        } else if several_keys(text) {
            return Reading::Fault(CellFault::SeveralKeys);
        } else if is_damaged(text) && text.contains(['E', 'e']) {
            return Reading::Fault(CellFault::RoundedKey);
        } else if is_damaged(text) || text.contains(SEPARATORS) || text.chars().any(is_invisible) {
            return Reading::Fault(CellFault::DamagedKey);
        }
        let id = hashed_id(xxh3_64_with_seed(text.as_bytes(), self.seed));
        Reading::Value(Key { id, check })
    }

    /// Reads a key of a few digits, as most keys are; `None` where there is more to be looked at.
    #[inline]
    pub fn read_number(&self, cell: &str) -> Option<Key> {
        let number = plain_number(cell).filter(|number| *number < self.room())?;
        Some(self.numbered(number))
    }

    /// The number that numbers kept as they are stay below.
    fn room(&self) -> u64 {
        match self.namespace {
            0 => HASHED,
            _ => 1 << NAMESPACE_SHIFT,
        }
    }

    fn numbered(&self, number: u64) -> Key {
        Key {
            id: (self.namespace << NAMESPACE_SHIFT | number) as i64,
            check: number.wrapping_mul(SPREAD),
        }
    }

    /// The key of one alert among several that a record with a key states: they differ by their codes.
    pub fn among(&self, key: &str, code: &str) -> i64 {
        let text = format!("{}\u{1f}{code}", key.trim());
        hashed_id(xxh3_64_with_seed(text.as_bytes(), self.seed))
    }

    /// Reads a key that is composed of so many parts with `join` between them, none of which is empty.
    /// What is no key by itself is none as a part, but for a zero, which may number a part.
    pub fn read_composed(&self, cell: &str, join: &str, parts: usize) -> Reading<Key> {
        let written: Vec<&str> = cell.split(join).map(str::trim).collect();
        if written.len() != parts {
            return Reading::Fault(CellFault::JoinInPart);
        }
        if written.iter().all(|part| is_placeholder(part)) {
            return Reading::Fault(CellFault::PlaceholderKey);
        }
        let mut read = Vec::with_capacity(parts);
        for part in written {
            match self.read(part) {
                Reading::Fault(CellFault::PlaceholderKey) if is_zero(part) => {}
                Reading::Fault(fault) => return Reading::Fault(fault),
                _ => {}
            }
            read.push(guid(part).unwrap_or_else(|| part.to_owned()));
        }
        let text = read.join(join);
        Reading::Value(Key {
            id: hashed_id(xxh3_64_with_seed(text.as_bytes(), self.seed)),
            check: xxh3_64_with_seed(text.as_bytes(), 1),
        })
    }

    /// The key of an alert that has none of its own, from its content; `repeat` counts equal alerts
    /// that are all to be kept, and attempts to avoid a key that is taken.
    pub fn generated(&self, content: u128, repeat: u64) -> i64 {
        let hash = xxh3_128_with_seed(&content.to_le_bytes(), self.seed ^ repeat);
        hashed_id(hash as u64)
    }

    /// Fingerprint of an alert's content, apart for each landlord.
    pub fn fingerprint(&self, content: &[u8]) -> u128 {
        xxh3_128_with_seed(content, self.seed)
    }
}

/// The number that a key of a few digits is, as most keys are; it begins with no zero.
fn plain_number(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let number = few_digits(bytes).filter(|_| bytes[0] != b'0')?;
    Some(number as u64)
}

/// Whether a key's integer is a hash, and not the number that the key is.
pub fn is_hashed(id: i64) -> bool {
    id as u64 & HASHED != 0
}

fn hashed_id(hash: u64) -> i64 {
    (HASHED | hash & (HASHED - 1)) as i64
}

/// Hash of a name or code that is looked up in a list, as an organisation's; equal for texts that are
/// equal without case and white space around.
pub fn hash_of_name(text: &str) -> u64 {
    let bare = guid(text.trim());
    xxh3_64_with_seed(fold(bare.as_deref().unwrap_or(text)).as_bytes(), 1)
}

/// A GUID in the form in which equal GUIDs are equal text: lower case, no braces.
fn guid(cell: &str) -> Option<String> {
    let bare = cell
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let bare = bare.unwrap_or(cell);
    let shape = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    let fits = bare.len() == 36 && bare.bytes().enumerate().all(shape);
    fits.then(|| bare.to_ascii_lowercase())
}

/// Characters that stand between keys; one that has nothing behind it is left over of something.
const SEPARATORS: [char; 4] = [';', '&', '|', ','];

/// Whether a JSON value is no key at all: an object, an array, true or false.
fn is_structure(text: &str) -> bool {
    let enclosed = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
    enclosed('{', '}') || enclosed('[', ']') || matches!(text, "true" | "false")
}

/// Characters that nobody sees and copying leaves behind, so that one key would become two.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

fn is_zero(part: &str) -> bool {
    part.bytes().all(|byte| byte == b'0')
}

fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "not found",
        "none",
        "(none)",
        "n/a",
        "na",
        "not applicable",
        "null",
        "(null)",
        "<null>",
        "(blank)",
        "nil",
        "unknown",
        "undefined",
        "not known",
        "n/k",
        "nan",
        "tbc",
        "test",
        "?",
        "-",
    ];
    let zero = |byte: u8| matches!(byte, b'0' | b'-' | b'.');
    text.bytes().all(zero)
        || text.starts_with('#') && (text.ends_with(['!', '?', '#']) || text == "#N/A")
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a spreadsheet has turned a number into something near it: an exponent, a fraction, a
/// sign or a separator among the digits.
fn is_damaged(text: &str) -> bool {
    let mut digits = 0;
    let all = text.bytes().all(|byte| {
        digits += usize::from(byte.is_ascii_digit());
        byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'+' | b'-' | b'E' | b'e')
    });
    let mark = |byte: u8| matches!(byte, b'.' | b',' | b'+');
    let exponent = text.bytes().any(|byte| matches!(byte, b'E' | b'e'))
        && text.ends_with(|c: char| c.is_ascii_digit());
    let leads = text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+');
    let changed = text.bytes().any(mark) || text.starts_with('-') || exponent;
    all && digits > 0 && leads && changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(space: KeySpace, cell: &str) -> i64 {
        space.read(cell).value().expect("a key").id
    }

    #[test]
    fn numbers_keep_their_value() {
        let space = KeySpace::single("RIV");
        assert_eq!(id(space, "123"), 123);
        assert_eq!(id(space, " 123 "), 123);
    }

    #[test]
    fn other_keys_are_hashed_apart_from_numbers_and_landlords() {
        let (riv, oak) = (KeySpace::single("RIV"), KeySpace::single("OAK"));
        assert_eq!(id(riv, "P000123"), id(riv, "P000123"));
        assert_ne!(id(riv, "P000123"), id(riv, "P000124"));
        assert_ne!(id(riv, "P000123"), id(oak, "P000123"));
        assert_ne!(id(riv, "000123"), id(riv, "00123"));
        assert!(id(riv, "000123") >= 1 << 62);
        assert!(id(riv, "P000123") >= 1 << 62);
        assert!(id(riv, "9223372036854775807") >= 1 << 62);
        let guid = "{7D444840-9DC0-11D1-B245-5FFDCE74FAD2}";
        assert_eq!(
            id(riv, guid),
            id(riv, "7d444840-9dc0-11d1-b245-5ffdce74fad2")
        );
    }

    #[test]
    fn ids_do_not_change_between_versions() {
        let space = KeySpace::single("RIV");
        assert_eq!(id(space, "P000123"), 7_933_302_050_426_888_287);
        assert_eq!(space.generated(1, 0), 5_871_694_542_704_731_711);
    }

    #[test]
    fn shared_numbers_carry_the_landlord() {
        let (riv, oak) = (KeySpace::shared("RIV"), KeySpace::shared("OAK"));
        assert_ne!(id(riv, "123"), id(oak, "123"));
        assert_eq!(id(riv, "123") & ((1 << NAMESPACE_SHIFT) - 1), 123);
        assert!(id(riv, "123") < 1 << 62);
    }

    #[test]
    fn a_composed_key_is_one_key_of_whole_parts() {
        let space = KeySpace::single("RIV");
        let read = |cell: &str| space.read_composed(cell, "/", 2);
        assert_eq!(read("E12/3"), space.read("E12/3"));
        assert_eq!(read("E12 / 3"), space.read("E12/3"));
        assert_eq!(
            read("101/102").value().map(|key| is_hashed(key.id)),
            Some(true)
        );
        assert_ne!(read("1/23"), read("12/3"));
        // The main tenant may be person 0 of a house.
        assert!(read("E12/0").value().is_some());
        let guid = "7D444840-9DC0-11D1-B245-5FFDCE74FAD2";
        assert_eq!(
            read(&format!("{{{guid}}}/1")),
            read(&format!("{}/1", guid.to_lowercase()))
        );
        for (cell, fault) in [
            ("E/12/3", CellFault::JoinInPart),
            ("0/00", CellFault::PlaceholderKey),
            ("E12/Not found", CellFault::PlaceholderKey),
            ("#REF!/1", CellFault::PlaceholderKey),
            ("1.00023E+11/1", CellFault::RoundedKey),
            ("E12/1; 2", CellFault::SeveralKeys),
        ] {
            assert_eq!(read(cell), Reading::Fault(fault), "{cell}");
        }
    }

    #[test]
    fn placeholders_and_damage_are_no_keys() {
        let space = KeySpace::single("RIV");
        for cell in [
            "0",
            "000",
            "00000000-0000-0000-0000-000000000000",
            "#REF!",
            "#N/A",
            "#####",
            "Not Found",
            "{00000000-0000-0000-0000-000000000000}",
            "0.0",
            "<NULL>",
        ] {
            assert_eq!(
                space.read(cell),
                Reading::Fault(CellFault::PlaceholderKey),
                "{cell}"
            );
        }
        for cell in ["1.00023E+11", "1E+15", "12e5"] {
            let rounded = Reading::Fault(CellFault::RoundedKey);
            assert_eq!(space.read(cell), rounded, "{cell}");
        }
        for cell in [
            "123.0",
            "-5",
            "1,234",
            "+7",
            "P1;",
            "Smith, John",
            "true",
            "[7]",
            "\u{feff}2",
            "P\u{200b}1",
        ] {
            assert_eq!(
                space.read(cell),
                Reading::Fault(CellFault::DamagedKey),
                "{cell}"
            );
        }
        for cell in ["P1; P2", "12 & 13"] {
            assert_eq!(
                space.read(cell),
                Reading::Fault(CellFault::SeveralKeys),
                "{cell}"
            );
        }
        for cell in ["12-34", "E12", "E12/3", "A.B"] {
            assert!(space.read(cell).value().is_some(), "{cell}");
        }
    }
}
