//! The words of `words.csv`, and finding them in a label.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::cell::fold;

/// What words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// Domestic abuse, by themselves.
    DomesticAbuse,
    /// Domestic abuse, where the code says so too.
    Abuse,
    /// The person suffers it.
    Survivor,
    /// The person commits it.
    Perpetrator,
    /// How to visit.
    Control,
    /// What stands around that.
    ControlFiller,
    /// About a property.
    Property,
    /// What stands around that.
    PropertyFiller,
    /// About a household.
    Household,
    /// About a household, where nothing else stands in the label.
    HouseholdWhole,
    /// Nothing to say, where nothing else stands in the label.
    Negative,
    /// Other professionals.
    OtherSource,
    /// Safeguarding, taken for a category of data.
    Safeguarding,
    /// Asthma and COPD.
    Respiratory,
    /// What belongs to certain codes.
    Means,
}

#[derive(Debug, Deserialize)]
struct Row {
    kind: Kind,
    words: String,
    codes: String,
}

/// All words.
#[derive(Debug, Default)]
pub(super) struct Words {
    phrases: HashMap<Kind, Vec<Phrase>>,
    meanings: Vec<(Phrase, Vec<String>)>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let mut reader = csv::Reader::from_reader(include_bytes!("words.csv").as_slice());
    // a test reads every row
    for row in reader.deserialize().flatten() {
        let Row {
            kind,
            words: text,
            codes,
        } = row;
        let phrase = Phrase::new(&text);
        match kind {
            Kind::Means => {
                let codes = codes.split('|').map(str::to_owned).collect();
                words.meanings.push((phrase, codes));
            }
            _ => words.phrases.entry(kind).or_default().push(phrase),
        }
    }
    words
});

impl Words {
    /// The phrases of a kind.
    pub(super) fn of(&self, kind: Kind) -> &[Phrase] {
        self.phrases.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The phrases that belong to certain codes or groups of codes.
    pub(super) fn meanings(&self) -> impl Iterator<Item = &(Phrase, Vec<String>)> + Clone {
        self.meanings.iter()
    }
}

/// Some words in a row; the last letters of a word are open where it ends in `*`.
#[derive(Debug)]
pub(super) struct Phrase(Vec<(String, bool)>);

impl Phrase {
    fn new(text: &str) -> Phrase {
        let words = text
            .split_whitespace()
            .map(|word| match word.strip_suffix('*') {
                Some(beginning) => (beginning.to_owned(), true),
                None => (word.to_owned(), false),
            });
        Phrase(words.collect())
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn begins(&self, tokens: &[String]) -> bool {
        let fits = |((word, open), token): (&(String, bool), &String)| match open {
            true => token.starts_with(word.as_str()),
            false => token == word,
        };
        tokens.len() >= self.0.len() && self.0.iter().zip(tokens).all(fits)
    }

    /// Where it stands first.
    pub(super) fn first(&self, tokens: &Tokens) -> Option<usize> {
        (0..tokens.0.len()).find(|at| self.begins(&tokens.0[*at..]))
    }

    /// Whether it stands anywhere.
    pub(super) fn occurs(&self, tokens: &Tokens) -> bool {
        self.first(tokens).is_some()
    }

    /// Whether nothing else stands there.
    pub(super) fn is_whole(&self, tokens: &Tokens) -> bool {
        tokens.0.len() == self.0.len() && self.begins(&tokens.0)
    }
}

/// The words of a label.
#[derive(Debug)]
pub(super) struct Tokens(Vec<String>);

/// Words that deny what stands behind them.
const DENYING: [&str; 5] = ["no", "not", "without", "denies", "never"];

impl Tokens {
    /// Cuts a text into words.
    pub(super) fn of(text: &str) -> Tokens {
        let text = fold(text).replace('\'', "");
        let words = text.split(|c: char| !c.is_alphanumeric());
        Tokens(
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// The words, a space between two.
    pub(super) fn joined(&self) -> String {
        self.0.join(" ")
    }

    /// Whether the word before a place denies what stands there.
    pub(super) fn denied_at(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.0.get(before));
        before.is_some_and(|word| DENYING.contains(&word.as_str()))
    }

    /// Whether phrases cover all words, none of them left over.
    pub(super) fn are_covered_by(&self, lists: &[&[Phrase]]) -> bool {
        let mut covered = vec![false; self.0.len()];
        for phrase in lists.iter().flat_map(|list| list.iter()) {
            for at in 0..self.0.len() {
                if phrase.begins(&self.0[at..]) {
                    covered[at..at + phrase.len()].fill(true);
                }
            }
        }
        covered.iter().all(|covered| *covered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let mut reader = csv::Reader::from_reader(include_bytes!("words.csv").as_slice());
        let rows: Vec<Row> = reader.deserialize().collect::<Result<_, _>>().unwrap();
        let folded = |row: &Row| fold(&row.words) == row.words && !row.words.contains('\'');
        assert!(rows.len() > 300 && rows.iter().all(folded));
        let meanings = |row: &Row| (row.kind == Kind::Means) != row.codes.is_empty();
        assert!(rows.iter().all(meanings));
        let all: usize = WORDS.phrases.values().map(Vec::len).sum();
        assert_eq!(all + WORDS.meanings.len(), rows.len());
    }
}
