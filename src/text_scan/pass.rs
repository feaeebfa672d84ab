//! The one pass over a column: eight bytes at a time, it stops at figures and where a word begins whose
//! first letters may tell something, and passes by all else.

use super::triggers::{TRIGGERS, Triggers};
use super::{Cells, Finds, figures, own_codes};

/// A byte in each of eight places.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte.
const HIGH: u64 = eight(0x80);

/// The highest bit of each byte that is zero.
fn zero_bytes(word: u64) -> u64 {
    !(((word & !HIGH) + !HIGH) | word | !HIGH)
}

/// The highest bit of each byte that is a digit, `@`, `;`, or one of few others.
fn figures_of(word: u64) -> u64 {
    zero_bytes((word & eight(0xF0)) ^ eight(0x30)) | zero_bytes(word ^ eight(b'@'))
}

/// The highest bit of each byte from `a` to `z`.
fn letters_of(word: u64) -> u64 {
    let low = word & !HIGH;
    let from_a = low + eight(0x80 - b'a');
    let behind_z = low + eight(0x80 - b'z' - 1);
    from_a & !behind_z & !word & HIGH
}

/// The first letters of a word, at most four, of the bytes where it begins.
pub(super) fn first_letters(bytes: u32) -> u32 {
    let others = !(letters_of(u64::from(bytes)) as u32) & HIGH as u32;
    let first = others & others.wrapping_neg();
    bytes & (first >> 7).wrapping_sub(1)
}

/// Looks at everything in a column that may tell something.
pub(super) fn over(
    cells: &Cells<'_>,
    finds: &mut Finds,
    is_own_code: &dyn Fn(usize, &str) -> bool,
) {
    let triggers: &Triggers = &TRIGGERS;
    let bytes = cells.lower.as_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    let mut place = Place::default();
    let mut before = 0;
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let letters = letters_of(word);
        let starts = letters & !((letters << 8) | (before >> 56));
        before = letters;
        let mut stops = starts | figures_of(word);
        while stops != 0 {
            let stop = stops & stops.wrapping_neg();
            let byte = at * 8 + stop.trailing_zeros() as usize / 8;
            stops &= stops - 1;
            if starts & stop != 0 {
                if let Some(known) = triggers.begun_by(key_at(bytes, byte)) {
                    place.go_to(cells, byte, finds);
                    triggers.look(known, &cells.note(place.row), byte - place.start, finds);
                }
            } else if matches!(bytes.get(byte), Some(b'0'..=b'9' | b'@' | b';'))
                && byte >= place.done
            {
                place.go_to(cells, byte, finds);
                let (note, row) = (cells.note(place.row), place.row);
                let own = |code: &str| is_own_code(row, code);
                place.done = place.start + figures::look(&note, byte - place.start, finds, &own);
            }
        }
    }
    own_codes::each_front(cells, finds, is_own_code);
}

/// The first letters of the word that begins at a place.
fn key_at(bytes: &[u8], place: usize) -> u32 {
    let own = bytes.get(place..).and_then(|rest| rest.first_chunk::<4>());
    first_letters(own.map_or(0, |own| u32::from_le_bytes(*own)))
}

/// Where the pass stands.
#[derive(Default)]
struct Place {
    row: usize,
    /// Where the row begins.
    start: usize,
    /// Where figures have been looked at.
    done: usize,
}

impl Place {
    fn go_to(&mut self, cells: &Cells<'_>, at: usize, finds: &mut Finds) {
        while cells.end(self.row) <= at && self.row + 1 < cells.ends.len() {
            self.row += 1;
            self.start = cells.start(self.row);
        }
        finds.row = self.row as u32;
    }
}
