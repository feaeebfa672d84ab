//! NHS numbers and telephone numbers: digits, in one group or in several.

use std::ops::Range;

use super::note::{Note, is_word};
use super::{Finds, Kind};

/// Words for numbers that are neither: a job's, an order's, an account's.
pub(super) const OTHER_NUMBERS: &[&str] = &[
    "ref",
    "reference",
    "job",
    "order",
    "uprn",
    "account",
    "acc",
    "a/c",
    "invoice",
    "incident",
    "crime",
    "log",
    "case",
    "crn",
    "rent",
    "tenancy",
    "serial",
    "meter",
    "mpan",
    "mprn",
    "asset",
    "claim",
    "policy",
    "repair",
    "ticket",
    "passport",
    "imei",
    "cad",
    "po",
    "property",
    "certificate",
    "cert",
    "model",
    "part",
    "tag",
    "boiler",
];
/// What may stand between such a word and its number.
const NUMBER_WORDS: &[&str] = &["no", "number", "num", "id", "ref", "reference", "is", "nr"];
/// Words in front of a telephone number.
const PHONE_WORDS: &[&str] = &[
    "tel",
    "telephone",
    "mob",
    "mobile",
    "phone",
    "call",
    "ring",
    "text",
    "contact",
    "landline",
];
/// Words that show a number to be an NHS number, whatever else it is called.
const CARE_WORDS: &[&str] = &["nhs", "hospital", "patient", "clinic", "surgery"];

/// Groups of digits, from a place on, with little between them.
struct Groups {
    ranges: [(usize, usize); 6],
    count: usize,
}

impl Groups {
    fn at(note: &Note<'_>, at: usize) -> Groups {
        let mut groups = Groups {
            ranges: [(0, 0); 6],
            count: 0,
        };
        let mut start = at;
        for range in &mut groups.ranges {
            let end = note.run(start, |byte| byte.is_ascii_digit());
            if end == start {
                break;
            }
            *range = (start, end);
            groups.count += 1;
            start = behind_separator(note, end);
        }
        groups
    }

    fn all(&self) -> &[(usize, usize)] {
        self.ranges.get(..self.count).unwrap_or_default()
    }
}

/// Where the digits go on behind the end of a group: over a space or two, a hyphen, a dot, a bracket,
/// or the `(0)` of an international number.
fn behind_separator(note: &Note<'_>, end: usize) -> usize {
    let rest = note.lower.get(end..).unwrap_or_default();
    let separators: &[&str] = match rest.as_bytes().first() {
        Some(b' ') => &[" (0) ", " (0)", "  ", " "],
        Some(b'(') => &["(0) ", "(0)"],
        Some(b')') => &[") ", ")"],
        Some(b'-') => &["-"],
        Some(b'.') => &["."],
        Some(0x80..) => &["\u{a0}", "\u{2011}", "\u{2013}"],
        _ => &[],
    };
    let found = separators.iter().find(|one| rest.starts_with(**one));
    end + found.map_or(0, |one| one.len())
}

/// Looks for a number that begins at a place; returns where it ends.
pub(super) fn look(note: &Note<'_>, at: usize, finds: &mut Finds) -> Option<usize> {
    if is_word(note.byte_before(at)) {
        return None;
    }
    let end = note.run(at, |byte| byte.is_ascii_digit());
    let goes_on = behind_separator(note, end);
    let more = goes_on > end && note.byte(goes_on).is_ascii_digit();
    if end - at < 9 && !more {
        return None;
    }
    let groups = Groups::at(note, at);
    let (kind, range) = match nhs_number(note, &groups) {
        Some(range) => (Kind::NhsNumber, range),
        None => (Kind::Phone, phone(note, &groups)?),
    };
    let end = range.end;
    finds.add(kind, range);
    Some(end)
}

/// Whether a number is called by a word, such as `job 123` or `job no: 123`.
pub(super) fn is_called(note: &Note<'_>, at: usize, words: &[&str]) -> bool {
    let mut before = note.before(at).trim_end_matches('.');
    for _ in 0..2 {
        for word in NUMBER_WORDS {
            let head = before.strip_suffix(word);
            let whole = head.filter(|head| !head.bytes().next_back().is_some_and(is_word));
            if note.follows(before.len(), words) {
                return true;
            }
            before = whole.map_or(before, |head| note.before(head.len()));
        }
    }
    note.follows(before.len(), words)
}

fn nhs_number(note: &Note<'_>, groups: &Groups) -> Option<Range<usize>> {
    let (range, spaced) = match groups.all() {
        [(start, end), ..] if end - start == 10 => (*start..*end, false),
        [(a, b), (c, d), (e, f), ..] if (b - a, d - c, f - e) == (3, 3, 4) => (*a..*f, true),
        _ => return None,
    };
    if is_word(note.byte(range.end)) || !is_checked(note.lower.get(range.clone())?) {
        return None;
    }
    let (at, near) = (range.start, note.shortly_before(range.start, 30));
    let other = !spaced
        && (is_called(note, at, OTHER_NUMBERS) || is_called(note, at, PHONE_WORDS))
        && !CARE_WORDS.iter().any(|word| near.contains(word));
    (!other).then_some(range)
}

/// Whether ten digits have the right check digit, and are not one digit ten times.
fn is_checked(number: &str) -> bool {
    let digits = || {
        number
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|byte| u32::from(byte - b'0'))
    };
    let sum: u32 = digits()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = (11 - sum % 11) % 11;
    let first = digits().next();
    digits().nth(9) == Some(check) && digits().any(|digit| Some(digit) != first)
}

/// A number of a mobile or a landline; the numbers of services, such as 0800, are nobody's.
fn phone(note: &Note<'_>, groups: &Groups) -> Option<Range<usize>> {
    let (start, first_end) = *groups.all().first()?;
    let plus = note.byte_before(start) == b'+';
    let mut digits = [0; 20];
    let mut total = 0;
    for (place, (from, to)) in groups.all().iter().enumerate() {
        let own = note.lower.as_bytes().get(*from..*to)?;
        digits
            .get_mut(total..total + own.len())?
            .copy_from_slice(own);
        total += own.len();
        let number = digits.get(..total)?;
        let national = match number {
            [b'4', b'4', b'0', rest @ ..] | [b'4', b'4', rest @ ..] if plus => rest,
            [b'0', b'0', b'4', b'4', rest @ ..] => rest,
            // dates with dots are no telephone numbers
            [b'0', rest @ ..] if !plus && (place == 0 || first_end - start >= 3) => rest,
            _ => continue,
        };
        let is_personal = matches!(national, [b'1' | b'2' | b'7', b'0'..=b'9', ..]);
        if national.len() == 10 && is_personal && !is_word(note.byte(*to)) {
            let start = start - usize::from(plus);
            return (!is_called(note, start, OTHER_NUMBERS)).then_some(start..*to);
        }
    }
    None
}
