//! Words for true and false.

use std::collections::HashMap;

use super::{CellFault, Reading, fold};

const TRUE: [&str; 7] = ["y", "yes", "true", "t", "1", "-1", "x"];
const FALSE: [&str; 5] = ["n", "no", "false", "f", "0"];

/// Reads words for true and false, in any case. Refused, unknown and not asked are no words for
/// false: they are unreadable unless the profile lists them.
#[derive(Debug, Clone)]
pub struct BooleanReader {
    words: HashMap<String, bool>,
}

impl Default for BooleanReader {
    /// A reader of the usual words.
    fn default() -> Self {
        let yes = TRUE.map(|word| (word.to_owned(), true));
        let no = FALSE.map(|word| (word.to_owned(), false));
        BooleanReader {
            words: yes.into_iter().chain(no).collect(),
        }
    }
}

impl BooleanReader {
    /// A reader of the given words; an empty list stands for the usual words of that side.
    ///
    /// # Errors
    /// The word that stands on both sides.
    pub fn new(yes: &[String], no: &[String]) -> Result<BooleanReader, String> {
        let usual = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let yes: Vec<String> = if yes.is_empty() {
            usual(&TRUE)
        } else {
            yes.to_vec()
        };
        let no: Vec<String> = if no.is_empty() {
            usual(&FALSE)
        } else {
            no.to_vec()
        };
        let mut words = HashMap::new();
        for (list, value) in [(yes, true), (no, false)] {
            for word in list {
                if words.insert(fold(&word).into_owned(), value) == Some(!value) {
                    return Err(word);
                }
            }
        }
        Ok(BooleanReader { words })
    }

    /// Reads a cell that is not empty.
    pub fn read(&self, cell: &str) -> Reading<bool> {
        match self.words.get(fold(cell).as_ref()) {
            Some(value) => Reading::Value(*value),
            None => Reading::Fault(CellFault::NoBoolean),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_words_in_any_case() {
        let reader = BooleanReader::new(&[], &[]).unwrap();
        assert_eq!(reader.read(" YES "), Reading::Value(true));
        assert_eq!(reader.read("-1"), Reading::Value(true));
        assert_eq!(reader.read("f"), Reading::Value(false));
        for word in ["refused", "unk", "2", "not asked"] {
            assert_eq!(reader.read(word), Reading::Fault(CellFault::NoBoolean));
        }
    }

    #[test]
    fn own_words_replace_the_usual_ones_of_their_side() {
        let reader = BooleanReader::new(&["Ja".to_owned()], &[]).unwrap();
        assert_eq!(reader.read("ja"), Reading::Value(true));
        assert_eq!(reader.read("yes"), Reading::Fault(CellFault::NoBoolean));
        assert_eq!(reader.read("no"), Reading::Value(false));
        assert!(BooleanReader::new(&["N".to_owned()], &[]).is_err());
    }
}
