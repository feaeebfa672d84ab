//! The alerts that the values of a landlord's log describe, where their members are named as the standard's
//! fields.

use std::collections::HashMap;
use std::fmt::Write;

use super::document::Document;
use super::fields_section::{OURS, Surroundings};
use super::{InputOptions, Profile};
use crate::standard::{PERSON_ALERT, Standard};

/// The profile of records whose members are named as the fields, and whose codes are the standard's. Dates and
/// keys are read as in the landlord's exports.
pub(super) fn profile(standard: &Standard, landlord: &Profile) -> Option<Profile> {
    let table = standard.person_alert();
    let names = table.fields.iter().map(|field| field.name.as_str());
    let mut text = String::new();
    for name in names.filter(|name| !OURS.contains(name)) {
        // writing to a string cannot fail
        let _ = writeln!(text, "{name} = {{ column = \"{name}\", optional = true }}");
    }
    let document = Document::new(&landlord.path, &text);
    let input = InputOptions {
        only: None,
        ..landlord.input.clone()
    };
    let surroundings = Surroundings {
        document: &document,
        standard,
        table,
        input: &input,
        crosswalks: &HashMap::new(),
        allow_draft: false,
    };
    let mut fields = surroundings.absent();
    for (at, plan) in surroundings.read("fields", &document.top(), &[]) {
        fields[at] = plan;
    }
    document.finish().ok()?;
    Some(landlord.beside(PERSON_ALERT, input, fields))
}
