//! From a profile's text to what is compiled of it, with all its problems told at once.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::document::{Document, folder_of, read_text};
use super::fields_section::Surroundings;
use super::rules_section::SettableRule;
use super::section::Section;
use super::{
    COLUMNS_KEYS, FieldPlan, KEYS, Profile, Source, crosswalks, fields_section, history_section,
    input_section, landlord_section, numbered_columns, policy_section, previous_section,
    privacy_section, reference_section, rules_section, views_section,
};
use crate::cell::fold;
use crate::dialect::record_path::Place;
use crate::dialect::{DialectWish, Format};
use crate::error::Result;
use crate::standard::{PERSON_ALERT, Standard, hex};

/// What the operator may allow beyond the profile.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowances {
    /// Crosswalk rows with the status draft apply.
    pub draft: bool,
}

/// Loads and compiles a profile.
///
/// `rules` are those about which something may be set.
///
/// # Errors
/// All problems of the profile, its crosswalk files and its file of rules.
pub fn load(
    path: &Path,
    standard: &Standard,
    allowances: Allowances,
    rules: &[SettableRule],
) -> Result<Profile> {
    let text = read_text(path)?;
    let document = Document::new(path, &text);
    let table = document.top();
    let top = Section::new(&document, "", &table, KEYS);
    let (name, code) = landlord_section::read(&top);
    let input = top.section("input", input_section::KEYS);
    let input = input
        .map(|section| input_section::read(&section))
        .unwrap_or_default();
    let crosswalks = match top.open_table("crosswalks") {
        Some(table) => {
            let settable = fields_section::settable(standard);
            crosswalks::read(&document, table, &folder_of(path), &settable)
        }
        None => HashMap::new(),
    };
    let surroundings = Surroundings {
        document: &document,
        standard,
        table: standard.person_alert(),
        input: &input,
        crosswalks: &crosswalks,
        allow_draft: allowances.draft,
    };
    let mut fields = surroundings.absent();
    match top.open_table("fields") {
        Some(table) => {
            for (at, plan) in surroundings.read("fields", table, &[]) {
                fields[at] = plan;
            }
        }
        None => {
            top.missing(
                "[fields]",
                "it says which column each field of the standard comes from",
            );
        }
    };
    let statements = surroundings.statements(&top, &fields);
    for crosswalk in crosswalks.values() {
        crosswalk.refuse_unused(&document);
    }
    if input.repairs.leading_zeros && fields.iter().all(|plan| plan.width.is_none()) {
        document.problem_anywhere(
            "input: repair leading_zeros needs the width of a key, such as \
             fields.person_id = { column = \"Tenant\", width = 8 }",
        );
    }
    let fields = share_alert_key(fields);
    let columns = top.section("columns", COLUMNS_KEYS);
    let references = |name: &'static str| {
        let section = top.section(name, reference_section::keys(name));
        section.map(|section| reference_section::read(&section, &input))
    };
    let privacy = top.section("privacy", privacy_section::KEYS);
    let previous = top.section("previous", previous_section::KEYS);
    let mut profile = Profile {
        table: PERSON_ALERT,
        path: path.to_owned(),
        crosswalk_files: crosswalks
            .values()
            .filter_map(|crosswalk| crosswalk.file.clone())
            .collect(),
        schema_files: schema_files(&top, path),
        hash: hex(&Sha256::digest(text.as_bytes())),
        name,
        code,
        dropped: dropped(&document, &input.dialect, columns.as_ref()),
        history: None,
        described: None,
        persons: references("persons").unwrap_or_default(),
        organisations: references("organisations").unwrap_or_default(),
        policy: policy_section::read(&top),
        previous: previous
            .map(|section| previous_section::read(&section, &document, path))
            .unwrap_or_default(),
        rules: rules_section::read(&top, path, rules, standard),
        text: privacy
            .map(|section| privacy_section::read(&section))
            .unwrap_or_default(),
        views: views_section::read(&top),
        fields,
        statements,
        input,
    };
    let history = top.section("history", history_section::KEYS);
    let history = history.and_then(|section| history_section::read(&section, standard, &profile));
    profile.history = history.map(Box::new);
    for profile in std::iter::once(&profile).chain(profile.history.as_deref()) {
        refuse_unfit_columns(&document, profile);
    }
    document.finish()?;
    Ok(profile)
}

/// Notes names of columns that fit the format of the inputs not.
fn refuse_unfit_columns(document: &Document<'_>, profile: &Profile) {
    for name in profile.columns() {
        member(document, &profile.input.dialect, &name);
    }
    if numbered_columns::leave_header_open(&profile.input, &profile.columns()) {
        document.problem_anywhere(
            "input: columns are named by numbers alone; say header = false, or header = true if the \
             first line names them",
        );
    }
}

/// The columns that a section leaves out, folded.
pub(super) fn dropped(
    document: &Document<'_>,
    wish: &DialectWish,
    section: Option<&Section<'_, '_>>,
) -> HashSet<String> {
    let named = section.and_then(|section| section.columns("drop"));
    let named = named.into_iter().flatten().map(|text| text.value);
    let folded = named.map(|name| match member(document, wish, &name) {
        Some(place) => fold(&place.name()).into_owned(),
        None => fold(&name).into_owned(),
    });
    folded.collect()
}

/// The files under `schemas`, from the folder of the profile.
fn schema_files(top: &Section<'_, '_>, path: &Path) -> Vec<PathBuf> {
    let files = top.texts("schemas").unwrap_or_default().into_iter();
    files.map(|file| folder_of(path).join(file.value)).collect()
}

/// Where a column lies in a record of nested JSON; `None` where the profile is for inputs of another
/// kind, or the name leads nowhere, which is a problem.
fn member(document: &Document<'_>, wish: &DialectWish, name: &str) -> Option<Place> {
    // what format an input has may be known no sooner than it is read
    let json = matches!(wish.format, Some(Format::Json | Format::Ndjson));
    match Place::of(name, wish.records.as_ref()) {
        Ok(place) if wish.records.is_some() || !name.contains('/') => Some(place),
        Ok(_) => None,
        Err(why) if json || wish.records.is_some() => {
            document.problem_with(name, format!("{name}: {why}"));
            None
        }
        Err(_) => None,
    }
}

/// The alert's key and the landlord's own reference to it are one column: naming either names both.
fn share_alert_key(mut fields: Vec<FieldPlan>) -> Vec<FieldPlan> {
    const PAIR: [&str; 2] = ["person_alert_id", "source_alert_ref"];
    // The same text for every record is no key.
    let of = |fields: &[FieldPlan], name: &str| {
        let keyed = |plan: &&FieldPlan| plan.name == name && !plan.source.columns().is_empty();
        fields.iter().find(keyed).cloned()
    };
    let [id, reference] = PAIR.map(|name| of(&fields, name));
    for (name, other) in PAIR.into_iter().zip([reference, id]) {
        let absent = |plan: &&mut FieldPlan| plan.name == name && plan.source == Source::Absent;
        if let (Some(plan), Some(other)) = (fields.iter_mut().find(absent), other) {
            plan.source = other.source;
            plan.optional = other.optional;
            plan.null_values = other.null_values;
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alerts_reference_is_as_optional_as_its_key() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("profile.toml");
        let text = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n[fields]\nperson_id = \"p\"\n\
            person_alert_code_id = \"c\"\nstart_date = \"s\"\n\
            person_alert_id = { column = \"ref\", optional = true }\n";
        std::fs::write(&path, text).unwrap();
        let standard = Standard::embedded().unwrap();
        let profile = load(&path, &standard, Allowances::default(), &[]).unwrap();
        let reference = |plan: &&FieldPlan| plan.name == "source_alert_ref";
        let plan = profile.fields.iter().find(reference).unwrap();
        assert_eq!(plan.source, Source::Column("ref".to_owned()));
        assert!(plan.optional);
    }
}
