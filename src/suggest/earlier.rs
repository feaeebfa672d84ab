//! What earlier crosswalks decided, by value.

use std::collections::HashMap;

use serde::Deserialize;

use super::{ApprovedMapping, CodeList};
use crate::cell::fold;
use crate::ready_crosswalks;

/// Decisions about a value, each with whose it is.
pub(super) type Decisions = Vec<Decision>;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// The codes; none where it is a gap of the standard.
    pub codes: Vec<String>,
    /// Whose it is.
    pub provenance: String,
}

#[derive(Deserialize)]
struct ReadyRow {
    value: String,
    name: String,
    target: String,
    status: String,
}

/// The decisions about values of a list, those of the ready-made crosswalks among them: of these the rows that
/// are decided, by their names, since their values are figures that mean something else elsewhere.
pub(super) fn decisions(
    list: CodeList,
    approved: &[ApprovedMapping],
) -> HashMap<String, Decisions> {
    let mut all: HashMap<String, Decisions> = HashMap::new();
    let mut put = |text: &str, codes: Vec<String>, provenance: &str| {
        let decision = Decision {
            codes,
            provenance: provenance.to_owned(),
        };
        let known = all.entry(fold(text).into_owned()).or_default();
        if !known.contains(&decision) {
            known.push(decision);
        }
    };
    for mapping in approved.iter().filter(|mapping| mapping.list == list) {
        put(&mapping.text, mapping.codes.clone(), &mapping.provenance);
    }
    if list == CodeList::Alerts {
        for crosswalk in ready_crosswalks::names() {
            let text = ready_crosswalks::rows(crosswalk).unwrap_or_default();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for row in reader.deserialize::<ReadyRow>().flatten() {
                let decided = matches!(row.status.as_str(), "approved" | "confirmed" | "gap");
                if !decided {
                    continue;
                }
                let codes = row.target.split('|').filter(|code| !code.is_empty());
                let name = if row.name.is_empty() {
                    &row.value
                } else {
                    &row.name
                };
                put(name, codes.map(str::to_owned).collect(), crosswalk);
            }
        }
    }
    all
}
