//! Looking ahead over the members of an object around records.

use super::super::cursor::behind_space;
use super::super::element::{self, Element, string_end};
use super::context::{Context, Level, Role};

/// What looking for the name of a member shows.
pub(super) enum Name {
    /// The name lies between two quotes, the first in front of `start` and the last at `end`; the value
    /// begins at `value`.
    Found {
        start: usize,
        end: usize,
        value: usize,
    },
    /// It is still open where the bytes end.
    Open,
    /// No member can stand there.
    Broken,
}

/// Finds the name and the colon of the member that begins with the quote at `at`.
pub(super) fn name(bytes: &[u8], at: usize) -> Name {
    let end = match string_end(bytes, at + 1) {
        Some(Some(behind)) => behind - 1,
        Some(None) => return Name::Broken,
        None => return Name::Open,
    };
    let colon = behind_space(bytes, end + 1);
    match bytes.get(colon) {
        Some(b':') => {}
        Some(_) => return Name::Broken,
        None => return Name::Open,
    }
    let value = behind_space(bytes, colon + 1);
    match bytes.get(value) {
        Some(_) => Name::Found {
            start: at + 1,
            end,
            value,
        },
        None => Name::Open,
    }
}

/// What looking ahead over a whole object shows.
pub(super) enum Ahead {
    /// It ends in front of `end`; the member that holds the records begins at `path`, if it has one.
    Whole {
        context: Context,
        path: Option<usize>,
        end: usize,
    },
    /// It is still open where the bytes end.
    Open,
    /// It can never end properly.
    Broken,
}

/// Looks ahead over the object that begins at `at`. Members that nothing asks for are told in `strangers`
/// where the object is whole.
pub(super) fn look_ahead(
    bytes: &[u8],
    at: usize,
    level: &mut Level,
    strangers: &mut Vec<String>,
) -> Ahead {
    let mut context = level.context();
    let mut path = None;
    let mut met = Vec::new();
    let mut place = behind_space(bytes, at + 1);
    if bytes.get(place) == Some(&b'}') {
        context.whole = true;
        let end = place + 1;
        return Ahead::Whole { context, path, end };
    }
    loop {
        if bytes.get(place).is_some_and(|byte| *byte != b'"') {
            return Ahead::Broken;
        }
        let (start, name_end, value) = match name(bytes, place) {
            Name::Found { start, end, value } => (start, end, value),
            Name::Open => return Ahead::Open,
            Name::Broken => return Ahead::Broken,
        };
        let end = match element::find_end(bytes, value, false) {
            Element::Ends(end) => end,
            Element::Open => return Ahead::Open,
            Element::Broken => return Ahead::Broken,
        };
        let name = bytes.get(start..name_end).unwrap_or_default();
        match level.role(name) {
            Role::Path => {
                context.pass_path();
                path = path.or(Some(place));
            }
            Role::Wanted(which) => context.add(which, bytes.get(place..end)),
            Role::Stranger { met: true } => {}
            Role::Stranger { met: false } => met.push(name),
        }
        place = behind_space(bytes, end);
        match bytes.get(place) {
            Some(b',') => place = behind_space(bytes, place + 1),
            Some(b'}') => break,
            Some(_) => return Ahead::Broken,
            None => return Ahead::Open,
        }
    }
    context.whole = true;
    strangers.extend(met.into_iter().filter_map(|name| level.meet(name)));
    Ahead::Whole {
        context,
        path,
        end: place + 1,
    }
}
