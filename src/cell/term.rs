//! Values of a closed list, such as `Stable` or `Long Term`.

use std::collections::HashMap;

use super::{CellFault, Reading, fold};

/// Reads the values of a closed list as their place in it, trimmed and in any case.
#[derive(Debug, Clone, Default)]
pub struct TermReader {
    words: HashMap<String, (u8, bool)>,
}

impl TermReader {
    /// A reader of the allowed values, of the standard's own synonyms (each use of which is worth a
    /// note) and of the landlord's words; pairs are (word, allowed value).
    ///
    /// # Errors
    /// The word whose target is no allowed value.
    pub fn new(
        allowed: &[String],
        synonyms: &[(String, String)],
        own: &[(String, String)],
    ) -> Result<TermReader, String> {
        let place = |target: &str| allowed.iter().position(|value| fold(value) == fold(target));
        let mut words = HashMap::new();
        for (pairs, noted) in [(synonyms, true), (own, false)] {
            for (word, target) in pairs {
                let at = place(target).ok_or_else(|| word.clone())?;
                words.insert(fold(word).into_owned(), (at as u8, noted));
            }
        }
        for (at, value) in allowed.iter().enumerate() {
            // A landlord's own meaning of a standard word stands.
            words
                .entry(fold(value).into_owned())
                .or_insert((at as u8, false));
        }
        Ok(TermReader { words })
    }

    /// Reads a cell that is not empty.
    pub fn read(&self, cell: &str) -> Reading<u8> {
        match self.words.get(fold(cell).as_ref()) {
            Some((at, false)) => Reading::Value(*at),
            Some((at, true)) => Reading::Noted(*at, CellFault::Synonym),
            None => Reading::Fault(CellFault::UnknownTerm),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        list.iter().map(owned).collect()
    }

    #[test]
    fn allowed_values_synonyms_and_own_words() {
        let allowed = ["Open".to_owned(), "Closed".to_owned()];
        let synonyms = pairs(&[("Resolved", "Closed")]);
        let reader = TermReader::new(&allowed, &synonyms, &pairs(&[("Live", "open")])).unwrap();
        assert_eq!(reader.read(" OPEN"), Reading::Value(0));
        assert_eq!(reader.read("live"), Reading::Value(0));
        assert_eq!(
            reader.read("resolved"),
            Reading::Noted(1, CellFault::Synonym)
        );
        assert_eq!(reader.read("ajar"), Reading::Fault(CellFault::UnknownTerm));
        assert!(TermReader::new(&allowed, &[], &pairs(&[("x", "Ajar")])).is_err());
    }
}
