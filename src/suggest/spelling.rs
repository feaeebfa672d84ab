//! Words of a label that no term has: slips of the pen, and words that a system has cut off.

use strsim::osa_distance;

use super::lexicon::Lexicon;
use super::words::families;

/// Letters that a word has at least, to be taken for another one.
const SHORTEST: usize = 5;
/// Letters that a word has at least, to be taken for the beginning of another one.
const SHORTEST_CUT_OFF: usize = 3;
/// Letters that a word has at least, for two slips to be forgiven.
const LONG: usize = 9;
/// What is taken off for each slip.
const SLIP: f64 = 0.07;
/// Likeness of a word that is cut off, and of a short one, which may begin so many.
const CUT_OFF: [f64; 2] = [0.9, 0.75];
/// Letters that the beginning of a family of words has at least, to be known with a slip in it.
const FAMILY: usize = 7;
/// Words that a slip may stand for.
const MOST: usize = 4;

/// Words that a word may have been meant for: their places in the vocabulary and how alike they are, of 1.
/// Where two words are as near to it as each other, it may be either, and both are less likely.
pub(super) fn meant(lexicon: &Lexicon, stem: &str) -> Vec<(u32, f64)> {
    if stem.len() < SHORTEST_CUT_OFF || !stem.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let most = if stem.len() >= LONG { 2 } else { 1 };
    let mut nearest = most + 1;
    let mut found: Vec<u32> = Vec::new();
    let mut longer: Vec<u32> = Vec::new();
    for (place, word) in (0..).zip(lexicon.vocabulary()) {
        if word.len() > stem.len() + 1 && word.starts_with(stem) {
            longer.push(place);
        }
        let apart = word.len().abs_diff(stem.len());
        let begins = word.as_bytes().first() == stem.as_bytes().first();
        if stem.len() < SHORTEST || apart > most || word.len() < SHORTEST - 1 || !begins {
            continue;
        }
        let distance = osa_distance(word, stem);
        if distance < nearest {
            nearest = distance;
            found.clear();
        }
        if distance == nearest && distance <= most {
            found.push(place);
        }
    }
    if nearest > 1
        && let Some(place) = family_of(lexicon, stem)
    {
        nearest = 1;
        found = vec![place];
    }
    let doubt = if found.len() > 1 { 2.0 } else { 1.0 };
    let slip = 1.0 - SLIP * nearest as f64 * doubt;
    found.truncate(MOST);
    let cut_off = CUT_OFF[usize::from(stem.len() < SHORTEST)];
    // two slips are less likely than a word that is cut off
    if nearest > 1 && !longer.is_empty() {
        found.clear();
    }
    let found = found.into_iter().map(|place| (place, slip));
    let longer = longer.into_iter().map(|place| (place, cut_off));
    found.chain(longer).collect()
}

/// The family of words that a word begins like, but for one slip: `depresion`.
fn family_of(lexicon: &Lexicon, stem: &str) -> Option<u32> {
    let long = families().iter().filter(|family| family.len() >= FAMILY);
    let mut near = long.filter(|family| {
        let fronts = family.len() - 1..=family.len() + 1;
        let mut fronts = fronts.filter_map(|length| stem.get(..length));
        family.as_bytes().first() == stem.as_bytes().first()
            && fronts.any(|front| osa_distance(front, family) <= 1)
    });
    lexicon.place(near.next()?)
}
