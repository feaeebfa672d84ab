//! From a landlord's labels and codes to keys of the standard's code lists.

use std::collections::HashMap;

use super::{CellFault, Reading, fold};

/// What a crosswalk says of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The row of the code list with that key.
    Id(i32),
    /// A person must decide.
    Review,
    /// Known, and the standard has no code for it.
    Gap,
    /// No alert at all.
    Ignore,
}

/// Reads a landlord's values as keys of a code list: trimmed, case and white space folded.
#[derive(Debug, Clone, Default)]
pub struct CrosswalkReader {
    targets: HashMap<String, Target>,
    unmapped: Option<i32>,
    is_standard: bool,
    synonyms: HashMap<String, i32>,
}

impl CrosswalkReader {
    /// A reader of a landlord's own values; `unmapped` is the key that stands in for values that the
    /// crosswalk does not know, where the profile has one.
    pub fn landlord(targets: HashMap<String, Target>, unmapped: Option<i32>) -> CrosswalkReader {
        CrosswalkReader {
            targets,
            unmapped,
            is_standard: false,
            synonyms: HashMap::new(),
        }
    }

    /// A reader of the standard's own codes and keys, for columns that hold them already; `codes` are
    /// pairs of code and key, `synonyms` words that the standard's documents use for them.
    pub fn standard<'a>(
        codes: impl Iterator<Item = (&'a str, i32)>,
        synonyms: &[(&str, i32)],
    ) -> CrosswalkReader {
        let mut targets = HashMap::new();
        for (code, id) in codes {
            targets.insert(fold(code).into_owned(), Target::Id(id));
            targets.insert(id.to_string(), Target::Id(id));
        }
        let synonyms = synonyms
            .iter()
            .map(|(word, id)| (fold(word).into_owned(), *id));
        CrosswalkReader {
            targets,
            unmapped: None,
            is_standard: true,
            synonyms: synonyms.collect(),
        }
    }

    /// Lets a text stand for a key, unless the crosswalk has its own word on that text.
    pub fn also(&mut self, text: &str, id: i32) {
        let text = fold(text).into_owned();
        self.targets.entry(text).or_insert(Target::Id(id));
    }

    /// Reads a cell that is not empty.
    pub fn read(&self, cell: &str) -> Reading<i32> {
        let folded = fold(cell);
        match self.targets.get(folded.as_ref()) {
            Some(Target::Id(id)) => return Reading::Value(*id),
            Some(Target::Review) => return Reading::Fault(CellFault::Review),
            Some(Target::Gap) => return Reading::Fault(CellFault::Gap),
            Some(Target::Ignore) => return Reading::NoAlert,
            None => {}
        }
        if let Some(id) = self.synonyms.get(folded.as_ref()) {
            return Reading::Noted(*id, CellFault::Synonym);
        }
        match self.unmapped {
            Some(id) => Reading::Noted(id, CellFault::UnmappedDefaulted),
            None if self.is_standard => Reading::Fault(CellFault::NotACode),
            None => Reading::Fault(CellFault::Unmapped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_reading() {
        let targets = [
            ("asthma", Target::Id(1)),
            ("two person visit", Target::Review),
            ("deaf", Target::Gap),
            ("no known allergies", Target::Ignore),
        ];
        let targets = targets.map(|(value, target)| (value.to_owned(), target));
        let reader = CrosswalkReader::landlord(HashMap::from(targets.clone()), None);
        assert_eq!(reader.read(" Asthma "), Reading::Value(1));
        assert_eq!(
            reader.read("Two  Person visit"),
            Reading::Fault(CellFault::Review)
        );
        assert_eq!(reader.read("DEAF"), Reading::Fault(CellFault::Gap));
        assert_eq!(reader.read("No known allergies"), Reading::NoAlert);
        assert_eq!(reader.read("other"), Reading::Fault(CellFault::Unmapped));
        let reader = CrosswalkReader::landlord(HashMap::from(targets), Some(8));
        assert_eq!(
            reader.read("other"),
            Reading::Noted(8, CellFault::UnmappedDefaulted)
        );
    }

    #[test]
    fn the_crosswalks_own_word_comes_first() {
        let targets = HashMap::from([("other".to_owned(), Target::Review)]);
        let mut reader = CrosswalkReader::landlord(targets, Some(7));
        reader.also("UNK", 8);
        reader.also("Other", 8);
        assert_eq!(reader.read("unk"), Reading::Value(8));
        assert_eq!(reader.read("Other"), Reading::Fault(CellFault::Review));
    }

    #[test]
    fn the_standards_own_codes() {
        let codes = [("MED1.01", 1), ("HEALTH", 7)];
        let reader = CrosswalkReader::standard(codes.into_iter(), &[("MED", 7)]);
        assert_eq!(reader.read("med1.01"), Reading::Value(1));
        assert_eq!(reader.read("7"), Reading::Value(7));
        assert_eq!(reader.read("MED"), Reading::Noted(7, CellFault::Synonym));
        assert_eq!(reader.read("RISK1.04"), Reading::Fault(CellFault::NotACode));
    }
}
