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

mod suggestion;

pub use suggestion::{Candidate, MOST, Mark, Relation, Suggestions};

use crate::cell::fold;
use crate::cell::label;
use crate::standard::Standard;

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
    names: Vec<(String, Candidate)>,
    sources: Vec<(String, Candidate)>,
}

impl Suggester {
    /// A suggester for the code lists of a standard; `approved` are earlier decisions.
    pub fn new(standard: &Standard, approved: &[ApprovedMapping]) -> Suggester {
        let _ = approved;
        let candidate = |id: i32, code: &str, name: &str| Candidate {
            id,
            code: code.to_owned(),
            name: name.to_owned(),
            score: 1.0,
            relation: Relation::Exact,
            reason: "the name of the code".to_owned(),
        };
        let names = standard.codes.iter().map(|code| {
            let text = fold(&code.subname).into_owned();
            (text, candidate(code.id, &code.subcode, &code.subname))
        });
        let sources = standard.codes_of("source_types").into_iter();
        let sources = sources.filter_map(|code| {
            let id = standard.id_of("source_types", code)?;
            Some((fold(code).into_owned(), candidate(id, code, code)))
        });
        Suggester {
            names: names.collect(),
            sources: sources.collect(),
        }
    }

    /// What an alert's label may mean.
    pub fn suggest_code(&self, label: &Label<'_>) -> Suggestions {
        let words = label::Label::new(label.text);
        let mut marks = Vec::new();
        if words.is_control_measure() {
            marks.push(Mark::ControlMeasure);
        }
        if words.leaves_direction_open() {
            marks.push(Mark::DirectionUnstated);
        }
        if words.is_of_property() {
            marks.push(Mark::Property);
        }
        if words.denies() {
            marks.push(Mark::Negation);
        }
        named(&self.names, label.text, marks)
    }

    /// What the label of a source may mean.
    pub fn suggest_source(&self, label: &Label<'_>) -> Suggestions {
        named(&self.sources, label.text, Vec::new())
    }
}

fn named(names: &[(String, Candidate)], text: &str, mut marks: Vec<Mark>) -> Suggestions {
    let text = fold(text);
    let found = names.iter().filter(|(name, _)| *name == text);
    let candidates: Vec<Candidate> = found.map(|(_, code)| code.clone()).take(MOST).collect();
    if candidates.is_empty() && marks.is_empty() {
        marks.push(Mark::Unsure);
    }
    Suggestions {
        marks,
        candidates,
        note: String::new(),
    }
}
