//! The words of a label, without what people do not mean when they write it.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::cell::fold;

/// Letters that a word with digits behind it has at least, to be cut before them: `type2`, not `t2dm`.
const CUT_BEFORE_DIGITS: usize = 4;

/// Words that carry next to no meaning of their own.
const STOPS: &str = "a an and any are as at be been being by do does for from had has have he her his if in is it of on \
    or she that the their them they this to was who with";

/// Words that may stand around a matter, and say nothing against a code when they are left over.
const FILLERS: &str = "actual address advanced alert always aware bad badly bathroom bedroom both case client completely condition \
    confirmed current currently customer daily declared diagnosed diagnosis disclosed disease \
    disorder eg entirely etc extremely finding flag flat formal fully gp house identified ie indicator issue \
    issues kitchen known lady long lounge male man marker medical medicated mr mrs need needed needs \
    nightly note noted occupant occupier ongoing overnight owner patient people permanent person \
    persons please pls present problem problems progressive property pt recorded registered reported required requires \
    resident since sufferer suffering suffers support syndrome temp temporary tenant term totally use user \
    uses very";

static ABBREVIATIONS: LazyLock<FxHashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_bytes!("abbreviations.csv").as_slice());
    let rows = reader.deserialize::<(String, String)>().flatten();
    let long = |text: String| text.split(' ').map(str::to_owned).collect();
    rows.map(|(short, text)| (short, long(text))).collect()
});

static STOP_SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STOPS.split_whitespace().collect());
static FILLER_SET: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| FILLERS.split_whitespace().collect());

/// One word of a label or a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it reads, in lower case and written out.
    pub text: String,
    /// Without its ending.
    pub stem: String,
}

impl Word {
    pub(super) fn new(text: String) -> Word {
        Word {
            stem: stem(&text),
            text,
        }
    }

    /// Whether it carries next to no meaning.
    pub(super) fn is_stop(&self) -> bool {
        STOP_SET.contains(self.text.as_str())
    }

    /// Whether it says nothing against a code when it is left over: a filler, a year, or a stop. Other figures
    /// may be an age, a degree or a type.
    pub(super) fn is_filler(&self) -> bool {
        self.is_stop() || FILLER_SET.contains(self.text.as_str()) || is_year(&self.text)
    }
}

/// Cuts a text into words. Case, punctuation and apostrophes do not count, `HomeOxygen` is two words,
/// `C.O.P.D.` is one, and abbreviations are written out.
pub(super) fn words(text: &str) -> Vec<Word> {
    let folded = match is_plain(text) {
        true => Cow::Borrowed(text),
        false => {
            let spaced = space_out_capitals(text);
            let folded = fold(&spaced).replace('\'', "").replace("h/o", "history of");
            Cow::Owned(folded)
        }
    };
    let mut words: Vec<String> = Vec::new();
    for alternative in folded.split('/') {
        let parts = alternative.split(|c: char| !c.is_alphanumeric());
        let mut letters = false;
        for part in parts.filter(|part| !part.is_empty()) {
            let is_letter = part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic();
            match words.last_mut() {
                Some(last) if is_letter && letters => last.push_str(part),
                _ => words.extend(cut_before_digits(part).map(str::to_owned)),
            }
            letters = is_letter && part != "a";
        }
    }
    let long = words
        .into_iter()
        .flat_map(|word| match ABBREVIATIONS.get(&word) {
            Some(long) => long.clone(),
            None => vec![word],
        });
    long.map(Word::new).collect()
}

/// Whether a text has nothing but small letters, digits and spaces.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b' '))
}

/// Whether the words of a text are those of its parts between spaces, each by itself. Single letters may be
/// written as one word.
pub(super) fn are_apart(text: &str) -> bool {
    let is_letter =
        |part: &str| part.len() == 1 && !matches!(part.as_bytes(), [b'a' | b'0'..=b'9']);
    is_plain(text) && !text.split(' ').any(is_letter)
}

/// Puts a space before a capital that follows a small letter and begins a word: in `HomeOxygen`, and not in
/// `DoLS`.
fn space_out_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut small = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let begins = rest.peek().is_some_and(|next| next.is_lowercase());
        if small && begins && character.is_uppercase() {
            out.push(' ');
        }
        small = character.is_lowercase();
        out.push(character);
    }
    out
}

fn cut_before_digits(word: &str) -> impl Iterator<Item = &str> {
    let digits = word.find(|c: char| c.is_ascii_digit());
    let at = digits.filter(|at| {
        *at >= CUT_BEFORE_DIGITS && word[*at..].bytes().all(|byte| byte.is_ascii_digit())
    });
    let (front, back) = word.split_at(at.unwrap_or(word.len()));
    [front, back].into_iter().filter(|part| !part.is_empty())
}

/// Beginnings by which words of one family are known whatever their ending: `violent`, `violence`.
const FAMILIES: &str = "addict aggressi anorexi anxi arthriti autis bulimi delusion depressi diabet dyslexi epilep financial \
    harass hoard illitera immunocompromis immunosuppress infect physical pregnan psychot schizophren suicid \
    verbal";

/// Beginnings by which families of words are known.
pub(super) fn families() -> &'static [&'static str] {
    &FAMILY_LIST
}

/// Those who come to a home, by what they are employed as: whoever is rude to one is rude to all of a kind.
const KINDS: [(&str, &str); 2] = [
    (
        "staff",
        "caretaker caretakers employee employees officer officers receptionist receptionists surveyor surveyors",
    ),
    (
        "contractor",
        "builder builders carpenter carpenters contractors decorator decorators electrician electricians \
        engineer engineers fitter fitters joiner joiners plumber plumbers roofer roofers trades workman workmen",
    ),
];

/// Forms of verbs that no ending tells.
const FORMS: [(&str, &str); 8] = [
    ("beat", "beaten beats"),
    ("fall", "fell fallen falls"),
    ("flee", "fled flees fleeing"),
    ("spit", "spat spits spitting"),
    ("steal", "stole stolen steals stealing"),
    ("swear", "swore sworn swears swearing"),
    ("take", "took taken takes taking"),
    ("throw", "threw thrown throws throwing"),
];

static FAMILY_LIST: LazyLock<Vec<&str>> = LazyLock::new(|| FAMILIES.split_whitespace().collect());
static STEMS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let all = KINDS.iter().chain(&FORMS);
    all.flat_map(|(stem, words)| words.split(' ').map(|word| (word, *stem)))
        .collect()
});

/// Words that are no plural: the illness and the aid, the syndrome and the stairs.
const NO_PLURALS: [&str; 2] = ["aids", "downs"];

/// A word without the endings of plurals and verbs. Most endings that make another word, as in `asthmatic`,
/// stay; the list of synonyms has such words.
fn stem(word: &str) -> String {
    if word.len() < 4 || !word.is_ascii() || NO_PLURALS.contains(&word) {
        return word.to_owned();
    }
    if let Some(stem) = STEMS.get(word) {
        return (*stem).to_owned();
    }
    if let Some(family) = FAMILY_LIST.iter().find(|family| word.starts_with(**family)) {
        return (*family).to_owned();
    }
    let mut stem = match word {
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("sses") || word.ends_with("ches") || word.ends_with("shes") => {
            word[..word.len() - 2].to_owned()
        }
        _ if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    };
    for end in ["ing", "ed"] {
        let rest = stem.strip_suffix(end);
        if let Some(rest) = rest.filter(|rest| rest.len() > 3 && rest.contains(is_vowel)) {
            let bytes = rest.as_bytes();
            let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
                && !matches!(bytes[bytes.len() - 1], b'l' | b's' | b'z');
            stem = rest[..rest.len() - usize::from(doubled)].to_owned();
            break;
        }
    }
    if stem.len() > 4 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && ["19", "20"].contains(&&word[..2])
        && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_vowel(character: char) -> bool {
    matches!(character, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        words.join(" ")
    }

    #[test]
    fn labels_become_words() {
        assert_eq!(read("C.O.P.D."), "copd");
        assert_eq!(read("HomeOxygen_User"), "home oxygen user");
        assert_eq!(read("Type2 diabetes; T2DM"), "type 2 diabetes t2dm");
        assert_eq!(read("[Temporary] Parkinson’s"), "temporary parkinsons");
        assert_eq!(
            read("H/O viol. Can't read"),
            "history of violent cannot read"
        );
        assert_eq!(read("Hep B / C virus"), "hep b c virus");
        assert_eq!(read("DoLS, BiPAP"), "dols bipap");
        assert_eq!(read(" -- "), "");
    }

    #[test]
    fn words_of_parts_are_those_of_the_whole() {
        for text in [
            "has a type 2 diabetic dog",
            "t2dm hx viol type2",
            "one yrs old",
        ] {
            assert!(are_apart(text));
            let parts: Vec<Word> = text.split(' ').flat_map(words).collect();
            assert_eq!(parts, words(text), "{text}");
        }
        for text in ["c o p d", "Asthma", "h/o", "hep b c virus"] {
            assert!(!are_apart(text), "{text}");
        }
    }

    #[test]
    fn endings_do_not_count() {
        for (one, other) in [
            ("allergies", "allergy"),
            ("hoarding", "hoards"),
            ("abused", "abuse"),
            ("abusing", "abuses"),
            ("dogs", "dog"),
            ("hitting", "hits"),
            ("crutches", "crutch"),
            ("disabilities", "disability"),
            ("epileptic", "epilepsy"),
            ("swore", "swears"),
            ("electrician", "plumbers"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} {other}");
        }
        for (one, other) in [
            ("carer", "care"),
            ("illness", "ill"),
            ("bed", "be"),
            ("aids", "aid"),
            ("downs", "down"),
            ("asthmatic", "asthma"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn every_abbreviation_is_read() {
        let mut reader = csv::Reader::from_reader(include_bytes!("abbreviations.csv").as_slice());
        let rows: Vec<(String, String)> = reader.deserialize().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), ABBREVIATIONS.len());
    }
}
