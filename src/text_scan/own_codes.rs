//! Codes of the landlord's own alerts in the text: `CV; VA leak in kitchen`.
//!
//! Many codes look like words or initials, so a code counts only in capitals, and only in a list: in front
//! of the text with a mark behind it, or beside another code.

use super::note::Note;
use super::{Cells, Finds, Kind};

/// Looks at the beginning of every cell.
pub(super) fn each_front(
    cells: &Cells<'_>,
    finds: &mut Finds,
    is_own_code: &dyn Fn(usize, &str) -> bool,
) {
    let text = cells.text.as_bytes();
    let mut start = 0;
    for (row, end) in cells.ends.iter().enumerate() {
        let head = (text.get(start), text.get(start + 1));
        start = *end as usize;
        let (Some(first), Some(second)) = head else {
            continue;
        };
        if first.is_ascii_uppercase()
            && (second.is_ascii_uppercase() || !second.is_ascii_alphabetic())
        {
            finds.row = row as u32;
            list(&cells.note(row), 0, finds, &|code| is_own_code(row, code));
        }
    }
}

/// Looks at the codes around a semicolon; returns where to go on.
pub(super) fn look(
    note: &Note<'_>,
    at: usize,
    finds: &mut Finds,
    own: &dyn Fn(&str) -> bool,
) -> usize {
    let head = note.text.get(..at).unwrap_or_default().trim_end();
    let length = head.bytes().rev().take_while(|byte| is_part(*byte)).count();
    let start = head.len() - length;
    match start {
        // seen with the beginnings of all cells
        0 => at + 1,
        _ => list(note, start, finds, own).unwrap_or(at).max(at + 1),
    }
}

/// Adds the codes that stand one beside another from a place on; returns where they end.
fn list(
    note: &Note<'_>,
    start: usize,
    finds: &mut Finds,
    own: &dyn Fn(&str) -> bool,
) -> Option<usize> {
    let (mut at, mut end, mut count, mut marked) = (start, start, 0, false);
    while let Some(code) = code_at(note, at).filter(|code| own(code)) {
        count += 1;
        end = at + code.len();
        let gap = note.run(end, |byte| byte == b' ');
        let mark = note.byte(gap);
        let dashed = mark == b'-' && gap > end && note.byte(gap + 1) == b' ';
        marked = (dashed || matches!(mark, b';' | b'|' | b':')) && gap < note.lower.len();
        let parted = marked || matches!(mark, b',' | b'/' | b'+' | b'&');
        at = note.run(gap + usize::from(parted), |byte| byte == b' ');
        if at == end {
            break;
        }
    }
    let in_front = start == 0 && marked && count == 1;
    if count < 2 && !in_front {
        return None;
    }
    finds.add(Kind::OwnCode, start..end);
    Some(end)
}

/// What looks like a code at a place: capitals, with digits and hyphens among them.
fn code_at<'t>(note: &Note<'t>, at: usize) -> Option<&'t str> {
    let rest = note.text.get(at..)?;
    let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
    let code = rest.get(..length)?;
    let behind = rest.as_bytes().get(length);
    let capitals = code.bytes().filter(u8::is_ascii_uppercase).count();
    let whole = !behind.is_some_and(u8::is_ascii_lowercase);
    (whole && (2..=16).contains(&length) && capitals > 0).then_some(code)
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.')
}
