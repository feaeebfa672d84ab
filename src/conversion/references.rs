//! The reference files of a landlord: which of their columns hold what, and what they list.

use std::path::{Path, PathBuf};

use super::birth_rows::BirthRows;
use super::reference_file::ReferenceFile;
use crate::cell::column_name::{Found, find_column};
use crate::cell::key::{Key, KeySpace, hash_of_name};
use crate::cell::number::read_integer;
use crate::error::{Error, Problem, Result};
use crate::profile::document::did_you_mean;
use crate::profile::{Composition, Profile, ReferenceColumns, Source};
use crate::reference::{BirthDates, Reference, References};
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

    /// A key, which is found by its check; `None` where the cell holds none. It is read as a cell of
    /// `export` is.
    fn key(self, cell: &str, export: &Source, keys: KeySpace) -> Option<Key> {
        match (self, export) {
            _ if cell.is_empty() => None,
            (Subject::Organisations, _) => Some(Key {
                id: 1,
                check: hash_of_name(cell),
            }),
            (Subject::Persons, Source::Composed(Composition { columns, join })) => {
                keys.read_composed(cell, join, columns.len()).value()
            }
            (Subject::Persons, _) => keys.read(cell).value(),
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
pub(super) fn load(
    paths: &ReferencePaths,
    profile: &Profile,
    keys: KeySpace,
    as_of: i32,
) -> Result<Consulted> {
    let mut report = ReferencesReport::default();
    let mut births = None;
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
        let wanted = Wanted {
            subject,
            columns,
            export,
            as_of,
        };
        let read = wanted.read(path, profile, keys)?;
        report.references.push(read.report);
        births = read.births.or(births.take());
        Ok(Some(read.reference))
    };
    let mut references = References {
        persons: consult(Subject::Persons, &paths.persons, &profile.persons)?,
        organisations: consult(
            Subject::Organisations,
            &paths.organisations,
            &profile.organisations,
        )?,
        births: None,
    };
    references.births = births;
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

/// What a reference file is asked for.
struct Wanted<'p> {
    subject: Subject,
    columns: &'p ReferenceColumns,
    /// Where the export has its keys.
    export: &'p Source,
    as_of: i32,
}

/// What a reference file has said.
struct Read {
    reference: Reference,
    births: Option<BirthDates>,
    report: ReferenceReport,
}

impl Wanted<'_> {
    fn read(&self, path: &Path, profile: &Profile, keys: KeySpace) -> Result<Read> {
        let (subject, export) = (self.subject, self.export);
        let file = ReferenceFile::open(path)?;
        let places = places(subject, self.columns, export, file.columns());
        let places = places.map_err(|text| problem(path, text))?;
        let mut reference = match places.id {
            Some(_) => Reference::of_numbers(),
            None => Reference::of_keys(),
        };
        let column = self.columns.date_of_birth.as_ref();
        let mut births = column.map(|column| BirthRows::new(column, self.as_of));
        let join = match export {
            Source::Composed(composition) => composition.join.as_str(),
            _ => "",
        };
        let mut usable = 0;
        let facts = file.each(&places.all(), |cells| {
            let (parts, rest) = cells.split_at(places.key.len());
            let composed = match parts.iter().any(|part| part.is_empty()) {
                true => String::new(),
                false => parts.join(join),
            };
            let Some(key) = subject.key(&composed, export, keys) else {
                return;
            };
            let number = match (places.id, rest.first()) {
                (Some(_), Some(cell)) => subject.number(cell, keys),
                _ => Some(key.id),
            };
            let Some(number) = number else {
                return;
            };
            usable += 1;
            reference.list(key.check, number);
            if let (Some(births), Some(cell)) = (&mut births, rest.last()) {
                births.take(number, cell);
            }
        })?;
        if usable == 0 {
            let text = "has no row with what the columns should hold; is it the right file?";
            return Err(problem(path, text.to_owned()));
        }
        let name = path.file_name().unwrap_or_default();
        let (births, dates_of_birth) = births.map(BirthRows::finish).unzip();
        let report = ReferenceReport {
            landlord: profile.code.clone(),
            list: subject.name().into(),
            file: name.to_string_lossy().into_owned(),
            sha256: facts.sha256,
            keys_are: match reference.resolves() {
                true => "resolved".into(),
                false => "checked".into(),
            },
            rows: facts.rows,
            rows_unusable: facts.rows - usable,
            keys: reference.keys() as u64,
            keys_contradictory: reference.contradictory() as u64,
            dates_of_birth,
        };
        Ok(Read {
            reference,
            births,
            report,
        })
    }
}

/// Places of the columns of a reference file.
struct Places {
    /// Those that hold the key, or its parts.
    key: Vec<usize>,
    id: Option<usize>,
    date_of_birth: Option<usize>,
}

impl Places {
    /// All of them, in this order.
    fn all(&self) -> Vec<usize> {
        let more = self.id.into_iter().chain(self.date_of_birth);
        self.key.iter().copied().chain(more).collect()
    }
}

/// Places of the columns, or what is wrong with them.
fn places(
    subject: Subject,
    wanted: &ReferenceColumns,
    export: &Source,
    columns: &[String],
) -> std::result::Result<Places, String> {
    let (section, field) = (subject.name(), subject.field());
    let named = |key: &str, name: &String| {
        place(columns, name)?.ok_or_else(|| {
            let near = did_you_mean(name, columns.iter().map(String::as_str));
            format!("there is no column {name}, which {key} under [{section}] names{near}")
        })
    };
    let id = wanted.id.as_ref();
    let id = id.map(|name| named("id", name)).transpose()?;
    let born = wanted.date_of_birth.as_ref();
    let date_of_birth = born
        .map(|column| named("date_of_birth", &column.name))
        .transpose()?;
    let with_key = |key: Vec<usize>| Places {
        key,
        id,
        date_of_birth,
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
        return Ok(with_key(key));
    }
    for names in [parts, &[field.to_owned()]] {
        let found = names.iter().map(|name| place(columns, name));
        let found: Vec<Option<usize>> = found.collect::<std::result::Result<_, _>>()?;
        let found: Option<Vec<usize>> = found.into_iter().collect();
        if let Some(key) = found.filter(|key| !key.iter().any(|key| Some(*key) == id)) {
            return Ok(with_key(key));
        }
    }
    let taken = |at: &usize| Some(*at) == id || Some(*at) == date_of_birth;
    let rest: Vec<usize> = (0..columns.len()).filter(|at| !taken(at)).collect();
    match rest.as_slice() {
        [only] => Ok(with_key(vec![*only])),
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
