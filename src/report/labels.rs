//! Labels that landlords map to different codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Labels that are kept.
const MOST: usize = 200;

/// A label that landlords map to different codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelMappedDifferently {
    /// The label, as crosswalks are compared: without case.
    pub label: String,
    /// The codes, each with the landlords that map to it.
    pub targets: BTreeMap<String, Vec<String>>,
}

/// The labels that landlords map to different codes, of all that their crosswalks map: landlord, label and
/// code. Numbers are left out, which every system counts from 1.
pub fn mapped_differently<'m>(
    mapped: impl Iterator<Item = (&'m str, &'m str, &'m str)>,
) -> Vec<LabelMappedDifferently> {
    let mut labels: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for (landlord, label, code) in mapped {
        if label.chars().any(char::is_alphabetic) {
            let targets = labels.entry(label).or_default();
            targets.entry(code).or_default().push(landlord);
        }
    }
    let different = labels.into_iter().filter(|(_, targets)| targets.len() > 1);
    let different = different.map(|(label, targets)| LabelMappedDifferently {
        label: label.to_owned(),
        targets: targets
            .into_iter()
            .map(|(code, landlords)| {
                (
                    code.to_owned(),
                    landlords.into_iter().map(str::to_owned).collect(),
                )
            })
            .collect(),
    });
    different.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let mapped = [
            ("A", "dog", "RISK1.09"),
            ("B", "dog", "RISK1.09"),
            ("A", "hoarder", "RISK1.01"),
            ("B", "hoarder", "RISK1.03"),
            ("A", "14", "MED1.01"),
            ("B", "14", "MED1.02"),
        ];
        let different = mapped_differently(mapped.into_iter());
        assert_eq!(different.len(), 1);
        assert_eq!(different[0].label, "hoarder");
        assert_eq!(different[0].targets["RISK1.03"], ["B"]);
    }
}
