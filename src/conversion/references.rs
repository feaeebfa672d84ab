//! The reference files of a landlord: which of their columns hold what, and what they list.

use std::path::{Path, PathBuf};

use super::reference_file::ReferenceFile;
use crate::cell::column_name::{Found, find_column};
use crate::cell::key::{KeySpace, hash_of_name};
use crate::cell::number::read_integer;
use crate::error::{Error, Problem, Result};
use crate::profile::document::did_you_mean;
use crate::profile::{Composition, Profile, ReferenceColumns, Source};
use crate::reference::{Reference, References};
use crate::report::not_run::NotRun;
use crate::report::references::{ReferenceReport, ReferencesReport};

/// Where the reference files of a landlord lie.
#[derive(Debug, Clone, Default)]
pub struct ReferencePaths {
    /// The file of persons.
    pub persons: Option<PathBuf>,
    /// The file of organisations.
    pub organisations: Option<PathBuf>,
}

impl ReferencePaths {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Path> {
        let paths = [&self.persons, &self.organisations];
        paths.into_iter().flatten().map(PathBuf::as_path)
    }
}

/// What the reference files of a landlord say, and what there is to report of them.
pub(super) struct Consulted {
    pub references: References,
    pub report: ReferencesReport,
}

/// What a reference file lists.
#[derive(Clone, Copy)]
enum Subject {
    Persons,
    Organisations,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Subject::Persons => "persons",
            Subject::Organisations => "organisations",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Subject::Persons => "person_id",
            Subject::Organisations => "organisation_id",
        }
    }

    /// What a key is found by; `None` where the cell holds none. It is read as a cell of `export` is.
    fn key(self, cell: &str, export: &Source, keys: KeySpace) -> Option<u64> {
        match (self, export) {
            _ if cell.is_empty() => None,
            (Subject::Organisations, _) => Some(hash_of_name(cell)),
            (Subject::Persons, Source::Composed(Composition { columns, join })) => {
                let key = keys.read_composed(cell, join, columns.len());
                key.value().map(|key| key.check)
            }
            (Subject::Persons, _) => keys.read(cell).value().map(|key| key.check),
        }
    }

    /// The number that a key stands for, at least 1; `None` where the cell holds none.
    fn number(self, cell: &str, keys: KeySpace) -> Option<i64> {
        match self {
            _ if cell.is_empty() => None,
            Subject::Persons => keys.read(cell).value().map(|key| key.id),
            Subject::Organisations => read_integer(cell).value().filter(|number| *number > 0),
        }
    }
}

/// Reads the reference files of a landlord.
///
/// # Errors
/// A file cannot be read or lacks the columns that are needed, or the profile needs a file that was not
/// given.
pub(super) fn load(paths: &ReferencePaths, profile: &Profile, keys: KeySpace) -> Result<Consulted> {
    let mut report = ReferencesReport::default();
    let mut consult = |subject: Subject, path: &Option<PathBuf>, columns: &ReferenceColumns| {
        let not_run = |why: &str| NotRun::check(&profile.code, subject.name(), why);
        let Some(path) = path else {
            refuse_unresolved(subject, columns, profile)?;
            report.not_run.push(not_run("no reference file was given"));
            return Ok(None);
        };
        let Some(export) = source_of(profile, subject.field()) else {
            let why = format!("the profile maps no column to {}", subject.field());
            report.not_run.push(not_run(&why));
            return Ok(None);
        };
        let (reference, read) = read(subject, path, columns, export, profile, keys)?;
        report.references.push(read);
        Ok(Some(reference))
    };
    let references = References {
        persons: consult(Subject::Persons, &paths.persons, &profile.persons)?,
        organisations: consult(
            Subject::Organisations,
            &paths.organisations,
            &profile.organisations,
        )?,
    };
    Ok(Consulted { references, report })
}

/// The columns that a field is mapped from, in alerts of any kind.
fn source_of<'p>(profile: &'p Profile, field: &str) -> Option<&'p Source> {
    let at = profile.fields.iter().position(|plan| plan.name == field)?;
    let plans = (0..profile.statements.len()).filter_map(|kind| profile.plan(kind, at));
    let mut sources = plans.map(|plan| &plan.source);
    sources.find(|source| !source.columns().is_empty())
}

/// Keys that are to be resolved would become other numbers without the file.
fn refuse_unresolved(
    subject: Subject,
    columns: &ReferenceColumns,
    profile: &Profile,
) -> Result<()> {
    if columns.id.is_none() {
        return Ok(());
    }
    let name = subject.name();
    Err(problem(
        &profile.path,
        format!(
            "[{name}] id says that a reference file resolves the keys, and none was given; name it with \
             --{name}, or as {name} in the batch file"
        ),
    ))
}

fn read(
    subject: Subject,
    path: &Path,
    wanted: &ReferenceColumns,
    export: &Source,
    profile: &Profile,
    keys: KeySpace,
) -> Result<(Reference, ReferenceReport)> {
    let file = ReferenceFile::open(path)?;
    let places = places(subject, wanted, export, file.columns());
    let (key, id) = places.map_err(|text| problem(path, text))?;
    let mut reference = match id {
        Some(_) => Reference::of_numbers(),
        None => Reference::of_keys(),
    };
    let columns: Vec<usize> = key.iter().copied().chain(id).collect();
    let join = match export {
        Source::Composed(composition) => composition.join.as_str(),
        _ => "",
    };
    let mut usable = 0;
    let facts = file.each(&columns, |cells| {
        let (parts, number) = cells.split_at(key.len());
        let composed = match parts.iter().any(|part| part.is_empty()) {
            true => String::new(),
            false => parts.join(join),
        };
        let number = match number {
            [cell] => subject.number(cell, keys),
            _ => Some(1),
        };
        if let (Some(key), Some(number)) = (subject.key(&composed, export, keys), number) {
            usable += 1;
            reference.list(key, number);
        }
    })?;
    if usable == 0 {
        let text = "has no row with what the columns should hold; is it the right file?";
        return Err(problem(path, text.to_owned()));
    }
    let name = path.file_name().unwrap_or_default();
    let report = ReferenceReport {
        landlord: profile.code.clone(),
        list: subject.name(),
        file: name.to_string_lossy().into_owned(),
        sha256: facts.sha256,
        keys_are: if reference.resolves() {
            "resolved"
        } else {
            "checked"
        },
        rows: facts.rows,
        rows_unusable: facts.rows - usable,
        keys: reference.keys() as u64,
        keys_contradictory: reference.contradictory() as u64,
    };
    Ok((reference, report))
}

/// Places of the columns that hold the key, or its parts, and its number, or what is wrong with them.
fn places(
    subject: Subject,
    wanted: &ReferenceColumns,
    export: &Source,
    columns: &[String],
) -> std::result::Result<(Vec<usize>, Option<usize>), String> {
    let (section, field) = (subject.name(), subject.field());
    let named = |key: &str, name: &String| {
        place(columns, name)?.ok_or_else(|| {
            let near = did_you_mean(name, columns.iter().map(String::as_str));
            format!("there is no column {name}, which {key} under [{section}] names{near}")
        })
    };
    let id = match &wanted.id {
        Some(name) => Some(named("id", name)?),
        None => None,
    };
    let parts = export.columns();
    if wanted.key.len() > 1 && wanted.key.len() != parts.len() {
        return Err(format!(
            "key under [{section}] names {} columns, and the profile composes {field} of {}; name one, or \
             as many",
            wanted.key.len(),
            parts.len()
        ));
    }
    let key: Vec<usize> = wanted
        .key
        .iter()
        .map(|name| named("key", name))
        .collect::<std::result::Result<_, _>>()?;
    if key.iter().any(|key| Some(*key) == id) {
        return Err(format!(
            "key and id under [{section}] are one column; leave id out to have keys checked"
        ));
    }
    if !key.is_empty() {
        return Ok((key, id));
    }
    for names in [parts, &[field.to_owned()]] {
        let found = names.iter().map(|name| place(columns, name));
        let found: Vec<Option<usize>> = found.collect::<std::result::Result<_, _>>()?;
        let found: Option<Vec<usize>> = found.into_iter().collect();
        if let Some(key) = found.filter(|key| !key.iter().any(|key| Some(*key) == id)) {
            return Ok((key, id));
        }
    }
    let rest: Vec<usize> = (0..columns.len()).filter(|at| Some(*at) != id).collect();
    match rest.as_slice() {
        [only] => Ok((vec![*only], id)),
        _ => Err(format!(
            "has no column {} and no other named {field}; name the one that holds the keys as key under \
             [{section}]",
            parts.join(" and ")
        )),
    }
}

/// Place of a column by its name, where there is one.
fn place(columns: &[String], name: &str) -> std::result::Result<Option<usize>, String> {
    match find_column(name, columns) {
        Found::Nothing => Ok(None),
        Found::One(at) => Ok(Some(at)),
        Found::Several => Err(format!(
            "several columns are named {name}; say which one, as in {name} (2)"
        )),
    }
}

fn problem(path: &Path, text: String) -> Error {
    Error::Profile(vec![Problem {
        file: path.display().to_string(),
        line: None,
        text,
    }])
}
