//! The words that may tell something, found by the first letters of a word.

use std::sync::LazyLock;

use super::note::Note;
use super::pass::first_letters;
use super::terms::Term;
use super::{Finds, Kind, access_code, birth, health, names, offences};

/// What a word may be the beginning of.
#[derive(Debug, Clone, Copy)]
enum Family {
    Term(Kind, &'static Term),
    AccessCode,
    Birth,
    Title,
}

/// The first words of what is no term, in lower case.
const OTHERS: [(&str, Family); 22] = [
    ("keysafe", Family::AccessCode),
    ("key", Family::AccessCode),
    ("keybox", Family::AccessCode),
    ("lock", Family::AccessCode),
    ("code", Family::AccessCode),
    ("passcode", Family::AccessCode),
    ("pin", Family::AccessCode),
    ("combo", Family::AccessCode),
    ("keypad", Family::AccessCode),
    ("press", Family::AccessCode),
    ("dial", Family::AccessCode),
    ("opens", Family::AccessCode),
    ("unlocks", Family::AccessCode),
    ("k", Family::AccessCode),
    ("ks", Family::AccessCode),
    ("dob", Family::Birth),
    ("d", Family::Birth),
    ("born", Family::Birth),
    ("birth", Family::Birth),
    ("mr", Family::Title),
    ("mrs", Family::Title),
    ("ms", Family::Title),
];
// `miss` shares its letters with no other title, and is one more
const MISS: (&str, Family) = ("miss", Family::Title);

/// How many bits of a hash name a slot.
const SLOT_BITS: u32 = 12;

/// All words, by their first letters.
pub(super) struct Triggers {
    /// Ordered by first letters.
    families: Vec<(u32, Family)>,
    /// By hash: first letters, and where their families begin.
    slots: Vec<(u32, u32)>,
    /// A factor under which no two first letters have one hash.
    factor: u32,
}

/// The words, made ready once.
pub(super) static TRIGGERS: LazyLock<Triggers> = LazyLock::new(Triggers::new);

fn slot(key: u32, factor: u32) -> usize {
    (key.wrapping_mul(factor) >> (32 - SLOT_BITS)) as usize
}

/// The first letters of a word in lower case.
fn key_of(word: &str) -> u32 {
    let mut bytes = [b' '; 4];
    for (into, byte) in bytes.iter_mut().zip(word.bytes()) {
        *into = byte;
    }
    first_letters(u32::from_le_bytes(bytes))
}

impl Triggers {
    fn new() -> Triggers {
        let mut families = Vec::new();
        for (kind, term) in offences::TERMS.iter().chain(health::TERMS) {
            let forms = term
                .endings
                .iter()
                .map(|ending| format!("{}{ending}", term.stem));
            let mut keys: Vec<u32> = forms.map(|form| key_of(&form)).collect();
            keys.dedup();
            families.extend(keys.into_iter().map(|key| (key, Family::Term(*kind, term))));
        }
        let others = OTHERS.into_iter().chain([MISS]);
        families.extend(others.map(|(word, family)| (key_of(word), family)));
        families.sort_by_key(|(key, _)| *key);
        let mut triggers = Triggers {
            families,
            slots: Vec::new(),
            factor: 0,
        };
        for factor in (0..1000).map(|tried: u32| 0x9E37_79B1_u32.wrapping_add(2 * tried)) {
            if let Some(slots) = triggers.slots_by(factor) {
                (triggers.slots, triggers.factor) = (slots, factor);
                break;
            }
        }
        triggers
    }

    /// The slots under a factor; `None` where two first letters would share one.
    fn slots_by(&self, factor: u32) -> Option<Vec<(u32, u32)>> {
        let mut slots = vec![(0, 0); 1 << SLOT_BITS];
        for (at, (key, _)) in (0..).zip(&self.families) {
            let own = slots.get_mut(slot(*key, factor))?;
            match *own {
                (0, _) => *own = (*key, at),
                (known, _) if known == *key => {}
                _ => return None,
            }
        }
        Some(slots)
    }

    /// Where the families of words with those first letters begin.
    pub(super) fn begun_by(&self, key: u32) -> Option<u32> {
        let (known, at) = *self.slots.get(slot(key, self.factor))?;
        (known == key && key != 0).then_some(at)
    }

    /// Looks at a word of a note as each of the families with its first letters.
    pub(super) fn look(&self, known: u32, note: &Note<'_>, at: usize, finds: &mut Finds) {
        let rest = self.families.get(known as usize..).unwrap_or_default();
        let key = rest.first().map(|(key, _)| *key);
        for (_, family) in rest.iter().take_while(|(own, _)| Some(*own) == key) {
            match family {
                Family::AccessCode => access_code::look(note, finds),
                Family::Birth => birth::look(note, at, finds),
                Family::Title => names::look(note, at, finds),
                Family::Term(kind, term) => {
                    if let Some(range) = term.find(note, at) {
                        finds.add(*kind, range);
                    }
                }
            }
        }
    }
}
