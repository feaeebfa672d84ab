//! The `[persons]` and `[organisations]` of a profile: which columns of a reference file hold what.

use super::document::Placed;
use super::formats_section::FormatKeys;
use super::input_section::InputOptions;
use super::section::Section;
use crate::cell::chosen::Chosen;
use crate::cell::date::DateReader;

pub(super) const PERSONS_KEYS: &[&str] = &["key", "id", "date_of_birth", "date_formats"];
pub(super) const ORGANISATIONS_KEYS: &[&str] = &["key", "id"];

/// The keys of a section by its name.
pub(super) fn keys(name: &str) -> &'static [&'static str] {
    match name {
        "persons" => PERSONS_KEYS,
        _ => ORGANISATIONS_KEYS,
    }
}

/// Which columns of a reference file hold what.
#[derive(Debug, Clone, Default)]
pub struct ReferenceColumns {
    /// The columns that hold the key as the export writes it, several where it is composed; none where the
    /// profile does not name them.
    pub key: Vec<String>,
    /// The column that holds the number that a key stands for; without one keys are merely checked.
    pub id: Option<String>,
    /// The column that holds the date on which a person was born.
    pub date_of_birth: Option<BirthColumn>,
}

/// The column of dates of birth, and how they are written.
#[derive(Debug, Clone)]
pub struct BirthColumn {
    /// Its name.
    pub name: String,
    /// What reads its cells.
    pub reader: DateReader,
}

pub(super) fn read(section: &Section<'_, '_>, input: &InputOptions) -> ReferenceColumns {
    let named = |key: &str, text: Placed<String>| {
        if text.value.trim().is_empty() {
            let problem = format!("{}: {key} must name a column", section.name);
            section.document.problem(&text.span, problem);
        }
        text.value.trim().to_owned()
    };
    let key = section.text_or_texts("key").into_iter();
    ReferenceColumns {
        key: key.map(|text| named("key", text)).collect(),
        id: section.text("id").map(|text| named("id", text)),
        date_of_birth: match section.allows("date_of_birth") {
            true => birth_column(section, input),
            false => None,
        },
    }
}

fn birth_column(section: &Section<'_, '_>, input: &InputOptions) -> Option<BirthColumn> {
    let own = FormatKeys::listed("date_formats", section, input.year_pivot);
    let usual = || match &input.date_formats {
        Some(Chosen::Always(formats)) => formats.clone(),
        _ => Vec::new(),
    };
    let Some(column) = section.text("date_of_birth") else {
        if section.has("date_formats") {
            section.missing(
                "date_of_birth",
                "date_formats says how its cells are written",
            );
        }
        return None;
    };
    let name = column.value.trim().to_owned();
    if name.is_empty() {
        let problem = format!("{}: date_of_birth must name a column", section.name);
        section.document.problem(&column.span, problem);
    }
    let formats = own.unwrap_or_else(usual);
    let reader = DateReader::new(formats, input.timezone, &input.no_dates);
    Some(BirthColumn { name, reader })
}
