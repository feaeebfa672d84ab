//! Words that turn what stands beside them: no dementia, suspected dementia, a wife with dementia.

use super::matching::{Match, Tokens};
use super::suggestion::Mark;

const NEGATING: &str = "no not never without denies denied nil isnt wasnt unlikely";
const TENTATIVE: &str = "suspected possible possibly potential potentially query queried probable probably alleged allegedly \
    awaiting undiagnosed may maybe might previous previously former formerly ex past historic historical \
    history resolved unconfirmed assessment referred investigation fear afraid appears pending unverified \
    unclear unknown believed thought likely seems claims claimed rumour rumoured hearsay ended expired lapsed \
    cleared";
const OTHERS: &str = "son sons daughter daughters wife husband partner partners mother father mum dad brother sister \
    sibling child children childs family household neighbour neighbours visitor visitors occupants \
    parent parents grandson granddaughter grandchild grandchildren carer carers spouse boyfriend \
    girlfriend lodger baby nephew niece friend friends cares caring relative relatives uncle aunt cousin \
    grandmother grandfather grandparent grandparents stepson stepdaughter guest guests flatmate housemate \
    mate mates associate associates kid kids boy girl";
/// Abbreviations of illnesses that are words or titles too; they are meant where they stand in capitals.
const HOMOGRAPHS: &str = "add aids als cf hg me ms prom ra sad send sends";
/// Words behind a negating one that it may still deny.
const REACH: usize = 2;

/// The marks of words that no match has taken. `codes` are the matches that stand for codes.
pub(super) fn marks(text: &str, tokens: &Tokens, kept: &[Match], codes: &[Match]) -> Vec<Mark> {
    let taken = |at: usize| kept.iter().any(|one| one.at.contains(&at));
    let denied = |at: usize| {
        let behind = at + 1..=at + REACH;
        codes
            .iter()
            .any(|one| one.at.iter().any(|at| behind.contains(at)))
    };
    let mut marks = Vec::new();
    for (at, token) in tokens.0.iter().enumerate() {
        if taken(at) {
            continue;
        }
        let word = token.word.text.as_str();
        if is_among(NEGATING, word) && denied(at) {
            marks.push(Mark::Negation);
        }
        if is_among(TENTATIVE, word) {
            marks.push(Mark::Tentative);
        }
        if is_among(OTHERS, word) {
            marks.push(Mark::OtherPerson);
        }
    }
    let doubtful = |one: &&Match| match one.at.as_slice() {
        [at] => {
            let word = tokens.0[*at].word.text.as_str();
            is_among(HOMOGRAPHS, word) && !has_word(text, &word.to_uppercase())
        }
        _ => false,
    };
    if codes.iter().any(|one| doubtful(&one)) {
        marks.push(Mark::Unsure);
    }
    if text.contains('?') {
        marks.push(Mark::Tentative);
    }
    marks
}

/// Whether a word denies what stands behind it.
pub(super) fn negates(word: &str) -> bool {
    is_among(NEGATING, word)
}

/// Whether a word turns what stands beside it.
pub(super) fn turns(word: &str) -> bool {
    [NEGATING, TENTATIVE, OTHERS]
        .iter()
        .any(|words| is_among(words, word))
}

/// Whether a text has a word, which may be written with full stops between its letters.
fn has_word(text: &str, wanted: &str) -> bool {
    let bare = text.replace('.', "");
    bare.split(|c: char| !c.is_alphanumeric())
        .any(|word| word == wanted)
}

fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|own| own == word)
}
