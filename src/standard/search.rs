//! Finding a code by words, and what to say when a code is not in the list.

use super::codes::{Code, Codes};

/// How alike, of 1, a code must be to the one asked for to be worth proposing.
const ALIKE: f64 = 0.7;

impl Codes {
    /// The codes in which every word of `words` occurs, in any case, be it in the subcode, the
    /// names or the support text; the closest come first, equals in the order of the list.
    pub fn search(&self, words: &str) -> Vec<&Code> {
        let words = words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, &Code)> = self
            .iter()
            .filter_map(|code| Some((distance(code, &words)?, code)))
            .collect();
        found.sort_by_key(|(distance, _)| *distance);
        found.into_iter().map(|(_, code)| code).collect()
    }

    /// What to tell somebody who used a subcode that is not in the list: the codes of its group,
    /// where there is such a group, or the code that looks most like it. `None` when nothing does.
    pub fn remedy_for_unknown(&self, subcode: &str) -> Option<String> {
        let asked = subcode.trim().to_uppercase();
        let group = asked.split_once('.').map_or(asked.as_str(), |(g, _)| g);
        let members: Vec<&str> = self
            .iter()
            .filter(|code| code.group.to_uppercase() == group)
            .map(|code| code.subcode.as_str())
            .collect();
        if !members.is_empty() {
            return Some(format!("choose from {}", members.join(", ")));
        }
        let alike = |code: &&Code| {
            strsim::normalized_damerau_levenshtein(&code.subcode.to_uppercase(), &asked)
        };
        let nearest = self
            .iter()
            // `max_by` would take the last of equals, not the first.
            .min_by(|a, b| alike(b).total_cmp(&alike(a)))?;
        (alike(&nearest) >= ALIKE)
            .then(|| format!("did you mean {} ({})?", nearest.subcode, nearest.subname))
    }
}

/// How far a code is from the words: 0 is the closest, `None` when a word is missing.
fn distance(code: &Code, words: &[&str]) -> Option<usize> {
    let texts = [
        &code.subcode,
        &code.subname,
        &code.name,
        &code.support_required,
    ]
    .map(|text| text.to_lowercase());
    words.iter().try_fold(0, |sum, word| {
        let places = texts.iter().enumerate();
        let nearest = places
            .filter_map(|(rank, text)| Some(2 * rank + within(text, word)?))
            .min()?;
        Some(sum + nearest)
    })
}

/// 0 where a word of the text starts with `word`, 1 where it occurs inside one.
fn within(text: &str, word: &str) -> Option<usize> {
    let mut inside = None;
    for (at, _) in text.match_indices(word) {
        let before = text[..at].chars().next_back();
        if !before.is_some_and(char::is_alphanumeric) {
            return Some(0);
        }
        inside = Some(1);
    }
    inside
}

#[cfg(test)]
mod tests {
    use crate::standard::Standard;

    fn found(words: &str) -> Vec<String> {
        let standard = Standard::embedded().unwrap();
        let codes = standard.codes.search(words);
        codes.iter().map(|code| code.subcode.clone()).collect()
    }

    #[test]
    fn names_come_before_support_texts() {
        assert_eq!(found("OXYGEN")[0], "RISK5.01");
        assert_eq!(found("med1.01"), ["MED1.01"]);
        assert_eq!(found("asthma")[0], "MED1.01");
    }

    #[test]
    fn every_word_must_occur() {
        assert_eq!(found("hoarding severe"), ["MH1.12", "RISK1.03"]);
        assert!(found("hoarding unicorn").is_empty());
        assert!(found("  ").is_empty());
    }

    #[test]
    fn a_word_counts_more_at_its_start() {
        assert_eq!(super::within("damage by age", "age"), Some(0));
        assert_eq!(super::within("damage", "age"), Some(1));
        assert_eq!(super::within("damp", "age"), None);
    }

    #[test]
    fn an_unknown_code_gets_its_group_or_its_likeness() {
        let standard = Standard::embedded().unwrap();
        let remedy = |code: &str| standard.codes.remedy_for_unknown(code);
        assert_eq!(
            remedy(" risk1.04 ").as_deref(),
            Some("choose from RISK1.01, RISK1.02, RISK1.03, RISK1.05, RISK1.06")
        );
        assert_eq!(
            remedy("MED101").as_deref(),
            Some("did you mean MED1.01 (Asthma)?")
        );
        assert_eq!(
            remedy("RSIK5.01").as_deref(),
            Some("did you mean RISK5.01 (Home Oxygen Use)?")
        );
        assert_eq!(remedy("asthma"), None);
    }
}
