//! Two snapshots of the same landlords' alerts, and the changes between them as rows of
//! `person_alert_history`.
//!
//! ```text
//! older ─┐
//!        ├─▶ join by key ─▶ find again without key ─▶ events ─▶ person_alert_history
//! newer ─┘                                        └─▶ what has vanished ─▶ vanished.csv
//! ```
//!
//! Rows are compared by a number that stands for their content, so only rows that differ are read as values.
//! An alert that the newer export no longer holds has vanished; it is deleted only where the profile says
//! that absence means that. A snapshot that was made since another one keeps both, so that their histories
//! resolve; such rows count as absent here.

mod absent;
mod comparison;
mod digest;
mod drift;
mod event;
mod events;
mod fields;
mod gatherer;
mod join;
mod kept_rows;
mod key_changes;
mod key_index;
mod leftover;
mod renaming;
mod settling;
mod since;
mod unkeyed;
mod values;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::cell::date::date_of;
use crate::error::{Error, Result};
use crate::report::Tool;
use crate::report::change_counts::ChangeCounts;
use crate::report::changes::{
    ChangesReport, DiffReport, LandlordChanges, LandlordName, SnapshotUsed,
};
use crate::snapshot::Snapshot;
use crate::snapshot::cells::Value;
use crate::snapshot::code_lists::CodeList;
use crate::snapshot::stored_table::StoredTable;
use crate::snapshot::vanished::Vanished;
use crate::standard::{PERSON_ALERT, PERSON_ALERT_HISTORY, Standard};
use crate::write::changes;
use crate::write::folder::OutputFolder;
use crate::write::layout::Layout;
use crate::write::table_file::TableFile;

pub use comparison::{Choices, Side};
use comparison::{Comparison, compare};
use drift::{ListPair, pair_lists};
use event::{Teller, Told};
use events::{Days, each_event};
use fields::Fields;
pub use renaming::Renaming;
pub use since::Since;

/// Name of the list of alerts that have vanished.
pub const VANISHED: &str = "vanished";

/// Compares two snapshots, and writes the events between them.
///
/// # Errors
/// A snapshot that cannot be read or does not go with the other one, far fewer alerts than before, or an
/// output that cannot be written; nothing is written then.
pub fn diff(
    old: &Snapshot,
    new: &Snapshot,
    standard: &Standard,
    choices: impl Fn(&str) -> Choices,
    folder: OutputFolder,
) -> Result<DiffReport> {
    refuse_unlike(old, new)?;
    let mut fields = Fields::of(standard);
    let lists = pair_lists(old, standard, &mut fields, |table| {
        CodeList::read(new, standard, table)
    })?;
    let root = folder.path().to_owned();
    let mut report = begin_report(old, new.as_of, &new.code_list_hash);
    let days = Days {
        old: old.as_of,
        new: new.as_of,
    };
    for landlord in &new.landlords {
        let code = &landlord.code;
        let layout = match new.partitioned {
            true => Layout::partition(&root, code),
            false => Layout::flat(&root),
        };
        let older = old.landlord(code).map(|own| side(old, &own.code));
        let choices = choices(code);
        let newer = side(new, code);
        let comparison = compare(older.as_ref(), &newer, &fields, &choices, new.as_of, &root)?;
        let teller = choices.teller(&fields);
        let mut own = LandlordChanges::of(code, comparison.counts);
        let history = layout.file(PERSON_ALERT_HISTORY, "parquet")?;
        let mut file = begin_table(&history, PERSON_ALERT_HISTORY, standard, new.partitioned)?;
        each_event(&comparison, &teller, days, false, |told| {
            write_events(told, &fields, &mut own, &mut file)
        })?;
        file.finish()?;
        let vanished = vanished(&comparison, &fields, new.as_of)?;
        absent::write(&layout.file(VANISHED, "csv")?, &vanished)?;
        report.add(own);
    }
    let missing = old.landlords.iter();
    let missing = missing.filter(|own| new.landlord(&own.code).is_none());
    report.landlords_missing = missing.map(named).collect();
    let tables = new.landlords.iter();
    let tables = tables.map(|own| new.file(&own.code, PERSON_ALERT, "parquet"));
    report.code_lists = drift(&lists, &tables.collect::<Vec<_>>())?;
    let report = DiffReport {
        tool: Tool::own(),
        changes: report,
    };
    crate::report::write_json(&root.join("report.json"), &report)?;
    folder.commit()?;
    Ok(report)
}

impl Choices {
    fn teller<'a>(&'a self, fields: &'a Fields) -> Teller<'a> {
        Teller {
            fields,
            landlord: &self.landlord,
            quote_text: self.quote_text,
            system_user: self.system_user,
            renaming: &self.renaming,
            taken_ids: HashSet::new(),
        }
    }
}

/// A report that says nothing yet of landlords.
fn begin_report(old: &Snapshot, as_of: i32, code_list_hash: &str) -> ChangesReport {
    let used = |as_of, hash: &str| SnapshotUsed {
        as_of: day(as_of),
        code_list_sha256: hash.to_owned(),
    };
    ChangesReport {
        older: used(old.as_of, &old.code_list_hash),
        newer: used(as_of, code_list_hash),
        landlords: Vec::new(),
        landlords_missing: Vec::new(),
        total: ChangeCounts::default(),
        code_lists: Vec::new(),
    }
}

/// What code lists say otherwise, with the alerts of those tables that it is about.
fn drift(lists: &[ListPair], tables: &[PathBuf]) -> Result<Vec<crate::report::changes::ListDrift>> {
    let mut alerts = HashMap::new();
    if lists.iter().any(|pair| !pair.drift(&alerts).is_empty()) {
        for table in tables {
            count_codes(&StoredTable::open(table)?, &mut alerts)?;
        }
    }
    let none = HashMap::new();
    let drifts = lists
        .iter()
        .flat_map(|pair| match pair.is_of("person_alert_codes") {
            true => pair.drift(&alerts),
            false => pair.drift(&none),
        });
    Ok(drifts.collect())
}

fn named(landlord: &crate::snapshot::Landlord) -> LandlordName {
    LandlordName {
        code: landlord.code.clone(),
        name: landlord.name.clone(),
    }
}

/// Refuses snapshots whose keys cannot be held against each other.
fn refuse_unlike(old: &Snapshot, new: &Snapshot) -> Result<()> {
    let why = if old.partitioned != new.partitioned {
        "one is that of a batch and the other that of one landlord, so that their keys differ"
    } else if new.as_of < old.as_of {
        "the second is as of an earlier day than the first; name the older one first"
    } else if !new.partitioned
        && let ([one], [other]) = (old.landlords.as_slice(), new.landlords.as_slice())
        && !one.code.eq_ignore_ascii_case(&other.code)
    {
        "they are those of two landlords"
    } else {
        return Ok(());
    };
    let (old, new) = (old.root().display(), new.root().display());
    Err(Error::Usage(format!(
        "{old} and {new} cannot be compared: {why}"
    )))
}

/// One landlord's files of a snapshot.
fn side(snapshot: &Snapshot, landlord: &str) -> Side {
    Side {
        alerts: snapshot.file(landlord, PERSON_ALERT, "parquet"),
        history: snapshot.file(landlord, PERSON_ALERT_HISTORY, "parquet"),
        vanished: snapshot.file(landlord, VANISHED, "csv"),
    }
}

fn begin_table(
    path: &Path,
    name: &str,
    standard: &Standard,
    partitioned: bool,
) -> Result<TableFile> {
    let table = standard.table(name);
    let table = table.ok_or_else(|| Error::Internal("a table is missing".to_owned()))?;
    TableFile::begin(path, standard, table, partitioned)
}

/// Writes events, and counts what they change.
fn write_events(
    told: Vec<Told>,
    fields: &Fields,
    own: &mut LandlordChanges,
    file: &mut TableFile,
) -> Result<()> {
    let mut changes = Vec::with_capacity(told.len());
    for event in told {
        let stamps = |at: &usize| fields.0[*at].role == fields::Role::Stamp;
        let touched = !event.fields.is_empty() && event.fields.iter().all(stamps);
        own.counts.touched += u64::from(touched);
        own.counts.recoded += u64::from(event.is_recoded);
        for at in &event.fields {
            *own.fields.entry(fields.0[*at].name.clone()).or_default() += 1;
        }
        changes.push(event.change);
    }
    changes::append(file, &changes)
}

/// The alerts that have vanished since the older snapshot.
fn vanished(comparison: &Comparison, fields: &Fields, as_of: i32) -> Result<Vec<Vanished>> {
    let Some(old) = &comparison.old else {
        return Ok(Vec::new());
    };
    let names = fields.names();
    let reference = fields.position("source_alert_ref");
    let mut all = Vec::with_capacity(comparison.vanished.len());
    for places in comparison.vanished.chunks(100_000) {
        let rows = old.rows_at(places, &names)?;
        for (row, place) in places.iter().enumerate() {
            let Value::Number(id) = rows.value(row, 0) else {
                continue;
            };
            all.push(Vanished {
                person_alert_id: id,
                source_alert_ref: match rows.value(row, reference) {
                    Value::Text(text) => Some(text.to_owned()),
                    _ => None,
                },
                vanished_as_of: day(as_of),
                why: comparison.why(*place),
            });
        }
    }
    Ok(all)
}

/// Counts the alerts of a table by the key of their code.
fn count_codes(table: &StoredTable, counts: &mut HashMap<i64, u64>) -> Result<()> {
    for group in 0..table.groups() {
        table.each_batch(group, &["person_alert_code_id"], |columns, rows| {
            for row in 0..rows {
                if let Value::Number(id) = columns[0].value(row) {
                    *counts.entry(id).or_default() += 1;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn day(days: i32) -> String {
    date_of(days).map_or_else(String::new, |date| date.to_string())
}
