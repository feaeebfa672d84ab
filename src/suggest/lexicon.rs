//! All terms that labels are held against, indexed by their words.

use rustc_hash::{FxHashMap, FxHashSet};

use super::synonyms::{Meaning, Row};
use super::words::{Word, are_apart, words};

/// The least that a word with a meaning weighs; the rarest weighs 1.
const LIGHTEST: f64 = 0.3;
/// What a word weighs that no term has.
const STRANGE: f64 = 0.9;
/// What a stop word weighs.
const STOP: f64 = 0.02;

/// A term, and what it means.
#[derive(Debug)]
pub(super) struct Term {
    /// As it is written in its list.
    pub text: String,
    /// Its words by their place in the vocabulary, with whether each must be found.
    pub words: Vec<(u32, bool)>,
    /// Place of its meaning in [`Lexicon::rows`].
    pub row: usize,
}

/// The terms of one code list.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub rows: Vec<Row>,
    pub terms: Vec<Term>,
    /// Stems, by which words are compared.
    vocabulary: Vec<String>,
    places: FxHashMap<String, u32>,
    weights: Vec<f64>,
    /// The terms that a word must be found for.
    of_word: Vec<Vec<u32>>,
    /// Words that stand next to each other in a term, written as one.
    joined: FxHashMap<String, (u32, u32)>,
}

impl Lexicon {
    /// Indexes rows. Rows that were put in first win where two say the same term.
    pub(super) fn new(rows: Vec<Row>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut seen: FxHashMap<Vec<u32>, Meaning> = FxHashMap::default();
        let mut pairs = FxHashSet::default();
        let mut known: FxHashMap<&str, Vec<(u32, bool)>> = FxHashMap::default();
        for (at, row) in rows.iter().enumerate() {
            for text in &row.terms {
                let mut words = lexicon.words_of(text, &mut known);
                if !words.iter().any(|(_, must)| *must) {
                    words.iter_mut().for_each(|(_, must)| *must = true);
                }
                let key: Vec<u32> = words.iter().map(|(word, _)| *word).collect();
                if words.is_empty() || seen.insert(key, row.meaning).is_some() {
                    continue;
                }
                for pair in words.windows(2) {
                    let [(one, true), (other, true)] = pair else {
                        continue;
                    };
                    if !pairs.insert((*one, *other)) {
                        continue;
                    }
                    let joined =
                        [*one, *other].map(|word| lexicon.vocabulary[word as usize].as_str());
                    let joined = joined.concat();
                    lexicon.joined.entry(joined).or_insert((*one, *other));
                }
                lexicon.terms.push(Term {
                    text: text.clone(),
                    words,
                    row: at,
                });
            }
        }
        lexicon.rows = rows;
        lexicon.weigh();
        lexicon
    }

    /// The words of a term, with whether each says something. A few thousand words make all terms, and each is
    /// read once: `known` holds those that were.
    fn words_of<'t>(
        &mut self,
        text: &'t str,
        known: &mut FxHashMap<&'t str, Vec<(u32, bool)>>,
    ) -> Vec<(u32, bool)> {
        let mut read = |text: &str| -> Vec<(u32, bool)> {
            let words = words(text).into_iter();
            words
                .map(|word| (self.intern(&word), !word.is_stop()))
                .collect()
        };
        if !are_apart(text) {
            return read(text);
        }
        let mut words = Vec::new();
        for part in text.split(' ').filter(|part| !part.is_empty()) {
            words.extend_from_slice(known.entry(part).or_insert_with(|| read(part)));
        }
        words
    }

    fn intern(&mut self, word: &Word) -> u32 {
        if let Some(place) = self.places.get(&word.stem) {
            return *place;
        }
        let place = self.vocabulary.len() as u32;
        self.vocabulary.push(word.stem.clone());
        self.places.insert(word.stem.clone(), place);
        self.weights.push(if word.is_stop() { STOP } else { 0.0 });
        self.of_word.push(Vec::new());
        place
    }

    /// A word weighs the more, the fewer terms have it.
    fn weigh(&mut self) {
        for (at, term) in self.terms.iter().enumerate() {
            for (word, must) in &term.words {
                let own = &mut self.of_word[*word as usize];
                if *must && own.last() != Some(&(at as u32)) {
                    own.push(at as u32);
                }
            }
        }
        let all = self.terms.len().max(2) as f64;
        for (weight, terms) in self.weights.iter_mut().zip(&self.of_word) {
            if *weight == 0.0 {
                *weight = ((all / terms.len().max(1) as f64).ln() / all.ln()).max(LIGHTEST);
            }
        }
    }

    /// The place of a stem in the vocabulary.
    pub(super) fn place(&self, stem: &str) -> Option<u32> {
        self.places.get(stem).copied()
    }

    /// The two words that are written as one.
    pub(super) fn split(&self, stem: &str) -> Option<(u32, u32)> {
        self.joined.get(stem).copied()
    }

    /// What a word weighs; `None` is a word that no term has.
    pub(super) fn weight(&self, place: Option<u32>) -> f64 {
        place.map_or(STRANGE, |place| self.weights[place as usize])
    }

    /// The terms that a word must be found for.
    pub(super) fn terms_of(&self, place: u32) -> &[u32] {
        &self.of_word[place as usize]
    }

    /// All stems, in the order of their places.
    pub(super) fn vocabulary(&self) -> &[String] {
        &self.vocabulary
    }
}
