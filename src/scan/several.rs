//! Cells that hold several values, and what separates them.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::cell::fold;

/// What may separate values.
const SEPARATORS: [&str; 5] = ["|", ";", ",", "/", "\n"];
/// Characters of the longest value among several.
const LONGEST: usize = 60;

/// Cells with several values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Several {
    /// What separates the values.
    pub separators: Vec<&'static str>,
    /// How many cells hold more than one.
    pub cells: u64,
    /// How many different values there are, once the cells are split.
    pub parts: usize,
}

/// What separates the values of a column, where cells hold several: parts of cells that stand in other
/// cells too. `values` are those of the column with their counts.
pub(super) fn several(values: &[(&str, u64)]) -> Option<Several> {
    let mut parts: FxHashMap<String, usize> = FxHashMap::default();
    // one label in two cases is one label
    let mut seen = FxHashSet::default();
    for (value, _) in values.iter().filter(|(value, _)| seen.insert(fold(value))) {
        let mut own: Vec<_> = split(value, &SEPARATORS).into_iter().map(fold).collect();
        own.sort_unstable();
        own.dedup();
        for part in own {
            *parts.entry(part.into_owned()).or_default() += 1;
        }
    }
    let mut found: Vec<&'static str> = Vec::new();
    for separator in SEPARATORS {
        let with = values.iter().filter(|(value, _)| value.contains(separator));
        let (mut all, mut known) = (0, 0);
        for (value, _) in with {
            for part in split(value, &SEPARATORS) {
                all += 1;
                let elsewhere = parts.get(fold(part).as_ref()).copied() > Some(1);
                let elsewhere = elsewhere && is_closed(part);
                known += usize::from(elsewhere && part.chars().count() <= LONGEST);
            }
        }
        if all > 1 && known * 2 >= all {
            found.push(separator);
        }
    }
    let holds = |value: &str| split(value, &found).len() > 1;
    let cells = values.iter().filter(|(value, _)| holds(value));
    let cells: u64 = cells.map(|(_, count)| count).sum();
    let mut kinds: Vec<String> = values
        .iter()
        .flat_map(|(value, _)| split(value, &found))
        .map(str::to_lowercase)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    (cells > 0).then_some(Several {
        separators: found,
        cells,
        parts: kinds.len(),
    })
}

/// Whether each bracket of a part is closed in it.
fn is_closed(part: &str) -> bool {
    part.matches('(').count() == part.matches(')').count()
}

/// The values of a cell, without white space and quotes around them.
pub(crate) fn split<'v>(cell: &'v str, separators: &[&str]) -> Vec<&'v str> {
    let bare = |part: &'v str| part.trim().trim_matches('"').trim();
    let mut parts = vec![bare(cell)];
    for separator in separators {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(separator))
            .map(bare)
            .collect();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_stand_in_other_cells_are_values() {
        let found = several(&[
            ("14|22|35", 1),
            ("\"4,26\"", 1),
            ("14; 14 ;30", 1),
            ("26|4", 2),
            ("30", 1),
        ]);
        let found = found.unwrap();
        assert_eq!(found.separators, ["|", ";", ","]);
        assert_eq!((found.cells, found.parts), (5, 6));
    }

    #[test]
    fn separators_within_labels_are_none() {
        let labels = [
            ("Heart, Lung, and Ventilator", 9),
            ("Risk: staff/contractors", 9),
            ("Asthma", 9),
            ("Pregnant (Diabetes, Cardiac)", 9),
            ("PREGNANT (Diabetes, Cardiac)", 9),
        ];
        assert_eq!(several(&labels), None);
        assert_eq!(several(&[]), None);
    }
}
