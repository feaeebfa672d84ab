//! National Insurance numbers: two letters, six digits, a letter A to D that may be missing.

use super::note::Note;
use super::numbers::{OTHER_NUMBERS, is_called};
use super::{Finds, Kind};

/// Pairs of letters that no number begins with.
const NEVER: [&[u8; 2]; 13] = [
    b"bg", b"gb", b"kn", b"nk", b"nt", b"tn", b"zz", b"oo", b"cr", b"fy", b"mw", b"nc", b"pp",
];
/// What says that a number is one.
const LABELS: [&str; 5] = ["nino", "ni no", "ni num", "n.i", "national ins"];

/// Looks for a number whose digits begin at a place; returns where it ends.
pub(super) fn look(note: &Note<'_>, at: usize, finds: &mut Finds) -> Option<usize> {
    let head = note.lower.get(..at)?;
    let letters = head.strip_suffix(' ').unwrap_or(head).len();
    let start = letters.checked_sub(2)?;
    let pair: &[u8; 2] = note.lower.as_bytes().get(start..letters)?.try_into().ok()?;
    if !is_prefix(pair) || super::note::is_word(note.byte_before(start)) {
        return None;
    }
    let (mut end, mut digits, mut groups) = (at, 0, 0);
    while digits < 6 {
        let stop = note.run(end, |byte| byte.is_ascii_digit());
        digits += stop - end;
        if stop == end || (stop - end) % 2 == 1 {
            return None;
        }
        groups += 1;
        end = stop + usize::from(digits < 6 && is_separator(note.byte(stop)));
    }
    let suffix = end + usize::from(is_separator(note.byte(end)));
    let suffixes = [end, suffix].into_iter();
    let mut closed = suffixes.filter(|at| {
        matches!(note.byte(*at), b'a'..=b'd') && !super::note::is_word(note.byte(at + 1))
    });
    let closed = closed.next();
    let labelled = || {
        let near = note.shortly_before(start, 28);
        LABELS.iter().any(|label| near.contains(label)) || note.follows(start, &["ni"])
    };
    // Without its last letter it may be any reference, unless it is written or called as one.
    let open = !super::note::is_word(note.byte(end)) && (groups == 3 || labelled());
    let end = match closed {
        Some(at) => at + 1,
        None => Some(end).filter(|_| open)?,
    };
    if digits != 6 || !labelled() && is_called(note, start, OTHER_NUMBERS) {
        return None;
    }
    finds.add(Kind::NationalInsurance, start..end);
    Some(end)
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.')
}

fn is_prefix(pair: &[u8; 2]) -> bool {
    let never = |letter: u8| matches!(letter, b'd' | b'f' | b'i' | b'q' | b'u' | b'v');
    let [first, second] = *pair;
    first.is_ascii_lowercase()
        && second.is_ascii_lowercase()
        && !never(first)
        && !never(second)
        && second != b'o'
        && !NEVER.contains(&pair)
}
