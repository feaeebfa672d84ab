//! `pac codes search`: finding codes by the words of people who do not know the list.

use crate::standard::{Code, Standard};
use crate::suggest::{Label, Mark, Suggester, Suggestions};

/// What a search has found.
pub(super) struct Found<'a> {
    /// The codes: those that the words mean or may mean, then those in whose texts each word occurs.
    pub codes: Vec<&'a Code>,
    /// What to say before them.
    pub before: String,
    /// What to say behind them.
    pub behind: String,
}

/// Finds the codes that words may mean.
pub(super) fn search<'a>(standard: &'a Standard, words: &str) -> Found<'a> {
    let suggestions = Suggester::new(standard, &[]).suggest_code(&Label::new(words));
    let likely = suggestions.candidates.iter().filter(|one| one.is_likely());
    let mut codes: Vec<&Code> = likely
        .filter_map(|one| standard.codes.by_subcode(&one.code))
        .collect();
    let meant = codes.len();
    let is_known = meant > 0 || !suggestions.note.is_empty();
    for code in standard.codes.search(words) {
        let is_new = !codes.iter().any(|own| own.id == code.id);
        if is_new && (!is_known || is_named(code, words)) {
            codes.push(code);
        }
    }
    let before = match meant {
        0 => nothing(words, &suggestions, codes.is_empty()),
        _ => String::new(),
    };
    let behind = match meant {
        0 => String::new(),
        _ => remark(&suggestions),
    };
    Found {
        codes,
        before,
        behind,
    }
}

/// Whether each word begins a word of the code's names.
fn is_named(code: &Code, words: &str) -> bool {
    let names = format!("{} {}", code.name, code.subname).to_lowercase();
    let words = words.to_lowercase();
    let begins = |word: &str| {
        names
            .split(|c: char| !c.is_alphanumeric())
            .any(|own| own.starts_with(word))
    };
    words.split_whitespace().all(begins)
}

/// What to say where the words mean no code.
fn nothing(words: &str, suggestions: &Suggestions, is_empty: bool) -> String {
    let note = match suggestions.note.is_empty() {
        true => String::new(),
        false => format!("; {}", suggestions.note),
    };
    if suggestions.has(Mark::NoCode) {
        return format!("the standard has no code for: {words}{note}\n");
    }
    match is_empty {
        _ if !suggestions.note.is_empty() => format!("no one code means: {words}{note}\n"),
        true => format!("no code found for: {words}; try other words, or `pac codes list`\n"),
        false => String::new(),
    }
}

/// What speaks against taking the first code.
fn remark(suggestions: &Suggestions) -> String {
    let marks = suggestions.marks.iter().filter(|mark| mark.stops_default());
    let marks: Vec<&str> = marks.map(|mark| mark.as_str()).collect();
    if marks.is_empty() {
        return String::new();
    }
    let first = suggestions.candidates.first();
    let reason = first.map_or("", |first| first.reason.as_str());
    format!("look before you choose ({}): {reason}\n", marks.join(", "))
}
