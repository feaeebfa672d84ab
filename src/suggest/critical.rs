//! Words of labels that somebody may come to harm by when they are not understood.

use super::matching::Tokens;

/// Beginnings of such words.
const CUES: &str = "abduct abus addict aggress agress alzheim anaphyla armed arson asphyx assault attack bedbound \
    bedridden bite biting bomb cutting danger dement dialysis diabet domestic epilep explos exploit fire \
    firearm flammab harass harm infect kill knife knives marac mappa methadone murder needle offender \
    overdos oxygen perpetrat psycho safeguard seizure sexual sharps suicid threat trach ventilat violen \
    vulnerab weapon wander";
/// Such words as a whole, because other words begin alike.
const WORDS: &str = "dv dva da o2 tb hiv cpp cp cse pvp dols dnr rso gas gun guns stab stabbed stabbing rape rapist";

/// Whether a word of the label is one of them.
pub(super) fn sounds_critical(tokens: &Tokens) -> bool {
    tokens.0.iter().any(|token| {
        let word = token.word.text.as_str();
        let is_whole = WORDS.split_whitespace().any(|own| own == word);
        is_whole || CUES.split_whitespace().any(|cue| word.starts_with(cue))
    })
}
