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
mod engine;
mod lexicon;
mod matching;
mod modifiers;
mod spelling;
mod suggestion;
mod synonyms;
mod tag;
mod verdict;
mod words;

pub use suggestion::{Candidate, MOST, Mark, Relation, Suggestions};

use crate::cell::label;
use crate::standard::Standard;
use engine::Engine;

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
        let first = suggestions.candidates.first();
        let contradicts = first.is_some_and(|first| known.disagrees_with(&first.code));
        put(contradicts, Mark::Unsure);
        let critical = suggestions
            .candidates
            .first()
            .is_some_and(|first| first.is_likely() && self.alerts.is_critical(&first.code));
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
