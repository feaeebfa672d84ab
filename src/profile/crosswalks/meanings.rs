//! The meanings of each value of a crosswalk, gathered from its rows.

use std::collections::HashMap;

use super::super::document::Document;
use super::CodeList;
use super::remarks::remarked;
use super::row::WrittenRow;
use crate::cell::crosswalk::{Branch, CrosswalkReader, Given, Target};

/// The meanings of all values, by folded value.
#[derive(Default)]
pub(super) struct Meanings {
    by_value: HashMap<String, Vec<Branch>>,
    /// Columns that meanings depend on.
    conditions: Vec<String>,
}

/// Resolves rows against a code list, and notes what is wrong with them.
pub(super) fn resolve(
    rows: &[WrittenRow],
    document: &Document<'_>,
    list: &CodeList<'_>,
) -> Meanings {
    let mut meanings = Meanings::default();
    for row in rows {
        if !row.is_plain() && !list.of_alerts {
            let text = "only an alert code can be several, depend on a column or set other fields";
            row.problem(document, &format!("{}: {text}", row.value));
            continue;
        }
        let targets = row.resolve(document, list.standard, list.table, list.allow_draft);
        let given = given(row, document, list);
        if let (Some(targets), Some(given)) = (targets, given) {
            let targets = match list.of_alerts {
                true => remarked(row, targets, list.standard),
                false => targets,
            };
            meanings.add(row, targets, given, document);
        }
    }
    meanings
}

fn given(row: &WrittenRow, document: &Document<'_>, list: &CodeList<'_>) -> Option<Given> {
    let mut given = Vec::new();
    for (field, text) in &row.sets {
        match (list.given)(field, text) {
            Ok(value) => given.push(value),
            Err(why) => {
                row.problem(document, &format!("{}: {why}", row.value));
                return None;
            }
        }
    }
    Some(given.into())
}

impl Meanings {
    fn add(
        &mut self,
        row: &WrittenRow,
        targets: Vec<Target>,
        given: Given,
        document: &Document<'_>,
    ) {
        let meaning = Branch {
            when: row.conditions(&mut self.conditions),
            targets,
            given,
        };
        for text in row.folded() {
            let known = self.by_value.entry(text).or_default();
            match known.iter().find(|other| other.when == meaning.when) {
                None => known.push(meaning.clone()),
                Some(other) if *other == meaning => {}
                Some(_) => row.problem(
                    document,
                    &format!("{} stands twice, with two targets", row.value),
                ),
            }
        }
    }

    /// The reader of these values; `unmapped` stands in for those that are not among them.
    pub(super) fn reader(self, unmapped: Option<i32>) -> CrosswalkReader {
        let mut targets = HashMap::new();
        let mut branches = HashMap::new();
        for (value, mut meanings) in self.by_value {
            if let [
                Branch {
                    when,
                    targets: only,
                    given,
                },
            ] = meanings.as_slice()
                && let ([], [target], []) = (when.as_slice(), only.as_slice(), given.as_ref())
            {
                targets.insert(value, *target);
                continue;
            }
            // What depends on nothing holds where nothing else does.
            meanings.sort_by_key(|meaning| meaning.when.is_empty());
            branches.insert(value, meanings);
        }
        CrosswalkReader::landlord(targets, unmapped).with_branches(branches, self.conditions)
    }
}
