//! What a figure may be part of: a digit, an `@`, a semicolon.

use super::note::Note;
use super::{Finds, email, health, nino, numbers, own_codes, postcode};

/// Digits of the shortest number that is looked for where no letter is.
const FEWEST_DIGITS: usize = 10;

/// Whether a text can hold anything but a code of the landlord's own. What has no letters can hold only an
/// NHS or a telephone number, whose digits neither `/` nor `:` parts; most keys and dates are too short.
pub(super) fn can_hold(text: &str) -> bool {
    let mut digits = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'/' | b':' => digits = 0,
            b'a'..=b'z' | b'A'..=b'Z' => return true,
            _ => {}
        }
        if digits >= FEWEST_DIGITS {
            return true;
        }
    }
    false
}

/// Looks at the figure at a place of a note; returns where the next one is to be looked for.
pub(super) fn look(
    note: &Note<'_>,
    at: usize,
    finds: &mut Finds,
    own: &dyn Fn(&str) -> bool,
) -> usize {
    match note.byte(at) {
        b'@' => email::look(note, at, finds),
        b';' => own_codes::look(note, at, finds, own),
        _ => {
            let end = note.run(at, |byte| byte.is_ascii_digit());
            postcode::look(note, end, finds);
            health::look_dose(note, at..end, finds);
            let found = nino::look(note, at, finds).or_else(|| numbers::look(note, at, finds));
            found.unwrap_or(end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use super::can_hold;

    #[test]
    fn what_is_passed_by_holds_nothing() {
        for text in ["1000002", "03/11/2024", "31/05/2025 14:14", "12.50", "-;-"] {
            assert!(!can_hold(text), "{text}");
            let ends = [text.len() as u32];
            assert!(scan(text, &ends, &|_, _| false).is_empty(), "{text}");
        }
        for text in [
            "999 000 0018",
            "07700-900123",
            "07700\u{a0}900123",
            "1/7/07700900123",
        ] {
            assert!(can_hold(text), "{text}");
            let ends = [text.len() as u32];
            assert!(!scan(text, &ends, &|_, _| false).is_empty(), "{text}");
        }
        assert!(can_hold("x@example.org"));
    }
}
