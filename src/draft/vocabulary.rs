//! Words of exports for the values that a field may have.

use std::sync::LazyLock;

use crate::cell::boolean::BooleanReader;
use crate::cell::flag::{FlagReader, FlagWord};
use crate::cell::{Reading, fold};
use crate::standard::Standard;

/// Words that say nothing wherever they stand.
pub(super) const NOTHING: [&str; 4] = ["null", "(null)", "<null>", "nan"];

/// Field, word and meaning.
static WORDS: LazyLock<Vec<(String, String, String)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("vocabulary.csv").as_bytes());
    let rows = reader.records().flatten();
    rows.filter_map(|row| {
        let cell = |at: usize| row.get(at).map(str::to_owned);
        Some((cell(0)?, cell(1)?, cell(2)?))
    })
    .collect()
});

/// How the words of a column stand to the values of a field.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Cells whose words the standard, or the usual words for yes and no, know.
    pub standard: u64,
    /// Words of ours with their meanings.
    pub own: Vec<(String, String)>,
    /// Cells with these.
    pub own_cells: u64,
    /// Words for unknown, refused and not asked in the place of yes and no, which say nothing.
    pub silent: Vec<String>,
    /// Cells with these.
    pub silent_cells: u64,
    /// Cells with other words.
    pub strange: u64,
}

impl Vocabulary {
    /// The share of cells that are known, from 0 to 1.
    pub(super) fn share(&self) -> f64 {
        let known = self.standard + self.own_cells + self.silent_cells;
        match known + self.strange {
            0 => 0.0,
            all => known as f64 / all as f64,
        }
    }
}

/// Whether a field has a vocabulary of its own.
pub(super) fn has_vocabulary(field: &str) -> bool {
    matches!(
        field,
        "alert_status"
            | "alert_progress"
            | "alert_duration_type"
            | "confidentiality_level"
            | "special_category_data_id"
            | "is_active"
            | "informed_resident"
    )
}

/// How words stand to the values of a field.
pub(super) fn vocabulary(field: &str, values: &[(String, u64)], standard: &Standard) -> Vocabulary {
    let known = known_words(field, standard);
    let is_boolean = matches!(field, "is_active" | "informed_resident");
    let booleans = is_boolean.then(BooleanReader::default);
    let flags = FlagReader::new(&Default::default())
        .ok()
        .filter(|_| is_boolean);
    let mut found = Vocabulary::default();
    for (value, cells) in values {
        let folded = fold(value);
        if NOTHING.contains(&folded.as_ref()) {
            continue;
        }
        let usual = booleans
            .as_ref()
            .is_some_and(|reader| matches!(reader.read(value), Reading::Value(_)));
        let own = WORDS
            .iter()
            .find(|(owner, word, _)| owner == field && *word == folded);
        if usual || known.iter().any(|word| *word == folded) {
            found.standard += cells;
        } else if let Some((_, _, meaning)) = own {
            found.own.push((value.clone(), meaning.clone()));
            found.own_cells += cells;
        } else if flags
            .as_ref()
            .and_then(|flags| flags.read(value))
            .is_some_and(is_silent)
        {
            found.silent.push(value.clone());
            found.silent_cells += cells;
        } else {
            found.strange += cells;
        }
    }
    found
}

/// Whether a flag says neither yes nor no.
fn is_silent(word: FlagWord) -> bool {
    !matches!(word, FlagWord::Yes | FlagWord::No)
}

/// The words that the standard itself has for a field, folded.
fn known_words(field: &str, standard: &Standard) -> Vec<String> {
    let Some(own) = standard.person_alert().field(field) else {
        return Vec::new();
    };
    let codes = own
        .references
        .as_ref()
        .map(|own| standard.codes_of(&own.table));
    let synonyms = own.synonyms.iter().map(|(word, _)| word.as_str());
    let words = own.allowed.iter().map(String::as_str).chain(synonyms);
    let words = words.chain(codes.into_iter().flatten());
    words.map(|word| fold(word).into_owned()).collect()
}
