//! What earlier crosswalks decided, by value.

use std::collections::HashMap;

use serde::Deserialize;

use super::suggestion::Mark;
use super::words::words;
use super::{ApprovedMapping, CodeList};
use crate::ready_crosswalks;

/// Decisions about a value, each with whose it is.
pub(super) type Decisions = Vec<Decision>;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// The codes; none where it is a gap of the standard.
    pub codes: Vec<String>,
    /// Why the codes are none to take over, where they are not.
    pub mark: Option<Mark>,
    /// Whose it is.
    pub provenance: String,
}

#[derive(Deserialize)]
struct ReadyRow {
    value: String,
    name: String,
    target: String,
    status: String,
    relation: String,
}

/// What texts are compared by: their words, without those that only join others.
pub(super) fn key(text: &str) -> String {
    let joins = |word: &str| matches!(word, "and" | "or" | "the" | "a" | "an");
    let words = words(text).into_iter();
    let stems: Vec<String> = words
        .filter(|word| !joins(&word.text))
        .map(|word| word.stem)
        .collect();
    stems.join(" ")
}

/// The decisions about values of a list. Those of the ready-made crosswalks are known by their names, since
/// their values are figures that mean something else elsewhere; rows of them that wait for a person say why.
pub(super) fn decisions(
    list: CodeList,
    approved: &[ApprovedMapping],
) -> HashMap<String, Decisions> {
    let mut all: HashMap<String, Decisions> = HashMap::new();
    let mut put = |text: &str, decision: Decision| {
        let known = all.entry(key(text)).or_default();
        if !known.contains(&decision) {
            known.push(decision);
        }
    };
    for mapping in approved.iter().filter(|mapping| mapping.list == list) {
        let decision = Decision {
            mark: mapping.codes.is_empty().then_some(Mark::NoCode),
            codes: mapping.codes.clone(),
            provenance: mapping.provenance.clone(),
        };
        put(&mapping.text, decision);
    }
    if list == CodeList::Alerts {
        for crosswalk in ready_crosswalks::names() {
            let text = ready_crosswalks::rows(crosswalk).unwrap_or_default();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for row in reader.deserialize::<ReadyRow>().flatten() {
                let name = if row.name.is_empty() {
                    &row.value
                } else {
                    &row.name
                };
                let mark = match (row.status.as_str(), row.relation.as_str()) {
                    ("approved" | "confirmed", _) => None,
                    ("gap", _) => Some(Mark::NoCode),
                    (_, "narrower") => Some(Mark::Narrower),
                    (_, "ambiguous") => Some(Mark::Ambiguous),
                    _ => Some(Mark::Uninformative),
                };
                let codes = row.target.split('|').filter(|code| !code.is_empty());
                let decision = Decision {
                    codes: codes.map(str::to_owned).collect(),
                    mark,
                    provenance: crosswalk.to_owned(),
                };
                put(name, decision);
            }
        }
    }
    all
}
