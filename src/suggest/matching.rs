//! Holding a label against the lexicon: which terms stand in it, and which words they leave over.

use rustc_hash::FxHashMap;

use super::lexicon::{Lexicon, Term};
use super::modifiers;
use super::spelling::meant;
use super::tag::Tag;
use super::words::{Word, words};

/// Words that may stand between those of a term.
const BETWEEN: usize = 2;
/// Least likeness of a word by which alone a term is known.
const ALONE: f64 = 0.8;
/// Likeness of words that are written as one, or apart.
const JOINED: f64 = 0.98;
/// Words of a term from which on one of them that is unlike says little against it.
const MANY: usize = 3;

/// One word of a label.
#[derive(Debug)]
pub(super) struct Token {
    pub word: Word,
    /// What it may be in the vocabulary, and how alike it is, of 1.
    senses: Vec<(u32, f64)>,
    /// How much it says.
    pub weight: f64,
}

/// A label's words.
#[derive(Debug)]
pub(super) struct Tokens(pub Vec<Token>);

/// A term that stands in a label, or a part of it.
#[derive(Debug, Clone)]
pub(super) struct Match {
    /// Place of the term in the lexicon.
    pub term: usize,
    /// Places of its words in the label.
    pub at: Vec<usize>,
    /// How alike the words are, of 1.
    pub alike: f64,
    /// How much of the term stands in the label, of 1.
    pub covered: f64,
    /// Whether all its words stand there, close to each other.
    pub is_whole: bool,
    /// How much its words say.
    pub weight: f64,
    /// How much of the term, stop words and order included, reads as it is written, of 1.
    pub verbatim: f64,
}

impl Tokens {
    /// Cuts a label into words and looks them up.
    pub(super) fn of(text: &str, lexicon: &Lexicon) -> Tokens {
        let known = |stem: &str| lexicon.place(stem).is_some();
        let mut tokens: Vec<Token> = Vec::new();
        let mut rest = words(text).into_iter().peekable();
        while let Some(word) = rest.next() {
            if known(&word.stem) || word.is_filler() {
                tokens.push(Token::known(word, lexicon));
                continue;
            }
            let joined = rest
                .peek()
                .map(|next| Word::new(format!("{}{}", word.text, next.text)));
            if let Some(joined) = joined.filter(|joined| known(&joined.stem)) {
                rest.next();
                tokens.push(Token::known(joined, lexicon));
            } else if let Some((one, other)) = lexicon.split(&word.stem) {
                for place in [one, other] {
                    let text = lexicon.vocabulary()[place as usize].clone();
                    tokens.push(Token::meant(
                        Word::new(text),
                        vec![(place, JOINED)],
                        lexicon,
                    ));
                }
            } else {
                let senses = meant(lexicon, &word.stem);
                tokens.push(Token::meant(word, senses, lexicon));
            }
        }
        let mut tokens = Tokens(tokens);
        if let Some(tag) = Tag::of(text) {
            tokens.silence(&tag);
        }
        tokens
    }

    /// Lets an abbreviation say nothing beside what it stands for; one that is known and does not stand for all
    /// of its words goes on to say what it says.
    fn silence(&mut self, tag: &Tag) {
        let token = match tag.is_last {
            true => self.0.last_mut(),
            false => self.0.first_mut(),
        };
        if let Some(token) = token.filter(|token| token.word.text == tag.text)
            && (tag.is_initials || !token.is_known())
        {
            token.senses.clear();
            token.weight = 0.0;
        }
    }

    /// The words, a space between two.
    pub(super) fn joined(&self) -> String {
        let words: Vec<&str> = self
            .0
            .iter()
            .map(|token| token.word.text.as_str())
            .collect();
        words.join(" ")
    }

    /// How much of what the label says lies at some places, of 1; fillers do not count where nothing needs
    /// them.
    pub(super) fn share(&self, places: &[usize]) -> f64 {
        let mut own = 0.0;
        let mut all = 0.0;
        for (at, token) in self.0.iter().enumerate() {
            if places.contains(&at) {
                own += token.weight;
                all += token.weight;
            } else if !token.word.is_filler() {
                all += token.weight;
            }
        }
        if all == 0.0 { 0.0 } else { own / all }
    }

    /// The terms that have a word of the label, the fullest first.
    pub(super) fn matches(&self, lexicon: &Lexicon) -> Vec<Match> {
        let mut touched: FxHashMap<u32, ()> = FxHashMap::default();
        for token in &self.0 {
            for (place, _) in &token.senses {
                touched.extend(lexicon.terms_of(*place).iter().map(|term| (*term, ())));
            }
        }
        let mut found: Vec<Match> = touched
            .into_keys()
            .filter_map(|term| {
                self.held_against(term as usize, &lexicon.terms[term as usize], lexicon)
            })
            .collect();
        found.sort_by(|a, b| {
            let key = |one: &Match| (one.is_whole, one.weight * one.alike, one.verbatim);
            let ((whole_a, weight_a, order_a), (whole_b, weight_b, order_b)) = (key(a), key(b));
            whole_b
                .cmp(&whole_a)
                .then(weight_b.total_cmp(&weight_a))
                .then(order_b.total_cmp(&order_a))
                .then(a.term.cmp(&b.term))
        });
        found
    }

    fn held_against(&self, place: usize, term: &Term, lexicon: &Lexicon) -> Option<Match> {
        let mut at: Vec<usize> = Vec::new();
        let (mut alike, mut weight, mut all) = (1.0_f64, 0.0, 0.0);
        let (mut reads, mut is_whole, mut last, mut unlike) = (0, true, None, 0);
        for (word, must) in &term.words {
            let own = lexicon.weight(Some(*word));
            all += own;
            let found = self.find(*word, &at);
            let Some((token, likeness)) = found else {
                is_whole &= !must;
                continue;
            };
            at.push(token);
            alike = alike.min(likeness);
            unlike += usize::from(likeness < 1.0);
            weight += own;
            reads += usize::from(last.is_none_or(|last| token == last + 1));
            last = Some(token);
        }
        let strong: Vec<usize> = at
            .iter()
            .copied()
            .filter(|at| !self.0[*at].word.is_stop())
            .collect();
        let (first, last) = (
            strong.iter().min().or(at.iter().min())?,
            strong.iter().max().or(at.iter().max())?,
        );
        let between = (*first..=*last)
            .filter(|at| !self.0[*at].word.is_stop())
            .count();
        is_whole &= between <= strong.len() + BETWEEN;
        is_whole &= strong.len() > 1 || alike >= ALONE;
        is_whole &= strong.is_sorted() || !self.denies(&strong);
        if strong.len() >= MANY && unlike == 1 {
            alike = (1.0 + alike) / 2.0;
        }
        Some(Match {
            term: place,
            alike,
            covered: weight / all,
            is_whole,
            weight,
            verbatim: reads as f64 / term.words.len() as f64,
            at,
        })
    }

    /// Whether some of the words deny what stands behind them, so that their order counts: "capacity not in doubt"
    /// is not "does not have capacity".
    fn denies(&self, places: &[usize]) -> bool {
        let mut words = places.iter().map(|at| self.0[*at].word.text.as_str());
        words.any(modifiers::negates)
    }

    /// Where a word stands that is not taken yet: the likest, and of equals the one nearest behind the last.
    fn find(&self, word: u32, taken: &[usize]) -> Option<(usize, f64)> {
        let after = taken.last().map_or(0, |last| last + 1);
        let mut best: Option<(usize, f64)> = None;
        let order = (after..self.0.len()).chain(0..after.min(self.0.len()));
        for at in order.filter(|at| !taken.contains(at)) {
            let sense = self.0[at].senses.iter().find(|(place, _)| *place == word);
            if let Some((_, alike)) = sense
                && best.is_none_or(|(_, other)| *alike > other)
            {
                best = Some((at, *alike));
            }
        }
        best
    }
}

impl Token {
    /// Whether the vocabulary has it as it is written.
    fn is_known(&self) -> bool {
        self.senses.iter().any(|(_, alike)| *alike == 1.0)
    }

    fn known(word: Word, lexicon: &Lexicon) -> Token {
        let place = lexicon.place(&word.stem);
        let senses = place.map(|place| (place, 1.0)).into_iter().collect();
        Token::meant(word, senses, lexicon)
    }

    fn meant(word: Word, senses: Vec<(u32, f64)>, lexicon: &Lexicon) -> Token {
        Token {
            weight: lexicon.weight(senses.first().map(|(place, _)| *place)),
            word,
            senses,
        }
    }
}

/// The whole matches that say most: none whose words another one has all of, and more. Of two that lie at the
/// same words, the one that reads more as it is written stays; both do, where neither does.
pub(super) fn fullest(matches: &[Match], tokens: &Tokens) -> Vec<Match> {
    let strong = |one: &Match| -> Vec<usize> {
        let without = |weak: fn(&Word) -> bool| -> Vec<usize> {
            let at = one.at.iter().copied();
            at.filter(|at| !weak(&tokens.0[*at].word)).collect()
        };
        let strong = [without(Word::is_filler), without(Word::is_stop)];
        let strong = strong.into_iter().find(|places| !places.is_empty());
        strong.unwrap_or_else(|| one.at.clone())
    };
    let whole: Vec<(&Match, Vec<usize>)> = matches
        .iter()
        .filter(|one| one.is_whole)
        .map(|one| (one, strong(one)))
        .collect();
    let beaten = |one: &Match, at: &[usize]| {
        whole.iter().any(|(other, places)| {
            let inside = at.iter().all(|at| places.contains(at));
            let same = places.len() == at.len();
            let better = (other.alike, other.verbatim, other.at.len())
                > (one.alike, one.verbatim, one.at.len());
            inside && other.term != one.term && (!same || better)
        })
    };
    let kept = whole.iter().filter(|(one, at)| !beaten(one, at));
    kept.map(|(one, _)| (*one).clone()).collect()
}
