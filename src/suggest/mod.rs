//! Suggests codes of the standard for the labels of an export that nobody has mapped yet.
//!
//! A [`Suggester`] is made once from the standard's code lists, our own list of synonyms and what earlier
//! crosswalks decided, and then asked label by label:
//!
//! ```
//! use person_alerts::standard::Standard;
//! use person_alerts::suggest::{Label, Mark, Suggester};
//!
//! let standard = Standard::embedded().unwrap();
//! let suggester = Suggester::new(&standard, &[]);
//!
//! let asthma = suggester.suggest_code(&Label::new("Asthma"));
//! assert_eq!(asthma.default().unwrap().code, "MED1.01");
//!
//! let visit = suggester.suggest_code(&Label::new("Two person visit"));
//! assert!(visit.has(Mark::ControlMeasure) && visit.default().is_none());
//! ```
//!
//! The answer is a [`Suggestions`]: up to five [`Candidate`]s, each with a score, a [`Relation`] and a reason,
//! and [`Mark`]s. Safety goes before recall. A label gets a default only where nothing speaks against it, and
//! a label without one always says by a mark why. A default is a proposal: nothing here applies a code.

mod code;
mod critical;
mod earlier;
mod lexicon;
mod matching;
mod modifiers;
mod spelling;
mod suggestion;
mod synonyms;
mod verdict;
mod words;

pub use suggestion::{Candidate, MOST, Mark, Relation, Suggestions};

use std::collections::{BTreeSet, HashMap};

use crate::cell::fold;
use crate::cell::label;
use crate::standard::Standard;
use code::{CodeNames, name_rows};
use earlier::{Decisions, decisions};
use lexicon::Lexicon;
use matching::Tokens;
use verdict::{put, verdict};

/// A label as an export has it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Label<'a> {
    /// The text that is mapped, such as `Dangerous animals`.
    pub text: &'a str,
    /// The landlord's code for it, where the export has both, such as `DAT`.
    pub code: Option<&'a str>,
    /// Name of the column that it stands in.
    pub column: Option<&'a str>,
}

impl<'a> Label<'a> {
    /// A label of which nothing but the text is known.
    pub fn new(text: &'a str) -> Label<'a> {
        Label {
            text,
            ..Label::default()
        }
    }
}

/// The code list that an earlier decision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeList {
    /// Codes of alerts.
    Alerts,
    /// Types of sources.
    Sources,
}

/// What an earlier crosswalk decided about a value. It serves as a suggestion with its provenance, never as a
/// decision for another landlord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedMapping {
    /// Which list the codes are of.
    pub list: CodeList,
    /// The value.
    pub text: String,
    /// The codes that it stands for; none where it was found to be a gap of the standard.
    pub codes: Vec<String>,
    /// Whose crosswalk it was, for the reviewer to read.
    pub provenance: String,
}

/// Suggests codes for labels.
#[derive(Debug)]
pub struct Suggester {
    alerts: Engine,
    sources: Engine,
}

impl Suggester {
    /// A suggester for the code lists of a standard; `approved` are earlier decisions.
    pub fn new(standard: &Standard, approved: &[ApprovedMapping]) -> Suggester {
        Suggester {
            alerts: Engine::new(standard, CodeList::Alerts, approved),
            sources: Engine::new(standard, CodeList::Sources, approved),
        }
    }

    /// What an alert's label may mean.
    pub fn suggest_code(&self, label: &Label<'_>) -> Suggestions {
        let (tokens, mut suggestions) = self.alerts.suggest(label);
        let known = label::Label::new(&tokens.joined());
        let mut put = |holds: bool, mark: Mark| suggestions.marks.extend(holds.then_some(mark));
        put(known.is_control_measure(), Mark::ControlMeasure);
        put(known.leaves_direction_open(), Mark::DirectionUnstated);
        put(known.is_of_perpetrator(), Mark::Perpetrator);
        put(known.is_of_property(), Mark::Property);
        put(known.is_of_household(), Mark::OtherPerson);
        put(known.denies(), Mark::Negation);
        let critical = suggestions.candidates.first().is_some_and(|first| {
            first.score >= LIKELY && self.alerts.names.is_critical(&first.code)
        });
        suggestions.marks.extend(
            (critical || critical::sounds_critical(&tokens)).then_some(Mark::SafetyCritical),
        );
        finished(suggestions)
    }

    /// What the label of a source may mean.
    pub fn suggest_source(&self, label: &Label<'_>) -> Suggestions {
        finished(self.sources.suggest(label).1)
    }
}

/// Score from which the first candidate is more than a guess.
const LIKELY: f64 = 0.5;
/// Score of what an earlier crosswalk decided.
const DECIDED: f64 = 1.0;

/// What there is to know about one code list.
#[derive(Debug)]
struct Engine {
    names: CodeNames,
    lexicon: Lexicon,
    decisions: HashMap<String, Decisions>,
}

impl Engine {
    fn new(standard: &Standard, list: CodeList, approved: &[ApprovedMapping]) -> Engine {
        let mut rows = synonyms::rows(list);
        rows.extend(name_rows(standard, list));
        Engine {
            names: CodeNames::new(standard, list),
            lexicon: Lexicon::new(rows),
            decisions: decisions(list, approved),
        }
    }

    fn suggest(&self, label: &Label<'_>) -> (Tokens, Suggestions) {
        let tokens = Tokens::of(label.text, &self.lexicon);
        let mut suggestions = verdict(label.text, &tokens, &self.lexicon, &self.names);
        if let Some(decisions) = self.decisions.get(fold(label.text).as_ref()) {
            self.add(decisions, &mut suggestions);
        }
        let says_nothing = suggestions.candidates.iter().all(|one| one.score < LIKELY);
        if let (true, Some(code)) = (says_nothing, label.code) {
            self.read_code(code, &mut suggestions);
        }
        (tokens, suggestions)
    }

    /// What was decided before comes first; marks stay, except that the engine itself was not sure.
    fn add(&self, decisions: &Decisions, suggestions: &mut Suggestions) {
        let own = suggestions
            .candidates
            .first()
            .filter(|own| own.score >= LIKELY);
        let own = own.map(|own| own.code.clone());
        for decision in decisions {
            let reason = format!("decided in {}", decision.provenance);
            if decision.codes.is_empty() {
                suggestions.marks.push(Mark::NoCode);
            }
            let relation = match decision.codes.len() {
                1 => Relation::Broader,
                _ => Relation::Ambiguous,
            };
            for code in &decision.codes {
                put(
                    &mut suggestions.candidates,
                    &self.names,
                    code,
                    DECIDED,
                    relation,
                    reason.clone(),
                );
            }
        }
        let codes = decisions.iter().flat_map(|decision| &decision.codes);
        let codes: BTreeSet<&String> = codes.chain(&own).collect();
        match codes.len() {
            0 => {}
            1 => suggestions.marks.retain(|mark| *mark != Mark::Unsure),
            _ => suggestions.marks.push(Mark::Ambiguous),
        }
        suggestions
            .candidates
            .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        suggestions.candidates.truncate(MOST);
    }

    /// A landlord's code may be an abbreviation that says more than its text; it is never sure.
    fn read_code(&self, code: &str, suggestions: &mut Suggestions) {
        let tokens = Tokens::of(code, &self.lexicon);
        let read = verdict(code, &tokens, &self.lexicon, &self.names);
        for mut candidate in read
            .candidates
            .into_iter()
            .filter(|one| one.score >= SURE_CODE)
        {
            candidate.score = LIKELY;
            candidate.relation = Relation::Ambiguous;
            candidate.reason = format!("the code {code} reads so");
            suggestions
                .candidates
                .retain(|own| own.code != candidate.code);
            suggestions.candidates.insert(0, candidate);
        }
        suggestions.candidates.truncate(MOST);
    }
}

/// Score from which the reading of a landlord's code is worth showing.
const SURE_CODE: f64 = 0.9;

/// The marks in order, each once.
fn finished(mut suggestions: Suggestions) -> Suggestions {
    suggestions.marks.sort_unstable();
    suggestions.marks.dedup();
    let stopped = suggestions.marks.iter().any(|mark| mark.stops_default());
    if suggestions.candidates.is_empty() && !stopped {
        suggestions.marks.push(Mark::Unsure);
    }
    suggestions
}
