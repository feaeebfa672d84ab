//! The same labels by plain likeness of texts: Jaro-Winkler, and the share of words that two texts have in
//! common. Each is tried on the names of the codes alone, and on the list of synonyms too.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use person_alerts::standard::Standard;
use rayon::prelude::*;

use crate::Labelled;
use crate::figures::Figures;

/// Likeness from which a code stands unmarked. Both do best on the labels for development about here.
const ENOUGH: f64 = 0.9;

type Likeness = fn(&Text, &Text) -> f64;

/// A text, and its words in order.
struct Text {
    text: String,
    words: BTreeSet<String>,
}

impl Text {
    fn new(text: &str) -> Text {
        let text = text.to_lowercase();
        let parts = text.split(|c: char| !c.is_alphanumeric());
        let words = parts.filter(|part| !part.is_empty());
        Text {
            words: words.map(str::to_owned).collect(),
            text,
        }
    }
}

/// The figures of each baseline.
pub fn measure(labels: &[Labelled]) -> Vec<(String, Figures)> {
    let likenesses: [(&str, Likeness); 2] =
        [("Jaro-Winkler", jaro_winkler), ("token set", token_set)];
    let texts = [("names", names()), ("synonyms", synonyms())];
    let mut all = Vec::new();
    for (likeness, alike) in likenesses {
        for (list, texts) in &texts {
            let mut figures = Figures::default();
            let all_ranked: Vec<_> = labels
                .par_iter()
                .map(|label| ranked(&Text::new(&label.label), texts, alike))
                .collect();
            for (label, ranked) in labels.iter().zip(all_ranked) {
                let unmarked = ranked.first().filter(|(score, _)| *score >= ENOUGH);
                let unmarked = unmarked.map(|(_, code)| code.clone());
                let codes: Vec<String> = ranked.into_iter().map(|(_, code)| code).collect();
                figures.add(label, &codes, unmarked.as_deref());
            }
            all.push((format!("{likeness}, {list}"), figures));
        }
    }
    all
}

fn ranked(label: &Text, texts: &[(Text, String)], alike: Likeness) -> Vec<(f64, String)> {
    let mut best: HashMap<&str, f64> = HashMap::new();
    for (text, code) in texts {
        let score = alike(label, text);
        let own = best.entry(code).or_default();
        *own = own.max(score);
    }
    let mut ranked: Vec<(f64, String)> = best
        .into_iter()
        .map(|(code, score)| (score, code.to_owned()))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked
}

fn jaro_winkler(one: &Text, other: &Text) -> f64 {
    strsim::jaro_winkler(&one.text, &other.text)
}

fn token_set(one: &Text, other: &Text) -> f64 {
    let shared = one.words.intersection(&other.words).count() as f64;
    2.0 * shared / (one.words.len() + other.words.len()).max(1) as f64
}

fn names() -> Vec<(Text, String)> {
    let standard = Standard::embedded().unwrap();
    let codes = standard.codes.iter();
    codes
        .map(|code| (Text::new(&code.subname), code.subcode.clone()))
        .collect()
}

/// The names, and each term with the first of its codes.
fn synonyms() -> Vec<(Text, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/suggest/synonyms");
    let mut texts = names();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("sources.csv") {
            continue;
        }
        let mut reader = csv::Reader::from_path(path).unwrap();
        for row in reader.records() {
            let row = row.unwrap();
            let Some(code) = row[1].split('|').next().filter(|code| !code.is_empty()) else {
                continue;
            };
            let terms = row[2]
                .split(';')
                .map(|term| (Text::new(term.trim()), code.to_owned()));
            texts.extend(terms);
        }
    }
    texts
}
