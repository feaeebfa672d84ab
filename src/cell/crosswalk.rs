//! From a landlord's labels and codes to keys of the standard's code lists.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

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

impl Target {
    /// What a cell with this target is read as.
    pub fn reading(self) -> Reading<i32> {
        match self {
            Target::Id(id) => Reading::Value(id),
            Target::Review => Reading::Fault(CellFault::Review),
            Target::Gap => Reading::Fault(CellFault::Gap),
            Target::Ignore => Reading::NoAlert,
        }
    }
}

/// A value of a field other than the code, as a row of a crosswalk gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenValue {
    /// A number, a date, a point in time, true (1) or false (0), or a place in a list.
    Number(i64),
    /// Text.
    Text(String),
}

/// What a row of a crosswalk gives to further fields, by their places in the table.
pub type Given = Arc<[(usize, GivenValue)]>;

/// One meaning of a value that says more than one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What other columns must hold: place in [`CrosswalkReader::conditions`], and the folded texts of
    /// which its cell must be one.
    pub when: Vec<(usize, HashSet<String>)>,
    /// Its targets; each makes an alert.
    pub targets: Vec<Target>,
    /// What it gives to further fields.
    pub given: Given,
}

/// What a crosswalk makes of a value, where other columns are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision<'r> {
    /// One code at most, and nothing else.
    Plain(Reading<i32>),
    /// One of the value's meanings.
    Branch(&'r Branch),
}

/// Reads a landlord's values as keys of a code list: trimmed, case and white space folded.
#[derive(Debug, Clone, Default)]
pub struct CrosswalkReader {
    targets: HashMap<String, Target>,
    unmapped: Option<i32>,
    is_standard: bool,
    synonyms: HashMap<String, i32>,
    branches: HashMap<String, Vec<Branch>>,
    conditions: Vec<String>,
}

impl CrosswalkReader {
    /// A reader of a landlord's own values; `unmapped` is the key that stands in for values that the
    /// crosswalk does not know, where the profile has one.
    pub fn landlord(targets: HashMap<String, Target>, unmapped: Option<i32>) -> CrosswalkReader {
        CrosswalkReader {
            targets,
            unmapped,
            ..CrosswalkReader::default()
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
            ..CrosswalkReader::default()
        }
    }

    /// Adds values that say more than one code: by folded value, their meanings in the order in which
    /// they are tried. `conditions` names the columns that the meanings depend on.
    pub fn with_branches(
        mut self,
        branches: HashMap<String, Vec<Branch>>,
        conditions: Vec<String>,
    ) -> CrosswalkReader {
        self.branches = branches;
        self.conditions = conditions;
        self
    }

    /// Columns that the meaning of some value depends on.
    pub fn conditions(&self) -> &[String] {
        &self.conditions
    }

    /// Whether some value says more than one code.
    pub fn is_branching(&self) -> bool {
        !self.branches.is_empty()
    }

    /// Whether the crosswalk has a word on the value.
    pub fn knows(&self, cell: &str) -> bool {
        let cell = fold(cell);
        let cell = cell.as_ref();
        self.targets.contains_key(cell)
            || self.branches.contains_key(cell)
            || self.synonyms.contains_key(cell)
    }

    /// Reads a cell that is not empty; `condition` gives the trimmed cells of the columns that meanings
    /// depend on. A value all of whose meanings need something else is left to a person.
    pub fn decide<'c>(&self, cell: &str, condition: impl Fn(usize) -> &'c str) -> Decision<'_> {
        let Some(branches) = self.branches.get(fold(cell).as_ref()) else {
            return Decision::Plain(self.read(cell));
        };
        let holds = |(column, texts): &(usize, HashSet<String>)| {
            texts.contains(fold(condition(*column)).as_ref())
        };
        let fits = branches.iter().find(|branch| branch.when.iter().all(holds));
        fits.map_or(
            Decision::Plain(Reading::Fault(CellFault::Review)),
            Decision::Branch,
        )
    }

    /// Lets a text stand for a key, unless the crosswalk has its own word on that text.
    pub fn also(&mut self, text: &str, id: i32) {
        let text = fold(text).into_owned();
        self.targets.entry(text).or_insert(Target::Id(id));
    }

    /// Reads a cell that is not empty.
    pub fn read(&self, cell: &str) -> Reading<i32> {
        let folded = fold(cell);
        if let Some(target) = self.targets.get(folded.as_ref()) {
            return target.reading();
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
    fn the_first_meaning_that_fits_holds() {
        let branch = |when: &[(usize, &str)], target| Branch {
            when: when
                .iter()
                .map(|(column, text)| (*column, HashSet::from([(*text).to_owned()])))
                .collect(),
            targets: vec![target],
            given: Arc::from([]),
        };
        let meanings = vec![
            branch(&[(0, "survivor")], Target::Id(5)),
            branch(&[(0, "perpetrator")], Target::Id(6)),
        ];
        let reader = CrosswalkReader::landlord(HashMap::new(), None).with_branches(
            HashMap::from([("dv".to_owned(), meanings)]),
            vec!["Role".to_owned()],
        );
        let target = |role: &'static str| match reader.decide("DV", |_| role) {
            Decision::Branch(branch) => branch.targets[0].reading(),
            Decision::Plain(reading) => reading,
        };
        assert_eq!(target("Survivor"), Reading::Value(5));
        assert_eq!(target("perpetrator"), Reading::Value(6));
        assert_eq!(target(""), Reading::Fault(CellFault::Review));
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
