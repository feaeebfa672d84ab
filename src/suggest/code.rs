//! The codes of a list, with their keys and names.

use std::collections::HashMap;

use super::CodeList;
use super::synonyms::{Meaning, Row};
use crate::standard::Standard;
use crate::standard::code_sets::{CodeSet, CodeSets, Relation};

/// The codes of one list.
#[derive(Debug)]
pub(super) struct CodeNames {
    by_code: HashMap<String, (i32, String)>,
    critical: Vec<String>,
    sets: CodeSets,
}

impl CodeNames {
    pub(super) fn new(standard: &Standard, list: CodeList) -> CodeNames {
        let mut by_code = HashMap::new();
        let mut critical = Vec::new();
        match list {
            CodeList::Alerts => {
                for code in standard.codes.iter() {
                    by_code.insert(code.subcode.clone(), (code.id, code.subname.clone()));
                    critical.extend(code.is_critical.then(|| code.subcode.clone()));
                }
            }
            CodeList::Sources => {
                for (code, name) in source_names(standard) {
                    if let Some(id) = standard.id_of("source_types", &code) {
                        by_code.insert(code, (id, name));
                    }
                }
            }
        }
        CodeNames {
            by_code,
            critical,
            sets: standard.code_sets.clone(),
        }
    }

    /// Whether the list has a code.
    pub(super) fn has(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// Key and name of a code.
    pub(super) fn of(&self, code: &str) -> Option<(i32, &str)> {
        self.by_code
            .get(code)
            .map(|(id, name)| (*id, name.as_str()))
    }

    /// Whether no two of some codes can be true of one person, so that naming one settles which.
    pub(super) fn exclude_each_other(&self, codes: &[String]) -> bool {
        let ids: Vec<i32> = codes
            .iter()
            .filter_map(|code| Some(self.of(code)?.0))
            .collect();
        let shared = self.sets.shared(Relation::Exclusive, ids.iter().copied());
        let within = |set: &&CodeSet| ids.iter().all(|id| set.side(*id).is_some());
        shared.iter().any(within)
    }

    /// Whether somebody is in danger when an alert of the code is missed.
    pub(super) fn is_critical(&self, code: &str) -> bool {
        self.critical.iter().any(|own| own == code)
    }
}

/// The codes by their own names, so that codes of a user's own list are found too.
pub(super) fn name_rows(standard: &Standard, list: CodeList) -> Vec<Row> {
    let row = |code: &str, terms: Vec<String>| Row {
        meaning: Meaning::Exact,
        codes: vec![code.to_owned()],
        terms,
        note: String::new(),
    };
    match list {
        CodeList::Alerts => {
            let codes = standard.codes.iter();
            let rows = codes.map(|code| {
                let both = format!("{} {}", code.name, code.subname);
                row(
                    &code.subcode,
                    vec![code.subname.clone(), both, code.subcode.clone()],
                )
            });
            rows.collect()
        }
        CodeList::Sources => {
            let names = source_names(standard).into_iter();
            names
                .map(|(code, name)| row(&code, vec![name, code.clone()]))
                .collect()
        }
    }
}

/// Code and name of each type of source.
fn source_names(standard: &Standard) -> Vec<(String, String)> {
    let place = |name: &str| standard.table("source_types")?.position(name);
    let (Some(lookup), Some(code), Some(name)) = (
        standard.lookup("source_types"),
        place("source_code"),
        place("source_name"),
    ) else {
        return Vec::new();
    };
    let cells = |row: &Vec<Option<String>>| Some((row[code].clone()?, row[name].clone()?));
    lookup.rows.iter().filter_map(cells).collect()
}
