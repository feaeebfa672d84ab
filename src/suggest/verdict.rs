//! From the terms in a label to its candidates and marks.

use super::code::CodeNames;
use super::lexicon::Lexicon;
use super::matching::{Match, Tokens, fullest};
use super::modifiers;
use super::suggestion::{Candidate, MOST, Mark, Relation, Suggestions};
use super::synonyms::Meaning;

/// Score below which a candidate is no default.
const SURE: f64 = 0.8;
/// How much of what a label says its terms must account for before one of them is a default, of 1: a word that
/// is left over may turn the rest.
const ACCOUNTED: f64 = 0.9;
/// Score of a term that stands in a label beside which everything else is strange.
const WHOLE: f64 = 0.6;
/// Most that a candidate scores whose term does not stand in the label.
const PARTIAL: f64 = 0.5;
/// Groups of codes for illnesses that somebody has, or has not.
const ILLNESSES: [&str; 2] = ["MED", "PREG"];
/// How much of a term must stand in the label.
const LEAST_COVERED: f64 = 0.35;
/// What is taken off for each code before it in a row that names several.
const NEXT: f64 = 0.01;
/// What is taken off a code that other terms of the label do not agree with.
const DISAGREES: f64 = 0.2;

/// What the terms of a label amount to.
pub(super) fn verdict(
    text: &str,
    tokens: &Tokens,
    lexicon: &Lexicon,
    names: &CodeNames,
) -> Suggestions {
    let matches = tokens.matches(lexicon);
    let kept = fullest(&matches, tokens);
    let finding = Finding {
        tokens,
        lexicon,
        names,
        kept: &kept,
    };
    let codes = finding.codes();
    let mut marks = modifiers::marks(text, tokens, &finding.plain(), &codes);
    let mut candidates = finding.candidates(&codes);
    marks.extend(finding.marks(&codes, &candidates));
    finding.fill(&mut candidates, &matches);
    candidates.truncate(MOST);
    let note = finding.note(&codes);
    Suggestions {
        marks,
        candidates,
        note,
    }
}

struct Finding<'a> {
    tokens: &'a Tokens,
    lexicon: &'a Lexicon,
    names: &'a CodeNames,
    kept: &'a [Match],
}

impl Finding<'_> {
    fn row(&self, one: &Match) -> &super::synonyms::Row {
        &self.lexicon.rows[self.lexicon.terms[one.term].row]
    }

    fn of(&self, wanted: impl Fn(Meaning, bool) -> bool) -> Vec<Match> {
        let kept = self.kept.iter().filter(|one| {
            let row = self.row(one);
            let has_codes = row.codes.iter().any(|code| self.names.has(code));
            wanted(row.meaning, has_codes)
        });
        kept.cloned().collect()
    }

    /// The matches that stand for codes, without medicines beside what may be treated with them, and without
    /// headings over narrower ones.
    fn codes(&self) -> Vec<Match> {
        let all = self.of(|meaning, has_codes| meaning.is_of_codes() && has_codes);
        for aside in [&[Meaning::Wide, Meaning::Medicine][..], &[Meaning::Wide]] {
            let says = |one: &&Match| !aside.contains(&self.row(one).meaning);
            if all.iter().any(|one| says(&one)) {
                return all.iter().filter(says).cloned().collect();
            }
        }
        all
    }

    /// The medicines that are taken for what the label says.
    fn medicines(&self) -> Vec<Match> {
        let codes = self.codes();
        let treated = |code: &String| codes.iter().any(|one| self.row(one).codes.contains(code));
        let mut medicines = self.of(|own, _| own == Meaning::Medicine);
        medicines.retain(|one| self.row(one).codes.iter().any(treated));
        medicines
    }

    /// The matches that say what the label is about; words of all others may still turn them.
    fn plain(&self) -> Vec<Match> {
        self.of(|own, _| {
            let aside = [
                Meaning::Gap,
                Meaning::Wide,
                Meaning::Nothing,
                Meaning::Strength,
            ];
            !aside.contains(&own)
        })
    }

    /// Whether a heading does not stand before what it is over, and so is a matter of its own.
    fn has_late_heading(&self, codes: &[Match]) -> bool {
        let first = |one: &Match| one.at.iter().min().copied();
        let begin = codes.iter().filter_map(first).min();
        let headings = self.of(|own, _| own == Meaning::Wide);
        headings.iter().any(|one| first(one) > begin)
    }

    /// Whether a term that may mean several codes shares words with one that means one of them, which then does
    /// not settle it: "uses oxygen at home", where the label says "oxygen concentrator" too.
    fn is_unsettled(&self, codes: &[Match]) -> bool {
        let is_open = |one: &&Match| self.row(one).meaning == Meaning::Ambiguous;
        let weighs = |at: &usize| !self.tokens.0[*at].word.is_stop();
        let (open, plain): (Vec<&Match>, Vec<&Match>) = codes.iter().partition(is_open);
        let is_settled = |one: &&&Match| self.names.exclude_each_other(&self.row(one).codes);
        open.iter().filter(|one| !is_settled(one)).any(|one| {
            let mut places = plain.iter().flat_map(|other| &other.at);
            places.any(|at| weighs(at) && one.at.contains(at))
        })
    }

    /// Whether the label speaks of the risk of an illness, which nobody has yet: "stroke risk".
    fn is_risk_of_illness(&self, codes: &[Match]) -> bool {
        let is_illness = |code: &String| ILLNESSES.iter().any(|group| code.starts_with(group));
        let is_of_illness = |one: &Match| self.row(one).codes.iter().any(is_illness);
        let taken = |at: &usize| codes.iter().any(|one| one.at.contains(at));
        let risks = self.tokens.0.iter().enumerate();
        let mut risks =
            risks.filter(|(_, token)| matches!(token.word.text.as_str(), "risk" | "risks"));
        codes.iter().any(is_of_illness) && risks.any(|(at, _)| !taken(&at))
    }

    fn has(&self, meaning: Meaning) -> bool {
        !self.of(|own, _| own == meaning).is_empty()
    }

    /// Places of words that say nothing beside a code: how to visit, that somebody should look, and what is taken
    /// for it.
    fn context(&self) -> Vec<usize> {
        let context =
            self.of(|own, _| matches!(own, Meaning::Measure | Meaning::Nothing | Meaning::Wide));
        let context = context.into_iter().chain(self.medicines());
        context.flat_map(|one| one.at).collect()
    }

    /// How well a whole match fits, of 1.
    fn score(&self, one: &Match) -> f64 {
        let mut places = self.context();
        places.extend(&one.at);
        one.alike * (WHOLE + (1.0 - WHOLE) * self.tokens.share(&places))
    }

    /// Whether hardly a word of the label is left over.
    fn is_accounted_for(&self, codes: &[Match]) -> bool {
        let mut places = self.context();
        places.extend(codes.iter().flat_map(|one| &one.at));
        self.tokens.share(&places) >= ACCOUNTED
    }

    fn candidates(&self, codes: &[Match]) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let agree = |code: &str| {
            codes
                .iter()
                .all(|one| self.row(one).codes.iter().any(|own| own == code))
        };
        let shared = codes
            .iter()
            .any(|one| self.row(one).codes.iter().any(|code| agree(code)));
        for one in codes {
            let row = self.row(one);
            let score = self.score(one);
            let known = row.codes.iter().filter(|code| self.names.has(code));
            for (at, code) in known.enumerate() {
                let off = match shared && !agree(code) {
                    true => DISAGREES,
                    false => 0.0,
                };
                let mut relation = row.meaning.relation();
                if relation == Relation::Exact && self.tokens.share(&one.at) < SURE {
                    relation = Relation::Broader;
                }
                let reason = self.reason(one, relation);
                put(
                    &mut candidates,
                    self.names,
                    code,
                    score - off - NEXT * at as f64,
                    relation,
                    reason,
                );
            }
        }
        sort(&mut candidates);
        candidates
    }

    fn reason(&self, one: &Match, relation: Relation) -> String {
        let term = &self.lexicon.terms[one.term].text;
        let note = &self.row(one).note;
        let says = match one.alike < 1.0 {
            true => format!("the label reads like \"{term}\""),
            false => format!("the label says \"{term}\""),
        };
        match note.is_empty() || relation == Relation::Exact {
            true => says,
            false => format!("{says}; {note}"),
        }
    }

    fn marks(&self, codes: &[Match], candidates: &[Candidate]) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut put = |holds: bool, mark: Mark| marks.extend(holds.then_some(mark));
        let none = codes.is_empty();
        put(none && self.has(Meaning::Measure), Mark::ControlMeasure);
        put(self.has(Meaning::Household), Mark::OtherPerson);
        put(self.has(Meaning::Perpetrator), Mark::Perpetrator);
        put(self.has(Meaning::Property), Mark::Property);
        put(self.has(Meaning::Strength), Mark::Strength);
        let gaps = self.of(|own, _| own == Meaning::Gap);
        put(none && !gaps.is_empty(), Mark::NoCode);
        let weight = |all: &[Match]| all.iter().map(|one| one.weight).fold(0.0, f64::max);
        put(!none && weight(&gaps) > weight(codes), Mark::Ambiguous);
        put(none && self.has(Meaning::Wide), Mark::Ambiguous);
        put(!none && self.has_late_heading(codes), Mark::Ambiguous);
        put(self.is_risk_of_illness(codes), Mark::Tentative);
        let nothing = self.has(Meaning::Nothing) && self.tokens.share(&self.context()) == 1.0;
        put(none && nothing, Mark::Uninformative);
        let agree = codes.iter().all(|one| {
            let best = candidates.first().map(|best| best.code.as_str());
            self.row(one)
                .codes
                .iter()
                .any(|code| Some(code.as_str()) == best)
        });
        let first = candidates.first().map(|first| first.relation);
        put(
            first == Some(Relation::Ambiguous) || !none && !agree,
            Mark::Ambiguous,
        );
        put(self.is_unsettled(codes), Mark::Ambiguous);
        put(first == Some(Relation::Narrower), Mark::Narrower);
        let sure = candidates.first().is_some_and(|first| first.score >= SURE);
        put(!sure || !self.is_accounted_for(codes), Mark::Unsure);
        marks
    }

    /// Adds codes whose terms stand in the label in part.
    fn fill(&self, candidates: &mut Vec<Candidate>, matches: &[Match]) {
        let mut more: Vec<Candidate> = Vec::new();
        for one in matches.iter().filter(|one| one.covered >= LEAST_COVERED) {
            let row = self.row(one);
            if !row.meaning.is_of_codes() {
                continue;
            }
            // a figure is in many terms, and says nothing by itself
            let is_figure = |at: &usize| {
                let text = &self.tokens.0[*at].word.text;
                text.bytes().all(|byte| byte.is_ascii_digit())
            };
            if one.at.iter().all(is_figure) {
                continue;
            }
            let share = self.tokens.share(&one.at);
            let score = PARTIAL * one.alike * one.covered * (1.0 + share) / 2.0;
            for (at, code) in row.codes.iter().enumerate() {
                if !self.names.has(code) || candidates.iter().any(|own| own.code == *code) {
                    continue;
                }
                let reason = format!(
                    "the label shares words with \"{}\"",
                    self.lexicon.terms[one.term].text
                );
                put(
                    &mut more,
                    self.names,
                    code,
                    score - NEXT * at as f64,
                    Relation::Ambiguous,
                    reason,
                );
            }
        }
        sort(&mut more);
        candidates.extend(more);
    }

    /// What to say of the label as a whole, where no candidate says it.
    fn note(&self, codes: &[Match]) -> String {
        let silent = self
            .kept
            .iter()
            .filter(|one| !codes.iter().any(|code| code.term == one.term));
        let notes = silent.map(|one| self.row(one).note.as_str());
        let mut notes: Vec<&str> = notes.filter(|note| !note.is_empty()).collect();
        notes.dedup();
        notes.join("; ")
    }
}

fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
}

/// Adds a candidate, or keeps the better one where the code is there already.
pub(super) fn put(
    candidates: &mut Vec<Candidate>,
    names: &CodeNames,
    code: &str,
    score: f64,
    relation: Relation,
    reason: String,
) {
    let Some((id, name)) = names.of(code) else {
        return;
    };
    let candidate = Candidate {
        id,
        code: code.to_owned(),
        name: name.to_owned(),
        score,
        relation,
        reason,
    };
    match candidates.iter_mut().find(|own| own.code == code) {
        None => candidates.push(candidate),
        Some(own) => {
            // the plainest relation holds: "dog" is narrower, and "dog, bites" says what it lacks
            let relation = own.relation.min(relation);
            if score > own.score {
                *own = candidate;
            }
            own.relation = relation;
        }
    }
}
