//! E-mail addresses.

use super::note::Note;
use super::{Finds, Kind};

/// Looks for an address around an `@`; returns where to go on.
pub(super) fn look(note: &Note<'_>, at: usize, finds: &mut Finds) -> usize {
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(&byte);
    let before = note.lower.as_bytes().get(..at).unwrap_or_default();
    let length = before.iter().rev().take_while(|byte| local(**byte)).count();
    let end = note.run(at + 1, |byte| {
        byte.is_ascii_alphanumeric() || b".-".contains(&byte)
    });
    let domain = note.lower.get(at + 1..end).unwrap_or_default();
    let domain = domain.trim_end_matches(['.', '-']);
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    let named = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_lowercase());
    if length > 0 && named {
        finds.add(Kind::Email, at - length..at + 1 + domain.len());
        return at + 1 + domain.len();
    }
    at + 1
}
