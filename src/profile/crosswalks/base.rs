//! Rows of a ready-made crosswalk under those of the profile.

use std::collections::HashSet;
use std::path::PathBuf;

use super::super::document::{Document, Placed, did_you_mean};
use super::file;
use super::row::WrittenRow;
use crate::cell::fold;
use crate::ready_crosswalks;

/// Adds the rows of the ready-made crosswalk of that name. A row of the profile with the same value or
/// name stands in its place, for both of them.
pub(super) fn add(
    document: &Document<'_>,
    base: &Placed<String>,
    fields: &[&str],
    rows: &mut Vec<WrittenRow>,
) {
    let name = &base.value;
    let Some(text) = ready_crosswalks::rows(name) else {
        let near = did_you_mean(name, ready_crosswalks::names().into_iter());
        let text = format!("{name}: there is no such ready-made crosswalk{near}");
        return document.problem(&base.span, text);
    };
    let mut ready = Vec::new();
    let path = PathBuf::from(format!("crosswalks/{name}.csv (built in)"));
    file::parse(document, &path, text.as_bytes(), fields, &mut ready);
    let own: HashSet<String> = rows.iter().flat_map(WrittenRow::folded).collect();
    for row in ready {
        let texts: Vec<String> = row.folded().collect();
        if !texts.iter().any(|text| own.contains(text)) {
            rows.push(row);
            continue;
        }
        // The code and the name of a value are one value, whichever of the two the profile has.
        let other = row.name.filter(|name| !own.contains(fold(name).as_ref()));
        let other = other.or_else(|| {
            Some(row.value).filter(|own_value| !own.contains(fold(own_value).as_ref()))
        });
        for instead in rows.iter_mut().filter(|own| own.name.is_none()) {
            if texts.contains(&fold(&instead.value).into_owned()) {
                instead.name.clone_from(&other);
            }
        }
    }
}
