//! Puts markers into the place of what was found, and changes nothing else.

use super::Found;

/// A text with markers for what was found in it and can be taken out, and how many there are. What was
/// found is ordered by place; where two things overlap the first one names both.
pub fn with_markers(text: &str, found: &[Found]) -> (String, u64) {
    let mut changed = String::with_capacity(text.len() + 32);
    let (mut at, mut count) = (0, 0);
    for one in found {
        let (start, end) = (one.start as usize, one.end as usize);
        let Some(marker) = one.kind.marker() else {
            continue;
        };
        if start < at {
            at = at.max(end);
            continue;
        }
        changed.push_str(text.get(at..start).unwrap_or_default());
        changed.push_str(marker);
        at = end;
        count += 1;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    (changed, count)
}
