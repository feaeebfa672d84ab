//! Alerts that stand in a snapshot although its export did not hold them: what was deleted stands there as
//! archived and what has vanished as it last was, so that their histories resolve.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::comparison::Side;
use crate::error::{Error, Result};
use crate::snapshot::cells::Value;
use crate::snapshot::stored_table::StoredTable;
use crate::snapshot::vanished::{self, Vanished};
use crate::write::folder::create_file;

/// Status of an alert that was deleted.
pub(super) const ARCHIVED: &str = "Archived";

/// The alerts of a snapshot that its export did not hold.
#[derive(Debug, Default)]
pub(super) struct Absent {
    /// What has vanished, by key.
    pub vanished: HashMap<i64, Vanished>,
    /// What was deleted.
    pub deleted: HashSet<i64>,
}

impl Absent {
    pub(super) fn has(&self, id: i64) -> bool {
        !self.is_empty() && (self.vanished.contains_key(&id) || self.deleted.contains(&id))
    }

    fn is_empty(&self) -> bool {
        self.vanished.is_empty() && self.deleted.is_empty()
    }

    /// Reads what a snapshot says of them: the list of what has vanished, where there is one, and the
    /// history, in which what was deleted ends with that.
    pub(super) fn read(side: &Side, alerts: &StoredTable) -> Result<Absent> {
        let mut absent = Absent::default();
        for row in vanished::read(&side.vanished)? {
            absent.vanished.insert(row.person_alert_id, row);
        }
        if side.history.is_file() {
            let deleted = deleted(&StoredTable::open(&side.history)?)?;
            absent.deleted = archived(alerts, &deleted)?;
        }
        Ok(absent)
    }
}

/// Those of the alerts that stand as archived: what was deleted and holds all the same is there.
fn archived(alerts: &StoredTable, deleted: &HashSet<i64>) -> Result<HashSet<i64>> {
    let mut archived = HashSet::new();
    let groups = 0..if deleted.is_empty() {
        0
    } else {
        alerts.groups()
    };
    for group in groups {
        let names = ["person_alert_id", "is_active", "alert_status"];
        alerts.each_batch(group, &names, |columns, rows| {
            for row in 0..rows {
                let (Value::Number(id), Value::Bool(false), Value::Text(ARCHIVED)) = (
                    columns[0].value(row),
                    columns[1].value(row),
                    columns[2].value(row),
                ) else {
                    continue;
                };
                if deleted.contains(&id) {
                    archived.insert(id);
                }
            }
            Ok(())
        })?;
    }
    Ok(archived)
}

/// Writes the list of what has vanished.
pub(super) fn write(path: &Path, all: &[Vanished]) -> Result<()> {
    let failed = |error: csv::Error| Error::Output {
        path: path.to_owned(),
        why: error.to_string(),
    };
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(create_file(path)?);
    writer.write_record(vanished::COLUMNS).map_err(failed)?;
    for row in all {
        writer.serialize(row).map_err(failed)?;
    }
    writer.flush().map_err(|error| Error::output(path, &error))
}

const COLUMNS: [&str; 3] = ["person_alert_id", "action_type", "change_timestamp"];

/// The alerts of which the latest change is that they were deleted.
fn deleted(history: &StoredTable) -> Result<HashSet<i64>> {
    let mut ever = HashSet::new();
    each_change(history, |id, is_delete, _| {
        if is_delete {
            ever.insert(id);
        }
    })?;
    if ever.is_empty() {
        return Ok(ever);
    }
    let mut latest: HashMap<i64, (i64, bool)> = HashMap::new();
    each_change(history, |id, is_delete, time| {
        if ever.contains(&id) {
            let own = latest.entry(id).or_insert((i64::MIN, false));
            // of two at one time the later row is the later change
            if own.0 <= time {
                *own = (time, is_delete);
            }
        }
    })?;
    ever.retain(|id| latest.get(id).is_some_and(|(_, is_delete)| *is_delete));
    Ok(ever)
}

fn each_change(history: &StoredTable, mut see: impl FnMut(i64, bool, i64)) -> Result<()> {
    for group in 0..history.groups() {
        history.each_batch(group, &COLUMNS, |columns, rows| {
            for row in 0..rows {
                let cells = (
                    columns[0].value(row),
                    columns[1].value(row),
                    columns[2].value(row),
                );
                if let (Value::Number(id), Value::Text(action), Value::Time(time)) = cells {
                    see(id, action == "DELETE", time);
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}
