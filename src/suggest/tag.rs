//! An abbreviation beside what it stands for: `SH - SELF HARM`, `Chronic pain syndrome (CPS)`. It says nothing
//! of its own.

use super::modifiers;
use super::words::Word;

/// Letters that an abbreviation has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;

/// An abbreviation that stands beside its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub text: String,
    /// Whether it is the last word of the label, and not the first.
    pub is_last: bool,
    /// Whether it is the first letters of several words, and so means nothing but these.
    pub is_initials: bool,
}

impl Tag {
    /// The abbreviation at the beginning of a label, or in brackets at its end.
    pub(super) fn of(text: &str) -> Option<Tag> {
        let text = text.trim();
        let first = text.split(|c: char| !c.is_alphanumeric()).next()?;
        if let Some(rest) = text.strip_prefix(first)
            && let Some(tag) = Tag::for_words(first, rest, false)
        {
            return Some(tag);
        }
        let (rest, last) = text.strip_suffix(')')?.rsplit_once('(')?;
        Tag::for_words(last, rest, true)
    }

    /// `short` as an abbreviation of the words of a text.
    fn for_words(short: &str, text: &str, is_last: bool) -> Option<Tag> {
        let letters = short.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_short = LETTERS.contains(&letters.len()) && letters.len() + 1 >= short.len();
        if !is_short || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let lower = letters.to_ascii_lowercase();
        let word = Word::new(lower.clone());
        if word.is_filler() || modifiers::turns(&lower) {
            return None;
        }
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        let is_initials = has_initials(&lower, words.iter())
            || has_initials(
                &lower,
                words
                    .iter()
                    .filter(|word| !Word::new((*word).clone()).is_stop()),
            );
        (is_initials || shortens(&lower, words.first()?)).then(|| Tag {
            text: short.to_ascii_lowercase(),
            is_last,
            is_initials,
        })
    }
}

/// Whether words begin with these letters, one after another.
fn has_initials<'w>(letters: &str, mut words: impl Iterator<Item = &'w String>) -> bool {
    let begins = |letter: char| words.next().is_some_and(|word| word.starts_with(letter));
    letters.chars().all(begins)
}

/// Whether letters stand in a longer word in that order, from its first one on.
fn shortens(letters: &str, word: &str) -> bool {
    let mut rest = word.chars();
    let begins = word.chars().next() == letters.chars().next();
    begins && word.len() > letters.len() + 1 && letters.chars().all(|own| rest.any(|c| c == own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_of_what_stands_beside_them() {
        for (text, tag, is_initials) in [
            ("SH - SELF HARM", "sh", true),
            ("HOV - HISTORY OF VIOLENCE", "hov", true),
            ("PRG: Pregnant", "prg", false),
            ("DIAB2 DIABETIC TYPE II", "diab2", false),
            ("Chronic pain syndrome (CPS)", "cps", true),
        ] {
            let found = Tag::of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.text.as_str(), found.is_initials), (tag, is_initials));
        }
        for text in [
            "SELF HARM",
            "NO NUT OIL",
            "MS - see file",
            "COPD asthma",
            "Asthma (mild)",
            "EX X-ray worker",
            "FRA - flat door failed",
            "",
        ] {
            assert_eq!(Tag::of(text), None, "{text}");
        }
    }
}
