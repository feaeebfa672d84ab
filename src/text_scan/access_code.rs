//! Codes to key safes, doors, gates and alarms.

use std::sync::LazyLock;

use regex::{Match, Regex};

use super::note::Note;
use super::{Finds, Kind};

const SAFE: &str = r"(?:key[ \-]?(?:safe|box)s?|lock[ \-]?box|k/s|ks)";
const DOOR: &str = r"(?:doors?|gates?|entry|entrance|entryphone|access|intercom|alarm|fob|lobby|communal|porch|bin ?store|key ?pad|lift|shutter|barrier|buzzer)";
const CODE: &str = r"(?:pass[ \-]?code|code|pin|combination|combo)s?";
/// A code: three to eight digits with up to two letters about them, or digits apart.
const VALUE: &str = r"([#*]?[a-z]{0,2}[0-9]{3,8}[a-z]{0,2}[#*]?|[#*]?[0-9](?:[ \-][0-9]){3,5}[#*]?|[0-9]{2}[ \-][0-9]{2})";
/// What may stand between a word for a code and the code.
const IS: &str = r#"(?:[\s:=,"'()\-]|\x{2013}|\bis\b|\bare\b|\bnow\b|\bcurrently\b|\bnumber\b|\bno\b\.?|\bcode\b|\bpin\b|\bset to\b|\bchanged(?:\s+[a-z]+){0,3}\s+to\b|\bplease\b|\buse\b|\bpress\b)*"#;
const MORE: &str = r"(?:[\s/\-]+(?:entry|entrance|doors?|gates?|system|phone|panel|access|key ?pad|pad|fob|main|security|and|to|the|release))*";

const WHERE: &str = r"(?:[\s,]+(?:is|at|on|by|in|to|the|beside|behind|near|next|under|above|communal|fitted|located|side|front|back|rear|left|right|of|house|door|porch|wall|gate|meter|cupboard|outside))*";

/// A safe or a keypad and a number; what is no code of it may be a house.
static SAFE_AND_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\b(?:{SAFE}|key[ \-]?pad){WHERE}(?:[\s:=#(\-]|\x{{2013}}|\bis\b|\bnow\b)*{VALUE}"
    ))
    .ok()
});

/// A door, and some way behind it a word for a code, with the code.
static DOOR_AND_CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"\b{DOOR}\b[^0-9.;]{{0,40}}\b({CODE})\b{IS}{VALUE}"
    ))
    .ok()
});

/// What other codes than those to a home are called.
const OTHER_CODES: &[&str] = &[
    "light", "lamp", "bulb", "paint", "fault", "error", "post", "job", "sor", "product", "qr",
    "bar", "area", "cost", "repair", "dial", "order", "colour", "model", "rent", "priority",
];

static CODES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let place = format!("(?:{DOOR}|{SAFE})");
    let patterns = [
        // key safe is under the porch seat, 6614
        format!(r"\b{SAFE}[^0-9.;]{{0,40}}[,:(]\s*{VALUE}[\s).]*$"),
        // key safe by the door, code is 4471
        format!(r"\b{SAFE}{WHERE}[\s:,(\-]*(?:{CODE}|number|no\b\.?){IS}{VALUE}"),
        // door entry code 4471
        format!(r"\b{DOOR}{MORE}[\s/\-]+{CODE}\b{IS}{VALUE}"),
        // code for the main gate is 4471
        format!(
            r"\b{CODE}(?:[\s,]+(?:for|to|on|at|of|get|in|into|the|enter|open|main|front|back|rear|side|outer|inner|her|his|their))*[\s,]+{place}{MORE}{IS}{VALUE}"
        ),
        // press 44 then 7719 on the entry panel
        format!(
            r"\b(?:press|dial|type|key in)\s+(?:[0-9#*]{{1,4}}\s+(?:then|and)\s+)?{VALUE}[\s,]+(?:then|and|on|at|to|for)\s(?:[a-z]+\s){{0,3}}(?:{place}\b|get in|open\b)"
        ),
        // front door opens with 6120
        format!(
            r"\b{DOOR}\s+(?:opens|unlocks|releases)\s+(?:with|by|on|using)\s+(?:code\s+)?{VALUE}"
        ),
        // code 4471 for the gate
        format!(
            r"\b{CODE}{IS}{VALUE}[\s,]*(?:\(|for\s|to\s|at\s|on\s|opens\s|gets\s)(?:[a-z]+\s){{0,3}}(?:{place}\b|get in|enter|let )"
        ),
        // 4471 is the door code
        format!(
            r"\b{VALUE}\s*(?:is|=|\x{{2013}}|-|for)\s*(?:the\s)?(?:[a-z]+\s){{0,2}}{place}{MORE}[\s\-]+{CODE}\b"
        ),
    ];
    patterns
        .iter()
        .filter_map(|one| Regex::new(one).ok())
        .collect()
});

/// What stands in front of the number of a house.
const HOUSE: &[&str] = &[
    "at number",
    "at no",
    "by number",
    "outside number",
    "of number",
];

/// Looks for codes in a note that has a word for one.
pub(super) fn look(note: &Note<'_>, finds: &mut Finds) {
    if !note.lower.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let values = |pattern: &'static Regex| {
        let found = pattern.captures_iter(note.lower);
        found.filter_map(|found| found.get(1))
    };
    let codes = CODES.iter().flat_map(values);
    let beside_safe = SAFE_AND_NUMBER.iter().flat_map(values);
    // key safe fitted 2019
    let beside_safe = beside_safe
        .filter(|value| !is_house(note, value) && !note.follows(value.start(), &["fitted", "in"]));
    let behind_door = DOOR_AND_CODE.iter().flat_map(|pattern| {
        let found = pattern.captures_iter(note.lower);
        found.filter_map(|found| Some((found.get(1)?, found.get(2)?)))
    });
    let behind_door = behind_door.filter(|(code, _)| !note.follows(code.start(), OTHER_CODES));
    let behind_door = behind_door.map(|(_, value)| value);
    for value in codes.chain(beside_safe).chain(behind_door) {
        if stands_alone(note, &value) && !note.follows(value.start(), HOUSE) {
            finds.add(Kind::AccessCode, value.range());
        }
    }
}

/// Whether the figures are no part of a date, a telephone number, an amount or a measure.
fn stands_alone(note: &Note<'_>, value: &Match<'_>) -> bool {
    const UNITS: [&str; 9] = ["mg", "ml", "mm", "cm", "pm", "am", "st", "nd", "th"];
    let end = value.end();
    let digits = note.run(end + 1, |byte| byte.is_ascii_digit()) - end - 1;
    let goes_on = match note.byte(end) {
        b'/' | b'-' | b'.' | b':' => digits > 0,
        // two pairs of digits may begin a date
        b' ' => digits >= 3 || digits >= 1 && value.as_str().contains([' ', '-']),
        byte => byte.is_ascii_alphanumeric() || byte == b'%',
    };
    let letters = value.as_str().trim_end_matches(['#', '*']);
    !goes_on && !UNITS.iter().any(|unit| letters.ends_with(unit))
}

/// Whether the figures number a house.
fn is_house(note: &Note<'_>, value: &Match<'_>) -> bool {
    const STREETS: [&str; 8] = [
        "road", "street", "st", "rd", "avenue", "ave", "lane", "close",
    ];
    let words = note.after(value.end()).split_whitespace().take(3);
    let mut words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_alphabetic()));
    words.any(|word| STREETS.contains(&word))
}
