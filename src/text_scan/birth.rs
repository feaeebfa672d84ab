//! Dates of birth: a date that is said to be one.

use std::sync::LazyLock;

use regex::Regex;

use super::note::{Note, is_word};
use super::{Finds, Kind};

/// A word for a birth, little else, and a date.
static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:d\.o\.b\.?|dob|born|birth(?:day|date)?)([^0-9.,;]{0,14}?)(?:, ?)?(",
        r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}",
        r"|[0-9]{1,2} ?[/.\-] ?[0-9]{1,2} ?[/.\-] ?(?:[0-9]{4}|[0-9]{2})",
        r"|[0-9]{1,2} [0-9]{1,2} (?:[0-9]{4}|[0-9]{2})",
        r"|[0-9]{1,2}(?:st|nd|rd|th)?[ \-]?(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.,]?[ \-]?(?:[0-9]{4}|[0-9]{2})",
        r"|[0-9]{8}|[0-9]{6}",
        r")(?:[^0-9a-z]|$)"
    ))
    .ok()
});

/// Words that show the date to be another one.
const OTHERWISE: [&str; 8] = [
    "unknown", "not ", "n/k", "visit", "seen", "tbc", "check", "review",
];

/// Looks at a word for a birth that begins at a place.
pub(super) fn look(note: &Note<'_>, at: usize, finds: &mut Finds) {
    let rest = note.lower.get(at..).unwrap_or_default();
    if is_word(note.byte_before(at)) || !rest.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let birth = rest.starts_with("birth") && !rest.starts_with("birthd");
    if birth && !note.follows(at, &["date of"]) {
        return;
    }
    let found = DATE.as_ref().and_then(|date| date.captures(rest));
    let Some((between, date)) = found.and_then(|found| Some((found.get(1)?, found.get(2)?))) else {
        return;
    };
    if !OTHERWISE.iter().any(|word| between.as_str().contains(word)) {
        finds.add(Kind::BirthDate, at + date.start()..at + date.end());
    }
}
