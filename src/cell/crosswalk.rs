//! From a landlord's labels and codes to keys of the standard's code lists.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::code_dates::{CodeDates, Origin};
use super::repairs::Repairs;
pub use super::unknown_code::{UnknownCode, undecidable};
use super::{CellFault, Reading, fold, mojibake};

/// What a crosswalk says of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The row of the code list with that key.
    Id(i32),
    /// That row, and something to say about it.
    Noted(i32, CellFault),
    /// A person must decide.
    Review,
    /// A person must decide, for a reason that has a rule of its own.
    Refused(CellFault),
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
            Target::Noted(id, fault) => Reading::Noted(id, fault),
            Target::Refused(fault) => Reading::Fault(fault),
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

/// What a spreadsheet has made of a value that the crosswalk knows.
enum Spoilt {
    Date(String),
    AmbiguousDate,
    Mojibake(String),
}

/// Reads a landlord's values as keys of a code list: trimmed, case and white space folded.
#[derive(Debug, Clone, Default)]
pub struct CrosswalkReader {
    targets: HashMap<String, Target>,
    unmapped: Option<i32>,
    is_standard: bool,
    /// The standard's own keys, as text.
    keys: HashMap<String, i32>,
    synonyms: HashMap<String, i32>,
    branches: HashMap<String, Vec<Branch>>,
    conditions: Vec<String>,
    /// The values that a spreadsheet takes for dates.
    dates: CodeDates,
    repairs: Repairs,
    unknown: UnknownCode,
}

impl CrosswalkReader {
    /// A reader of a landlord's own values; `unmapped` is the key that stands in for values that the
    /// crosswalk does not know, where the profile has one.
    pub fn landlord(targets: HashMap<String, Target>, unmapped: Option<i32>) -> CrosswalkReader {
        CrosswalkReader {
            dates: CodeDates::of(targets.keys()),
            targets,
            unmapped,
            ..CrosswalkReader::default()
        }
    }

    /// The same reader, repairing what a spreadsheet has made of values.
    pub fn repairing(mut self, repairs: Repairs) -> CrosswalkReader {
        self.repairs = repairs;
        self
    }

    /// The same reader, knowing what its codes are codes of.
    pub fn with_unknown(mut self, unknown: UnknownCode) -> CrosswalkReader {
        self.unknown = unknown;
        self
    }

    /// A reader of the standard's own codes and keys, for columns that hold them already; `codes` are
    /// pairs of code and key, `synonyms` words that the standard's documents use for them.
    pub fn standard<'a>(
        codes: impl Iterator<Item = (&'a str, i32)>,
        synonyms: &[(&str, i32)],
    ) -> CrosswalkReader {
        let mut targets = HashMap::new();
        let mut keys = HashMap::new();
        for (code, id) in codes {
            targets.insert(fold(code).into_owned(), Target::Id(id));
            keys.insert(id.to_string(), id);
        }
        let synonyms = synonyms
            .iter()
            .map(|(word, id)| (fold(word).into_owned(), *id));
        CrosswalkReader {
            targets,
            unmapped: None,
            is_standard: true,
            keys,
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
        self.dates.extend(branches.keys());
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

    /// Whether some value says something of a further field, by its place in the table.
    pub fn gives(&self, field: usize) -> bool {
        let branches = self.branches.values().flatten();
        let mut given = branches.flat_map(|branch| branch.given.iter());
        given.any(|(own, _)| *own == field)
    }

    /// The landlord's own values, folded, that stand for one key each; in no order.
    pub fn mapped(&self) -> impl Iterator<Item = (&str, i32)> {
        let own = self.targets.iter().filter(|_| !self.is_standard);
        own.filter_map(|(value, target)| match target {
            Target::Id(id) | Target::Noted(id, _) => Some((value.as_str(), *id)),
            _ => None,
        })
    }

    /// Whether the crosswalk has a word on the value.
    pub fn knows(&self, cell: &str) -> bool {
        let cell = fold(cell);
        let cell = cell.as_ref();
        self.targets.contains_key(cell)
            || self.branches.contains_key(cell)
            || self.keys.contains_key(cell)
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
        if let Some(id) = self.keys.get(folded.as_ref()) {
            return Reading::Noted(*id, CellFault::CodeByKey);
        }
        if let Some(id) = self.synonyms.get(folded.as_ref()) {
            return Reading::Noted(*id, CellFault::Synonym);
        }
        match (self.read_spoilt(cell), self.unmapped) {
            (Some(Reading::Noted(id, repaired)), _) => Reading::Noted(id, repaired),
            (_, Some(id)) => Reading::Noted(id, CellFault::UnmappedDefaulted),
            (Some(spoilt), None) => spoilt,
            (None, None) => self.unknown.read(&folded).unwrap_or({
                Reading::Fault(match self.is_standard {
                    true => CellFault::NotACode,
                    false => CellFault::Unmapped,
                })
            }),
        }
    }

    /// The value that a cell may have been before a spreadsheet spoilt it, where there is just one.
    pub fn proposal(&self, cell: &str) -> Option<String> {
        match self.spoilt(cell)? {
            Spoilt::Date(value) | Spoilt::Mojibake(value) => Some(value),
            Spoilt::AmbiguousDate => None,
        }
    }

    /// Reads a cell that the crosswalk does not know, and that a spreadsheet may have spoilt.
    fn read_spoilt(&self, cell: &str) -> Option<Reading<i32>> {
        let (value, repaired, asked, fault) = match self.spoilt(cell)? {
            Spoilt::AmbiguousDate => return Some(Reading::Fault(CellFault::CodeDateAmbiguous)),
            Spoilt::Date(value) => {
                let asked = self.repairs.code_dates;
                (
                    value,
                    CellFault::CodeDateRepaired,
                    asked,
                    CellFault::CodeIsDate,
                )
            }
            Spoilt::Mojibake(value) => {
                let asked = self.repairs.mojibake;
                (
                    value,
                    CellFault::MojibakeRepaired,
                    asked,
                    CellFault::LabelMojibake,
                )
            }
        };
        Some(match self.targets.get(fold(&value).as_ref()) {
            Some(Target::Id(id) | Target::Noted(id, _)) if asked => Reading::Noted(*id, repaired),
            _ => Reading::Fault(fault),
        })
    }

    fn spoilt(&self, cell: &str) -> Option<Spoilt> {
        match self.dates.origin(cell) {
            Some(Origin::Code(code)) => Some(Spoilt::Date(code.to_owned())),
            Some(Origin::Several) => Some(Spoilt::AmbiguousDate),
            None => {
                let value = mojibake::mended(cell).filter(|value| self.knows(value));
                value.map(Spoilt::Mojibake)
            }
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
    fn what_a_spreadsheet_made_of_values() {
        let targets = [
            ("20-10", Target::Id(1)),
            ("1-5", Target::Review),
            ("visits – two", Target::Id(2)),
        ];
        let targets = targets.map(|(value, target)| (fold(value).into_owned(), target));
        let targets = HashMap::from(targets);
        let plain = CrosswalkReader::landlord(targets.clone(), None);
        let all = Repairs {
            mojibake: true,
            code_dates: true,
            leading_zeros: true,
        };
        let repairing = plain.clone().repairing(all);
        let spoilt = "Visits â€“ two";
        assert_eq!(plain.read("20-Oct"), Reading::Fault(CellFault::CodeIsDate));
        assert_eq!(plain.read(spoilt), Reading::Fault(CellFault::LabelMojibake));
        assert_eq!(plain.proposal("20-Oct").as_deref(), Some("20-10"));
        assert_eq!(plain.read("21-Oct"), Reading::Fault(CellFault::Unmapped));
        let repaired = Reading::Noted(1, CellFault::CodeDateRepaired);
        assert_eq!(repairing.read("20-Oct"), repaired);
        let repaired = Reading::Noted(2, CellFault::MojibakeRepaired);
        assert_eq!(repairing.read(spoilt), repaired);
        // what is for review stays so, and is told as the damage that it is
        assert_eq!(
            repairing.read("1-May"),
            Reading::Fault(CellFault::CodeIsDate)
        );
        let defaulting = CrosswalkReader::landlord(targets, Some(8)).repairing(all);
        assert_eq!(
            defaulting.read("20-Oct"),
            Reading::Noted(1, CellFault::CodeDateRepaired)
        );
        assert_eq!(
            defaulting.read("1-May"),
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
        assert_eq!(reader.read("7"), Reading::Noted(7, CellFault::CodeByKey));
        assert_eq!(reader.read("MED"), Reading::Noted(7, CellFault::Synonym));
        assert_eq!(reader.read("RISK1.04"), Reading::Fault(CellFault::NotACode));
    }
}
