//! Which crosswalk files a profile uses, and which columns they are about.

use std::path::{Path, PathBuf};

use crate::cell::column_name::{Found, find_column};
use crate::cell::flag::FlagWord;
use crate::cell::fold;
use crate::error::{Error, Result};
use crate::profile::document::{folder_of, read_text};
use crate::profile::{ALERT_CODE, Flag, Statement};
use crate::scan::several::split;
use crate::scan::{Column, Table};
use crate::suggest::CodeList;

use super::proposals::FoundLabel;

/// The field of sources.
const SOURCE: &str = "source_type_id";

/// A crosswalk of a profile that lies in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedCrosswalk {
    /// Its name in the profile.
    pub name: String,
    /// Its file.
    pub file: PathBuf,
    /// What its codes are.
    pub list: CodeList,
    /// The columns whose cells it maps.
    pub columns: Vec<UsedColumn>,
    /// The columns of flags whose meaning it holds, each by the name of its column.
    pub flags: Vec<String>,
}

/// A column whose cells a crosswalk maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedColumn {
    /// Its name, or its number.
    pub name: String,
    /// What separates several values in a cell.
    pub separators: Vec<String>,
}

/// The code of the landlord, and the crosswalks of alerts and sources that lie in files, in the order of
/// their names. The profile has been loaded before, so that it is known to be sound.
///
/// # Errors
/// The profile cannot be read, or has no such crosswalk.
pub fn used_crosswalks(profile: &Path) -> Result<(String, Vec<UsedCrosswalk>)> {
    let text = read_text(profile)?;
    let broken = |error: toml::de::Error| Error::Usage(format!("{}: {error}", profile.display()));
    let table: toml::Table = text.parse().map_err(broken)?;
    let code = table
        .get("landlord")
        .and_then(|own| own.get("code")?.as_str());
    let mut all: Vec<UsedCrosswalk> = Vec::new();
    let alerts = table.get("alerts").and_then(toml::Value::as_array);
    let sections = table
        .get("fields")
        .into_iter()
        .chain(alerts.into_iter().flatten());
    for section in sections {
        for (field, list) in [(ALERT_CODE, CodeList::Alerts), (SOURCE, CodeList::Sources)] {
            let Some((name, column)) = section.get(field).and_then(mapped) else {
                continue;
            };
            let Some(file) = file_of(&table, &name) else {
                continue;
            };
            match all.iter_mut().find(|own| own.name == name) {
                Some(own) => own.columns.push(column),
                None => all.push(UsedCrosswalk {
                    file: folder_of(profile).join(file),
                    name,
                    list,
                    columns: vec![column],
                    flags: Vec::new(),
                }),
            }
        }
    }
    let flags = table.get("flags").and_then(toml::Value::as_table);
    for (column, flag) in flags.into_iter().flatten() {
        let name = flag.get("crosswalk").and_then(toml::Value::as_str);
        let Some((name, file)) = name.and_then(|name| Some((name, file_of(&table, name)?))) else {
            continue;
        };
        let column = column.trim().to_owned();
        match all.iter_mut().find(|own| own.name == name) {
            Some(own) => own.flags.push(column),
            None => all.push(UsedCrosswalk {
                file: folder_of(profile).join(file),
                name: name.to_owned(),
                list: CodeList::Alerts,
                columns: Vec::new(),
                flags: vec![column],
            }),
        }
    }
    if all.is_empty() {
        let why = "has no crosswalk of alerts, flags or sources that lies in a file; name one with file under [crosswalks]";
        return Err(Error::Usage(format!("{}: {why}", profile.display())));
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((code.unwrap_or_default().to_owned(), all))
}

/// The file of a crosswalk, where it has one.
fn file_of<'t>(profile: &'t toml::Table, name: &str) -> Option<&'t str> {
    profile.get("crosswalks")?.get(name)?.get("file")?.as_str()
}

/// The crosswalk and the column of a field.
fn mapped(field: &toml::Value) -> Option<(String, UsedColumn)> {
    let name = field.get("crosswalk")?.as_str()?.to_owned();
    let column = match field.get("column")? {
        toml::Value::String(name) => name.clone(),
        other => other.to_string(),
    };
    let separators = field.get("split").and_then(toml::Value::as_array);
    let separators = separators
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str);
    Some((
        name,
        UsedColumn {
            name: column,
            separators: separators.map(str::to_owned).collect(),
        },
    ))
}

/// The labels of a crosswalk's columns in scanned tables, each with its count, and its flags, each with the
/// count of the cells that say yes; `statements` are those of the profile.
pub fn labels_of(
    crosswalk: &UsedCrosswalk,
    tables: &[Table],
    statements: &[Statement],
) -> Vec<FoundLabel> {
    let flags = statements.iter().filter_map(|one| one.flag.as_ref());
    let mut labels: Vec<FoundLabel> = flags
        .filter(|flag| crosswalk.flags.contains(&flag.column))
        .filter_map(|flag| found_flag(flag, tables))
        .collect();
    for (table, wanted) in tables.iter().flat_map(|table| {
        let columns = crosswalk.columns.iter();
        columns.map(move |column| (table, column))
    }) {
        let names: Vec<String> = table.columns.iter().map(|own| own.name.clone()).collect();
        let name = wanted.name.replace(
            "@FormattedValue",
            "@OData.Community.Display.V1.FormattedValue",
        );
        let Found::One(at) = find_column(&name, &names) else {
            continue;
        };
        let separators: Vec<&str> = wanted.separators.iter().map(String::as_str).collect();
        let column = table.columns.get(at);
        for (value, cells) in column.into_iter().flat_map(|own| own.values()) {
            for part in split(value, &separators) {
                let known = labels.iter_mut().find(|own| fold(&own.value) == fold(part));
                match known {
                    Some(own) => own.cells += cells,
                    None => labels.push(FoundLabel {
                        value: part.to_owned(),
                        cells: *cells,
                        column: wanted.name.clone(),
                        reads: None,
                    }),
                }
            }
        }
    }
    labels
}

/// A flag with the count of the cells that say yes; `None` where no table has its column.
fn found_flag(flag: &Flag, tables: &[Table]) -> Option<FoundLabel> {
    let columns = tables.iter().filter_map(|table| {
        let names: Vec<String> = table.columns.iter().map(|own| own.name.clone()).collect();
        match find_column(&flag.column, &names) {
            Found::One(at) => table.columns.get(at),
            _ => None,
        }
    });
    let columns: Vec<&Column> = columns.collect();
    let first = columns.first()?;
    let cells = columns.iter().flat_map(|column| column.values());
    let yes = cells.filter(|(word, _)| flag.reader.read(word) == Some(FlagWord::Yes));
    Some(FoundLabel {
        value: flag.column.clone(),
        cells: yes.map(|(_, cells)| cells).sum(),
        column: first.name.clone(),
        reads: None,
    })
}
