//! What a landlord's label says in so many words, whatever a crosswalk makes of it.
//!
//! A crosswalk is a decision, and a label may contradict it: a measure in the place of its cause, domestic
//! abuse of which nobody says who suffers it, a marker about a property. The words lie in `words.csv`. They
//! are few and plain on purpose: a label that is wrongly held up costs somebody an hour, so that precision
//! goes before recall.

mod words;

use std::ops::Range;

use super::flag::denies;
use words::{Kind, Tokens, WORDS};

/// A label, cut into words.
#[derive(Debug)]
pub struct Label(Tokens);

impl Label {
    /// Cuts a text into words: case, punctuation and apostrophes do not count.
    pub fn new(text: &str) -> Label {
        Label(Tokens::of(text))
    }

    fn has(&self, kind: Kind) -> bool {
        WORDS.of(kind).iter().any(|phrase| phrase.occurs(&self.0))
    }

    fn is(&self, kind: Kind) -> bool {
        WORDS.of(kind).iter().any(|phrase| phrase.is_whole(&self.0))
    }

    /// Whether nothing but such phrases and their fillers stands in the label.
    fn is_made_of(&self, kind: Kind, filler: Kind) -> bool {
        self.has(kind) && self.0.are_covered_by(&[WORDS.of(kind), WORDS.of(filler)])
    }

    /// Whether it speaks of domestic abuse, and does not say whether the person suffers or commits it.
    pub fn leaves_direction_open(&self) -> bool {
        self.has(Kind::DomesticAbuse) && !self.states_direction()
    }

    /// As [`Label::leaves_direction_open`], where the label is known to be about domestic abuse: then `DA` and
    /// `abuse` are enough.
    pub fn leaves_direction_of_abuse_open(&self) -> bool {
        (self.has(Kind::DomesticAbuse) || self.has(Kind::Abuse)) && !self.states_direction()
    }

    fn states_direction(&self) -> bool {
        self.has(Kind::Survivor) || self.has(Kind::Perpetrator)
    }

    /// Whether it says that the person commits domestic abuse.
    pub fn is_of_perpetrator(&self) -> bool {
        self.speaks_of_abuse() && self.has(Kind::Perpetrator) && !self.has(Kind::Survivor)
    }

    /// Whether it says that the person suffers domestic abuse.
    pub fn is_of_survivor(&self) -> bool {
        self.speaks_of_abuse() && self.has(Kind::Survivor) && !self.has(Kind::Perpetrator)
    }

    fn speaks_of_abuse(&self) -> bool {
        self.has(Kind::DomesticAbuse)
    }

    /// Whether it says how to visit, and not why: `two person visit`, and not `two person visit, dog`.
    pub fn is_control_measure(&self) -> bool {
        self.is_made_of(Kind::Control, Kind::ControlFiller)
    }

    /// Whether it is about a property and nobody who lives there: `void`, and not `asbestos related disease`.
    pub fn is_of_property(&self) -> bool {
        self.is_made_of(Kind::Property, Kind::PropertyFiller)
    }

    /// Whether it is about somebody of a household, and does not say whom.
    pub fn is_of_household(&self) -> bool {
        self.has(Kind::Household) || self.is(Kind::HouseholdWhole)
    }

    /// Whether it says that there is nothing to say: `none`, `N/A`, `not disclosed`.
    pub fn is_negative(&self) -> bool {
        self.is(Kind::Negative)
    }

    /// Whether it denies something: [`Label::is_negative`], or `no known allergies`.
    pub fn denies(&self) -> bool {
        let able = ["no longer able", "no longer safe"];
        let text = self.0.joined();
        self.is_negative() || denies(&text) && !able.iter().any(|able| text.starts_with(able))
    }

    /// Whether it names a source that the standard counts among other professionals.
    pub fn is_other_source(&self) -> bool {
        self.has(Kind::OtherSource)
    }

    /// Whether it takes safeguarding for a special category of data.
    pub fn is_safeguarding(&self) -> bool {
        self.is(Kind::Safeguarding)
    }

    /// Whether it names asthma or COPD, and does not deny it.
    pub fn is_respiratory(&self) -> bool {
        let phrases = WORDS.of(Kind::Respiratory).iter();
        phrases
            .filter_map(|phrase| phrase.first(&self.0))
            .any(|at| !self.0.denied_at(at))
    }

    /// Whether its plainest words belong to other codes: `epilepsy` to none of `RISK2`. A label of several
    /// matters fits a code that one of them belongs to.
    pub fn disagrees_with(&self, subcode: &str) -> bool {
        let found = WORDS.meanings().filter_map(|(phrase, codes)| {
            let at = phrase.first(&self.0)?;
            (!self.0.denied_at(at)).then_some((at..at + phrase.len(), codes))
        });
        let found: Vec<_> = found.collect();
        // "type 1 diabetes" says more than the "diabetes" in it
        let within = |inner: &Range<usize>, outer: &Range<usize>| {
            outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
        };
        let mut plainest = found
            .iter()
            .filter(|(place, _)| !found.iter().any(|(other, _)| within(place, other)));
        let fits = |codes: &[String]| codes.iter().any(|code| is_within(subcode, code));
        !found.is_empty() && !plainest.any(|(_, codes)| fits(codes))
    }
}

/// Whether a subcode is that code, or one of that group.
fn is_within(subcode: &str, code: &str) -> bool {
    let (own, other) = (subcode.as_bytes(), code.as_bytes());
    let begins = own.len() >= other.len() && own[..other.len()].eq_ignore_ascii_case(other);
    begins && (own.len() == other.len() || own[other.len()] == b'.')
}

/// The codes and groups that plain words stand for, for a test that they are in the list.
pub fn codes_of_words() -> Vec<&'static str> {
    let codes = WORDS.meanings().flat_map(|(_, codes)| codes);
    codes.map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(labels: &[&str], holds: impl Fn(&Label) -> bool) {
        for label in labels {
            assert!(holds(&Label::new(label)), "{label}");
        }
    }

    #[test]
    fn direction_of_domestic_abuse() {
        let open = [
            "DV",
            "History of domestic violence",
            "Domestic-Abuse (known)",
            "dv_flag",
        ];
        all(&open, Label::leaves_direction_open);
        let stated = [
            "DV survivor",
            "DV - perpetrator",
            "fleeing domestic abuse",
            "at risk of DV",
            "domestic violence from ex-partner",
            "verbal abuse",
            "DVLA notified",
            "substance abuse",
        ];
        all(&stated, |label| !label.leaves_direction_open());
        all(&["DA", "Abuse"], Label::leaves_direction_of_abuse_open);
        all(&["DV perp"], |label| {
            label.is_of_perpetrator() && !label.is_of_survivor()
        });
        all(&["Victim of DV"], |label| {
            label.is_of_survivor() && !label.is_of_perpetrator()
        });
    }

    #[test]
    fn measures_without_a_cause() {
        let measures = [
            "Two person visit",
            "2-person visits only",
            "DOUBLE_UP",
            "Don’t visit alone",
            "no lone visits",
            "Do not visit - police escort required",
            "Office visits only",
        ];
        all(&measures, Label::is_control_measure);
        let causes = [
            "Two person visit - aggressive dog",
            "Aggressive",
            "No visits before noon",
            "Do not visit on Fridays",
            "male",
            "visit",
            "only",
            "",
        ];
        all(&causes, |label| !label.is_control_measure());
    }

    #[test]
    fn markers_of_properties() {
        all(
            &[
                "Void",
                "VOID PROPERTY",
                "Asbestos present",
                "Disrepair claim",
                "adapted bathroom",
            ],
            Label::is_of_property,
        );
        let persons = [
            "Adaptation needed",
            "asbestosis",
            "asbestos related disease",
            "avoid noise",
            "adapted communication",
            "property",
            "home oxygen",
        ];
        all(&persons, |label| !label.is_of_property());
    }

    #[test]
    fn households_and_denials() {
        all(
            &["preg_occ", "Infant", "Mental health crisis in household"],
            Label::is_of_household,
        );
        all(
            &["Infantile epilepsy", "child protection", "household waste"],
            |label| !label.is_of_household(),
        );
        all(&["None", "N/A", "not disclosed", "NO"], Label::is_negative);
        all(&["No known allergies", "no longer violent"], Label::denies);
        all(
            &[
                "no longer able to cope",
                "no access",
                "no fixed abode",
                "not mobile",
            ],
            |label| !label.denies(),
        );
    }

    #[test]
    fn words_and_codes() {
        let disagree = [
            ("asthma", "MED2.01"),
            ("Epilepsy", "RISK2.01"),
            ("type 1 diabetes", "MED5.02"),
            ("Dementia", "MED1.01"),
            ("severe hoarding", "MED7.10"),
        ];
        for (label, code) in disagree {
            assert!(Label::new(label).disagrees_with(code), "{label} {code}");
        }
        let agree = [
            ("asthma", "MED1.05"),
            ("Asthma and diabetes", "MED5.02"),
            ("diabetes", "MED5.02"),
            ("high blood pressure, asthma", "MED1.01"),
            ("dog", "RISK2.01"),
            ("pulmonary hypertension", "MED1.05"),
            ("no asthma; epilepsy", "MED6.05"),
        ];
        for (label, code) in agree {
            assert!(!Label::new(label).disagrees_with(code), "{label} {code}");
        }
        all(&["COPD", "mild asthmatic"], Label::is_respiratory);
        all(&["no asthma", "asthenia"], |label| !label.is_respiratory());
    }
}
