//! Full postcodes, told from flats and floors by the areas that there are.

use super::note::{Note, is_word};
use super::{Finds, Kind};

/// The letters that postcodes begin with.
const AREAS: &str = " ab al b ba bb bd bf bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy \
    e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me \
    mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td \
    tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze ";

/// Looks for a postcode of whose digits the last group ends at a place.
pub(super) fn look(note: &Note<'_>, end: usize, finds: &mut Finds) {
    let inward = |byte: u8| byte.is_ascii_lowercase() && !b"cikmov".contains(&byte);
    if !inward(note.byte(end)) || !inward(note.byte(end + 1)) || is_word(note.byte(end + 2)) {
        return;
    }
    let Some(digit) = end.checked_sub(1) else {
        return;
    };
    let spaces = [digit, digit.saturating_sub(1), digit.saturating_sub(2)].into_iter();
    let outward_end = spaces
        .take_while(|at| *at == digit || note.byte(*at) == b' ')
        .last();
    let outward_end = outward_end.unwrap_or(digit);
    let head = note.lower.as_bytes().get(..outward_end).unwrap_or_default();
    let length = head.iter().rev().take_while(|byte| is_word(**byte)).count();
    let start = outward_end - length;
    let outward = head.get(start..).unwrap_or_default();
    if !is_outward(outward) || is_something_else(note, start, outward, digit) {
        return;
    }
    finds.add(Kind::Postcode, start..end + 2);
}

/// Whether this is the first half of a postcode: an area, a number, and in parts of London a letter.
fn is_outward(outward: &[u8]) -> bool {
    let letters = outward
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase())
        .count();
    let (area, district) = outward.split_at(letters);
    let is_district = match district {
        [d] | [d, b'0'..=b'9'] => d.is_ascii_digit(),
        [d, letter] => d.is_ascii_digit() && letter.is_ascii_lowercase(),
        _ => false,
    };
    let Ok(area) = std::str::from_utf8(area) else {
        return false;
    };
    let known = || AREAS.split(' ').any(|known| known == area);
    (1..=2).contains(&letters) && is_district && known()
}

/// Whether the halves are a flat and its floor, or a number and its unit, such as `B2 1st` or `E1 6ft`.
fn is_something_else(note: &Note<'_>, start: usize, outward: &[u8], digit: usize) -> bool {
    const UNITS: [&str; 8] = ["ft", "hr", "yr", "wk", "lb", "gb", "pt", "ds"];
    const FLOORS: &[&str] = &[
        "floor", "flr", "fl ", "landing", "storey", "left", "right", "bed", "door",
    ];
    const PLACES: &[&str] = &["flat", "block", "unit", "room", "apartment", "apt", "core"];
    let letters = note.lower.get(digit + 1..digit + 3).unwrap_or_default();
    let ordinal = matches!(
        (note.byte(digit), letters),
        (b'1', "st") | (b'2', "nd") | (b'3', "rd") | (b'0' | b'4'..=b'9', "th")
    );
    let may_be_other = ordinal || UNITS.contains(&letters);
    let written = note.text.get(start..digit + 3).unwrap_or_default();
    let is_upper = !written.bytes().any(|byte| byte.is_ascii_lowercase());
    // a flat is B2 and not B33
    let is_short = outward.len() == 2;
    let is_floor = ordinal && (is_short || note.precedes(digit + 3, FLOORS));
    is_floor || may_be_other && (!is_upper || note.follows(start, PLACES))
}
