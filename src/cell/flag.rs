//! Words in a flag column: yes, no, and the three ways of not saying.
//!
//! Only yes makes an alert. Refused, unknown and not asked are kept apart from no, because a person
//! who was never asked about home oxygen may well have it.

use std::collections::HashMap;

use super::fold;

/// What a flag says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FlagWord {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// The person would not say.
    Refused,
    /// Nobody knows.
    Unknown,
    /// Nobody asked.
    NotAsked,
}

impl FlagWord {
    /// All of them, in the order in which profiles and reports name them.
    pub const ALL: [FlagWord; 5] = [
        FlagWord::Yes,
        FlagWord::No,
        FlagWord::Refused,
        FlagWord::Unknown,
        FlagWord::NotAsked,
    ];

    /// The key used in profiles and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            FlagWord::Yes => "yes",
            FlagWord::No => "no",
            FlagWord::Refused => "refused",
            FlagWord::Unknown => "unknown",
            FlagWord::NotAsked => "not_asked",
        }
    }

    fn usual(self) -> &'static [&'static str] {
        match self {
            FlagWord::Yes => &["y", "yes", "true", "t", "1", "-1", "x"],
            FlagWord::No => &["n", "no", "false", "f", "0", "none", "nil"],
            FlagWord::Refused => &["refused", "ref", "declined", "prefer not to say"],
            FlagWord::Unknown => &[
                "unknown",
                "unk",
                "not known",
                "n/k",
                "n-k",
                "nk",
                "don't know",
            ],
            FlagWord::NotAsked => &["not asked"],
        }
    }
}

/// Beginnings of cells that deny a flag.
const DENIALS: [&str; 4] = ["no known ", "no longer ", "none known", "no current "];
/// Words behind a denial, of which one more would be more than a denial.
const MOST_DENIED: usize = 3;
/// Words that take a part of a denial back.
const RESERVATIONS: [&str; 8] = [
    "except", "but", "apart", "other", "unless", "besides", "only", "however",
];

/// Whether a folded cell denies the flag and says no more: `no known allergies`, and neither `no known
/// allergies except penicillin` nor `no longer on medication - violent`.
pub(super) fn denies(cell: &str) -> bool {
    let denied = DENIALS.iter().find_map(|denial| cell.strip_prefix(denial));
    denied.is_some_and(|rest| {
        let plain = rest.chars().all(|c| c.is_alphabetic() || c == ' ');
        let words: Vec<&str> = rest.split_whitespace().collect();
        let taken_back = words.iter().any(|word| RESERVATIONS.contains(word));
        plain && words.len() <= MOST_DENIED && !taken_back
    })
}

/// Reads the words of one flag column, in any case.
#[derive(Debug, Clone)]
pub struct FlagReader {
    words: HashMap<String, FlagWord>,
    /// Whether a cell that denies is a no: not where the profile has its own words for no.
    denials: bool,
}

impl FlagReader {
    /// A reader of the given words, a list each in the order of [`FlagWord::ALL`]; an empty list stands
    /// for the usual words.
    ///
    /// # Errors
    /// A word that has two meanings.
    pub fn new(lists: &[Vec<String>; 5]) -> Result<FlagReader, String> {
        let mut words = HashMap::new();
        for (list, meaning) in lists.iter().zip(FlagWord::ALL) {
            for word in list {
                let other = words.insert(fold(word).into_owned(), meaning);
                if other.is_some_and(|other| other != meaning) {
                    return Err(word.clone());
                }
            }
        }
        for (list, meaning) in lists.iter().zip(FlagWord::ALL) {
            let usual: &[&str] = if list.is_empty() {
                meaning.usual()
            } else {
                &[]
            };
            for word in usual {
                // The landlord's own meaning of a usual word stands.
                words.entry((*word).to_owned()).or_insert(meaning);
            }
        }
        Ok(FlagReader {
            words,
            denials: lists[FlagWord::No as usize].is_empty(),
        })
    }

    /// Reads a cell that is not empty; `None` where it is no known word. A cell that denies and says no
    /// more, such as `No known allergies`, is a no unless there are own words for no.
    pub fn read(&self, cell: &str) -> Option<FlagWord> {
        let cell = fold(cell);
        let known = self.words.get(cell.as_ref()).copied();
        known.or_else(|| (self.denials && denies(&cell)).then_some(FlagWord::No))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_meanings_are_kept_apart() {
        let reader = FlagReader::new(&Default::default()).unwrap();
        let cases = [
            ("Y", Some(FlagWord::Yes)),
            ("-1", Some(FlagWord::Yes)),
            ("n", Some(FlagWord::No)),
            ("REF", Some(FlagWord::Refused)),
            ("N/K", Some(FlagWord::Unknown)),
            ("Not asked", Some(FlagWord::NotAsked)),
            ("No known allergies", Some(FlagWord::No)),
            ("no  longer violent", Some(FlagWord::No)),
            ("No known allergies except penicillin", None),
            ("No known allergies (penicillin)", None),
            ("No longer on medication - violent", None),
            ("No longer safe to visit her alone at all", None),
            ("not applicable", None),
            ("penicillin", None),
            ("knows no fear", None),
        ];
        for (cell, meaning) in cases {
            assert_eq!(reader.read(cell), meaning, "{cell}");
        }
    }

    #[test]
    fn own_words_replace_the_usual_ones_of_their_side() {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let none = Vec::new;
        let lists = [own(&["J"]), none(), own(&["X"]), none(), none()];
        let reader = FlagReader::new(&lists).unwrap();
        assert_eq!(reader.read("j"), Some(FlagWord::Yes));
        assert_eq!(reader.read("y"), None);
        assert_eq!(reader.read("x"), Some(FlagWord::Refused));
        let own_no = [none(), own(&["NIL"]), none(), none(), none()];
        let reader = FlagReader::new(&own_no).unwrap();
        assert_eq!(reader.read("no known allergies"), None);
        let twice = [own(&["J"]), own(&["j"]), none(), none(), none()];
        assert_eq!(FlagReader::new(&twice).unwrap_err(), "j");
    }
}
