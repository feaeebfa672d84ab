//! Cells that hold more than one key, or name more than one person.
//!
//! Such a cell is no key: hashed as one it would make up a person who does not exist. But many systems
//! have separators within their keys (`12-34`, `E12/3`, `2024/7`), so what may be one key is one.

/// Separators that stand between keys and in none of them.
const BETWEEN: [char; 5] = [';', '&', '|', '\n', '\r'];
/// Titles of people, each of which begins a name.
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mx", "dr"];

/// Whether a text is several keys side by side, such as `12; 13` or `P1, P2`. A comma among digits may
/// be that of a number (`1,234`, `12,5`), and one behind a surname that of a name: those are not several.
pub(super) fn several_keys(text: &str) -> bool {
    let separated = |separator: char| {
        let parts = text.split(separator);
        parts.filter(|part| says_something(part)).count() > 1
    };
    BETWEEN.into_iter().any(separated) || listed_by_commas(text)
}

fn listed_by_commas(text: &str) -> bool {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    if parts.len() < 2 || !parts.iter().all(|part| says_something(part)) {
        return false;
    }
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.iter().all(is_number) {
        return text.contains(char::is_whitespace) || !is_one_number(&parts);
    }
    let keys = parts.iter().all(|part| {
        part.contains(|c: char| c.is_ascii_digit()) && part.contains(char::is_alphabetic)
    });
    let names = parts.iter().all(|part| part.split_whitespace().count() > 1);
    keys || names
}

/// Whether digits with commas are one number: with thousands separators, or a decimal comma.
fn is_one_number(parts: &[&str]) -> bool {
    let thousands = parts[0].len() <= 3 && parts[1..].iter().all(|part| part.len() == 3);
    thousands || matches!(parts, [_, decimals] if decimals.len() <= 2)
}

/// Whether a text that is no list of keys still names two people: two names with `and` between them or
/// two titles, or keys that look alike with slashes, pluses or white space between them.
pub fn names_two_people(text: &str) -> bool {
    // nearly every key is one word
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .collect();
    let inner = words.get(1..words.len().max(2) - 1).unwrap_or_default();
    let joined = inner.iter().any(|word| word == "and" || word == "+");
    let titles = words.iter().flat_map(|word| word.split('/'));
    let titles = titles.filter(|word| TITLES.contains(word)).count();
    joined || titles > 1 || slashed(text) || side_by_side(text)
}

/// Whether the sides of slashes are keys written alike, as `P00123/P00124`, or two full names. Of keys with a number below 100 the slash may well be a part: `E12/3` and `12/13` are one key each.
fn slashed(text: &str) -> bool {
    let Some((left, right)) = text.split_once('/') else {
        return false;
    };
    let (left, right) = (left.trim(), right.trim());
    let sides: Vec<&str> = text.split('/').map(str::trim).collect();
    let full_name = |side: &str| {
        let lettered = side.chars().all(|c| !c.is_ascii_digit() && c != '/');
        lettered && side.split_whitespace().count() > 1
    };
    alike(&sides) && digits(left) > 2 || full_name(left) && full_name(right)
}

/// Whether keys written alike stand side by side, as `P00123 P00124` or `P00123+P00124`. Digits in threes
/// may be one number (`123 456`), so that keys of digits alone have at least four.
fn side_by_side(text: &str) -> bool {
    let keys: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '+')
        .filter(|key| !key.is_empty())
        .collect();
    let is_key = |key: &&str| {
        let letters = key.bytes().take_while(u8::is_ascii_alphabetic).count();
        let least = if letters > 0 { 3 } else { 4 };
        let behind = key.bytes().skip(letters);
        letters + digits(key) == key.len()
            && behind.clone().count() >= least
            && behind.clone().all(|byte| byte.is_ascii_digit())
    };
    keys.len() > 1 && keys.iter().all(is_key) && alike(&keys)
}

/// Whether keys have the same letters and as many digits, in the same places.
fn alike(keys: &[&str]) -> bool {
    keys.windows(2).all(|two| {
        let (one, other) = (two[0].as_bytes(), two[1].as_bytes());
        one.len() == other.len()
            && one.iter().zip(other).all(|(a, b)| {
                a.is_ascii_digit() && b.is_ascii_digit()
                    || a.eq_ignore_ascii_case(b) && a.is_ascii_alphabetic()
            })
    })
}

fn digits(key: &str) -> usize {
    key.bytes().filter(u8::is_ascii_digit).count()
}

fn says_something(part: &str) -> bool {
    part.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_keys_side_by_side() {
        for text in [
            "12; 13",
            "12 & 13",
            "P1|P2",
            "12\n13",
            "P1, P2",
            "12, 13",
            "40118,40119",
            "12,13,14",
            "A Smith & B Jones",
            "A Smith, B Jones",
        ] {
            assert!(several_keys(text), "{text}");
        }
        for text in [
            "1,234",
            "1,234,567",
            "12,5",
            "1,00023E+11",
            "12;",
            "Smith, John",
            "12-34",
        ] {
            assert!(!several_keys(text), "{text}");
        }
    }

    #[test]
    fn two_people() {
        for text in [
            "Mr and Mrs Smith",
            "Mr/Mrs Smith",
            "Mr. Mrs. Smith",
            "12 and 13",
            "12 + 13",
            "123/124",
            "123 / 124",
            "P00123/P00124",
            "A Smith / B Jones",
            "P00555 P00556",
            "P00555+P00556",
            "1042 1043",
            "500123/500124/500125",
        ] {
            assert!(names_two_people(text), "{text}");
        }
        for text in [
            "12-34",
            "E12/3",
            "12/13",
            "1042/1",
            "2024/0000001",
            "A100/B200",
            "Anderson",
            "Sandra Mrs Smith",
            "Smith/Jones",
            "and",
            "AND 12",
            "1/2/3",
            "12/13/14",
            "E12 3",
            "12 345",
            "123 456",
            "E123 F456",
            "P123 4567",
            "P00555 ",
            "/",
            "",
        ] {
            assert!(!names_two_people(text), "{text}");
        }
    }
}
