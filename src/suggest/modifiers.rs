//! Words that turn what stands beside them: no dementia, suspected dementia, a wife with dementia.

use super::matching::{Match, Tokens};
use super::suggestion::Mark;

const NEGATING: &str = "no not never without denies denied nil isnt wasnt unlikely";
const TENTATIVE: &str = "suspected possible possibly potential potentially query queried probable probably alleged allegedly \
    awaiting undiagnosed may maybe might previous previously former formerly ex past historic historical \
    history resolved unconfirmed assessment referred investigation fear afraid appears";
const OTHERS: &str = "son sons daughter daughters wife husband partner partners mother father mum dad brother sister \
    sibling child children childs family household neighbour neighbours visitor visitors occupants \
    parent parents grandson granddaughter grandchild grandchildren carer carers spouse boyfriend \
    girlfriend lodger baby nephew niece friend cares caring relative";
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
    if text.contains('?') {
        marks.push(Mark::Tentative);
    }
    marks
}

fn is_among(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|own| own == word)
}
