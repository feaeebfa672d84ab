//! What the engine says about one label: marks, candidates, and the one that may stand as a default.

use serde::Serialize;

/// How a candidate stands to the label, in the words of a crosswalk's column `relation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The code says what the label says.
    Exact,
    /// The code holds all of the label, and more besides.
    Broader,
    /// The code says more than the label does, and would claim something that nobody stated.
    Narrower,
    /// The label may mean this code or another one.
    Ambiguous,
    /// The standard has no code for what the label says.
    None,
}

impl Relation {
    /// The word in a crosswalk.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Exact => "exact",
            Relation::Broader => "broader",
            Relation::Narrower => "narrower",
            Relation::Ambiguous => "ambiguous",
            Relation::None => "none",
        }
    }
}

/// What there is to know about a label beside its candidates, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Somebody may come to harm when the label is not understood. It alone does not stop a default.
    SafetyCritical,
    /// How to visit, and not why: `two person visit`.
    ControlMeasure,
    /// Domestic abuse, and nobody says whether the person suffers or commits it.
    DirectionUnstated,
    /// The person commits the abuse, and the standard has codes for survivors alone.
    Perpetrator,
    /// About the property, and nobody who lives there: `void`, `asbestos`.
    Property,
    /// Something that goes well: `has family support`.
    Strength,
    /// The label denies what it names: `no known allergies`.
    Negation,
    /// About somebody else than the person, or a household: `son has autism`.
    OtherPerson,
    /// Not certain, or over: `suspected dementia`, `former drug user`.
    Tentative,
    /// It may mean several codes, or names several matters.
    Ambiguous,
    /// It says nothing of what it is about: `seek advice`, `see notes`.
    Uninformative,
    /// It is known, and the standard has no code for it: `wheelchair user`.
    NoCode,
    /// The nearest code says more than the label does: `depression`, where the code says severe.
    Narrower,
    /// No code fits well enough to stand without a look.
    Unsure,
}

impl Mark {
    /// The word in lists and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Mark::SafetyCritical => "safety_critical",
            Mark::ControlMeasure => "control_measure",
            Mark::DirectionUnstated => "direction_unstated",
            Mark::Perpetrator => "perpetrator",
            Mark::Property => "property",
            Mark::Strength => "strength",
            Mark::Negation => "negation",
            Mark::OtherPerson => "other_person",
            Mark::Tentative => "tentative",
            Mark::Ambiguous => "ambiguous",
            Mark::Uninformative => "uninformative",
            Mark::NoCode => "no_code",
            Mark::Narrower => "narrower",
            Mark::Unsure => "unsure",
        }
    }

    /// Whether a label with the mark gets no default.
    pub fn stops_default(self) -> bool {
        self != Mark::SafetyCritical
    }
}

/// One code that a label may mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Key of the code in its list.
    pub id: i32,
    /// The code: a subcode such as `MED1.01`, or a source code such as `GP`.
    pub code: String,
    /// Name of the code.
    pub name: String,
    /// How well it fits, from 0 to 1. Only the order of scores and their distance from each other mean
    /// something; it is no probability.
    pub score: f64,
    /// How it stands to the label.
    pub relation: Relation,
    /// Why it is here, in a few words for the reviewer. It holds words of the label.
    pub reason: String,
}

/// All that the engine says about one label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestions {
    /// What there is to know beside the candidates, each once and in order. A label without a default has at
    /// least one mark that stops it.
    pub marks: Vec<Mark>,
    /// Up to [`MOST`] codes, the best first.
    pub candidates: Vec<Candidate>,
    /// What to tell the reviewer about the label as a whole; empty where there is nothing to say.
    pub note: String,
}

/// Score from which a candidate is more than the nearest of what does not fit.
const LIKELY: f64 = 0.5;

impl Candidate {
    /// Whether a term for the code stands in the label as a whole, and not some of its words alone.
    pub fn is_likely(&self) -> bool {
        self.score >= LIKELY
    }
}

/// Most candidates of a label.
pub const MOST: usize = 5;

impl Suggestions {
    /// Whether the label has a mark.
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    /// The candidate that may stand in a draft until it is reviewed; `None` where a mark stops it.
    pub fn default(&self) -> Option<&Candidate> {
        let stopped = self.marks.iter().any(|mark| mark.stops_default());
        self.candidates.first().filter(|_| !stopped)
    }

    /// The relation for a crosswalk row: that of the default, or of the label where it has none.
    pub fn relation(&self) -> Relation {
        let first = self.candidates.first().map(|first| first.relation);
        match first {
            _ if self.has(Mark::NoCode) => Relation::None,
            _ if self.has(Mark::Ambiguous) => Relation::Ambiguous,
            Some(relation) => relation,
            None => Relation::None,
        }
    }

    /// Rank in a list for review, the lowest first: labels that look safety-critical and have no default,
    /// then other labels without one, then those with a default.
    pub fn review_rank(&self) -> u8 {
        match (self.default(), self.has(Mark::SafetyCritical)) {
            (None, true) => 0,
            (None, false) => 1,
            (Some(_), _) => 2,
        }
    }
}
