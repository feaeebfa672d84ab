//! Surnames behind the title of a private person. A doctor or a constable is named in a role, and stays.

use super::note::{Note, is_word};
use super::{Finds, Kind};

/// Words that follow what looks like a title, and are no names.
const NO_NAMES: [&str; 38] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
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
    "muscle",
    "and",
    "or",
    "the",
    "who",
    "is",
    "was",
    "has",
    "called",
    "calls",
    "appointment",
    "appointments",
    "tenant",
    "visit",
    "visits",
    "teams",
    "word",
    "office",
    "excel",
];

/// Further words that follow a title in a note whose letters are all small, or all capitals.
const NO_NAMES_EITHER: [&str; 56] = [
    "a", "about", "above", "again", "all", "also", "always", "an", "answered", "are", "as",
    "asked", "at", "away", "be", "both", "but", "can", "cannot", "deaf", "does", "died", "for",
    "from", "gets", "had", "have", "her", "his", "in", "lives", "moved", "must", "needs", "never",
    "no", "not", "now", "of", "on", "only", "prefers", "reports", "said", "says", "so", "still",
    "to", "very", "wants", "will", "with", "works", "would", "x", "xx",
];

/// What stands in front of a title that could be another word as well: a verb, or a disease.
const ADDRESSED: &[&str] = &[
    "ask for",
    "speak to",
    "speak with",
    "contact",
    "ring",
    "phone",
];

/// Looks at a title that begins at a place.
pub(super) fn look(note: &Note<'_>, at: usize, finds: &mut Finds) {
    let end = note.run(at, |byte| byte.is_ascii_lowercase());
    let (title, written) = (note.lower.get(at..end), note.text.get(at..end));
    let (Some(title), Some(written)) = (title, written) else {
        return;
    };
    let known = matches!(title, "mr" | "mrs" | "ms" | "miss");
    if !known || is_word(note.byte_before(at)) {
        return;
    }
    let is_small = !written.starts_with('M');
    let is_title_alone = matches!(title, "mr" | "mrs") || note.follows(at, ADDRESSED);
    let mut start = note.run(end, |byte| matches!(byte, b'.' | b' '));
    // an initial belongs to the name
    let first = start;
    while note.byte(start).is_ascii_lowercase() && matches!(note.byte(start + 1), b'.' | b' ') {
        start = note.run(start + 1, |byte| matches!(byte, b'.' | b' '));
    }
    let end = name_end(note, start);
    let name = note.text.get(start..end).unwrap_or_default();
    let is_capital = name.starts_with(|c: char| c.is_uppercase());
    let is_shouted = name.bytes().filter(u8::is_ascii_lowercase).count() == 0;
    let lower = name.to_lowercase();
    if name.len() < 2 || NO_NAMES.contains(&lower.as_str()) {
        return;
    }
    // in a note all in capitals or all in small letters any word may follow
    let all_capitals = is_shouted && !note.text.bytes().any(|byte| byte.is_ascii_lowercase());
    let is_open = all_capitals || is_small || !is_capital;
    let is_other = || NO_NAMES_EITHER.contains(&lower.as_str());
    if is_open && (!is_title_alone || name.len() < 3 || is_other()) {
        return;
    }
    if !is_small && !is_capital {
        return;
    }
    finds.add(Kind::Surname, first..end);
}

/// Where a name ends, with the hyphen or the apostrophe in it.
fn name_end(note: &Note<'_>, start: usize) -> usize {
    let rest = note.text.get(start..).unwrap_or_default();
    let inside = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}');
    let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
    let name = rest.get(..length).unwrap_or_default();
    let bare = name.strip_suffix("'s").or(name.strip_suffix("\u{2019}s"));
    let bare = bare
        .unwrap_or(name)
        .trim_end_matches(['-', '\'', '\u{2019}']);
    start + bare.len()
}
