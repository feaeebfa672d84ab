//! The list of synonyms: our own words for what codes mean, and for what the standard has no code for.
//!
//! The files lie in `synonyms/`, one row a meaning, with `;` between its terms and `|` between codes:
//!
//! | `meaning` | the terms |
//! |---|---|
//! | `exact`, `broader`, `narrower`, `ambiguous` | stand so to the codes, as [`Relation`] says |
//! | `medicine` | are taken for it, among other things: they say little by themselves, and nothing beside it |
//! | `wide` | stand over narrower ones, as headings do: they say little by themselves, and nothing beside those |
//! | `household` | mean the code exactly, and somebody of the household rather than the person |
//! | `gap` | are known, and the standard has no code for them |
//! | `measure` | say how to visit, and not why |
//! | `perpetrator` | say that the person commits abuse |
//! | `property` | are about a property |
//! | `strength` | say what goes well |
//! | `nothing` | say nothing of what the label is about |

use serde::Deserialize;

use super::CodeList;
use super::suggestion::Relation;

const ALERTS: [&[u8]; 8] = [
    include_bytes!("synonyms/medical.csv"),
    include_bytes!("synonyms/pregnancy.csv"),
    include_bytes!("synonyms/mental_health.csv"),
    include_bytes!("synonyms/age_group.csv"),
    include_bytes!("synonyms/risk.csv"),
    include_bytes!("synonyms/safeguarding.csv"),
    include_bytes!("synonyms/communication.csv"),
    include_bytes!("synonyms/without_code.csv"),
];
const SOURCES: [&[u8]; 1] = [include_bytes!("synonyms/sources.csv")];

/// What a term means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Meaning {
    Exact,
    Broader,
    Narrower,
    Ambiguous,
    Medicine,
    Wide,
    Household,
    Gap,
    Measure,
    Perpetrator,
    Property,
    Strength,
    Nothing,
}

impl Meaning {
    /// How the terms stand to the codes of their row.
    pub(super) fn relation(self) -> Relation {
        match self {
            Meaning::Exact | Meaning::Household => Relation::Exact,
            Meaning::Broader => Relation::Broader,
            Meaning::Narrower | Meaning::Medicine => Relation::Narrower,
            Meaning::Ambiguous | Meaning::Wide => Relation::Ambiguous,
            _ => Relation::None,
        }
    }

    /// Whether the terms stand for a code, or for one of several.
    pub(super) fn is_of_codes(self) -> bool {
        self.relation() != Relation::None
    }
}

/// One row of the list.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub meaning: Meaning,
    pub codes: Vec<String>,
    pub terms: Vec<String>,
    /// What to tell a reviewer.
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRow {
    meaning: Meaning,
    codes: String,
    terms: String,
    note: String,
}

/// The rows about a code list.
pub(super) fn rows(list: CodeList) -> Vec<Row> {
    let files: &[&[u8]] = match list {
        CodeList::Alerts => &ALERTS,
        CodeList::Sources => &SOURCES,
    };
    let mut rows = Vec::new();
    for file in files {
        let mut reader = csv::Reader::from_reader(*file);
        // a test reads every row
        rows.extend(reader.deserialize().flatten().map(|row: WrittenRow| Row {
            meaning: row.meaning,
            codes: parts(&row.codes, '|'),
            terms: parts(&row.terms, ';'),
            note: row.note,
        }));
    }
    rows
}

fn parts(cell: &str, between: char) -> Vec<String> {
    let parts = cell.split(between).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::standard::Standard;

    #[test]
    fn every_row_is_read_and_names_codes_of_the_standard() {
        for (list, table, files) in [
            (CodeList::Alerts, "person_alert_codes", ALERTS.as_slice()),
            (CodeList::Sources, "source_types", SOURCES.as_slice()),
        ] {
            let standard = Standard::embedded().unwrap();
            let lines = files
                .iter()
                .map(|file| file.iter().filter(|byte| **byte == b'\n').count() - 1);
            let rows = rows(list);
            assert_eq!(rows.len(), lines.sum::<usize>());
            for row in rows {
                assert_eq!(
                    row.meaning.is_of_codes(),
                    !row.codes.is_empty() || row.meaning == Meaning::Wide
                );
                for code in &row.codes {
                    assert!(standard.id_of(table, code).is_some(), "{code}");
                }
            }
        }
    }

    #[test]
    fn every_code_has_ten_terms_and_no_term_stands_twice() {
        let standard = Standard::embedded().unwrap();
        for (list, table) in [
            (CodeList::Alerts, "person_alert_codes"),
            (CodeList::Sources, "source_types"),
        ] {
            let mut counts: HashMap<String, usize> = HashMap::new();
            let mut seen = HashSet::new();
            for row in rows(list) {
                for term in &row.terms {
                    assert!(seen.insert(term.clone()), "{term} stands twice");
                }
                if let [code] = row.codes.as_slice() {
                    *counts.entry(code.clone()).or_default() += row.terms.len();
                }
            }
            for code in standard.codes_of(table) {
                assert!(counts.get(code).is_some_and(|count| *count >= 10), "{code}");
            }
        }
    }
}
