//! The `[history]` of a profile: how the landlord's log of changes is written, and which column each
//! field of `person_alert_history` comes from.

use std::collections::HashMap;

use super::fields_section::Surroundings;
use super::loading::dropped;
use super::section::Section;
use super::{COLUMNS_KEYS, Profile, Source, input_section, standard_names};
use crate::standard::{PERSON_ALERT_HISTORY, Standard};

pub(super) const KEYS: &[&str] = &["input", "fields", "columns"];
/// Fields that the standard needs for every change, but for the key, which is generated.
const NEEDED: [&str; 4] = [
    "person_alert_id",
    "action_type",
    "changed_by_user_id",
    "change_timestamp",
];

/// Compiles the section as the profile of the log, which has in common with the landlord's own what
/// `landlord` holds. What it does not say of the input holds as the landlord's `[input]` says.
pub(super) fn read(
    section: &Section<'_, '_>,
    standard: &Standard,
    landlord: &Profile,
) -> Option<Profile> {
    let document = section.document;
    let table = standard.table(PERSON_ALERT_HISTORY)?;
    let own = section.section("input", input_section::KEYS);
    let input = own.map_or_else(
        || landlord.input.clone(),
        |section| input_section::read(&section),
    );
    let crosswalks = HashMap::new();
    let surroundings = Surroundings {
        document,
        standard,
        table,
        input: &input,
        crosswalks: &crosswalks,
        allow_draft: false,
    };
    let mut fields = surroundings.absent();
    let written = section.open_table("fields").into_iter();
    for (at, plan) in written.flat_map(|table| surroundings.read("history.fields", table, &[])) {
        fields[at] = plan;
    }
    for plan in &fields {
        if plan.source == Source::Absent && NEEDED.contains(&plan.name.as_str()) {
            let text = format!(
                "history.fields.{} is missing; the standard needs it for every change",
                plan.name
            );
            document.problem_anywhere(text);
        }
    }
    let columns = section.section("columns", COLUMNS_KEYS);
    let mapped = |name: &str| {
        let own = fields.iter().find(|plan| plan.name == name);
        own.is_some_and(|plan| plan.source != Source::Absent)
    };
    let has_values = mapped("old_value") || mapped("new_value");
    let described = has_values.then(|| standard_names::profile(standard, landlord));
    Some(Profile {
        dropped: dropped(document, &input.dialect, columns.as_ref()),
        described: described.flatten().map(Box::new),
        ..landlord.beside(PERSON_ALERT_HISTORY, input, fields)
    })
}
