//! What a figure may be part of: a digit, an `@`, a semicolon.

use super::note::Note;
use super::{Finds, email, health, nino, numbers, own_codes, postcode};

/// Looks at the figure at a place of a note; returns where the next one is to be looked for.
pub(super) fn look(
    note: &Note<'_>,
    at: usize,
    finds: &mut Finds,
    own: &dyn Fn(&str) -> bool,
) -> usize {
    match note.byte(at) {
        b'@' => email::look(note, at, finds),
        b';' => own_codes::look(note, at, finds, own),
        _ => {
            let end = note.run(at, |byte| byte.is_ascii_digit());
            postcode::look(note, end, finds);
            health::look_dose(note, at..end, finds);
            let found = nino::look(note, at, finds).or_else(|| numbers::look(note, at, finds));
            found.unwrap_or(end)
        }
    }
}
