//! Alerts that a log of changes has deleted and that no export has any more, as far as the values of their
//! changes tell their last state.
//!
//! They are inputs of their own, between the exports and the logs: what the exports have is skipped at the
//! gate, and the changes that come behind find the alert that they are about.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use rayon::ThreadPool;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::log_survey::{LogTexts, LoggedChange, survey};
use super::supply::{Input, InputKind, Job};
use crate::candidate::Candidates;
use crate::cell::{CellFault, fold};
use crate::check::history::EventKind;
use crate::chunk::{Chunk, Record, Span};
use crate::error::{Error, Result};
use crate::profile::{ALERT_CODE, ALERT_REFERENCE, Profile, Source};
use crate::read::InputPlace;
use crate::standard::Standard;

/// Deleted alerts that are mapped at a time.
const ALERTS: usize = 4096;
/// The field of an alert's key.
const ALERT_KEY: &str = "person_alert_id";
/// What must be known of an alert.
const NEEDED: [&str; 3] = ["person_id", ALERT_CODE, "start_date"];

/// How the members of a log's values are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// As the columns of the landlord's exports, and their values written as there.
    Columns,
    /// As the fields of the standard.
    Fields,
}

/// The inputs with those of deleted alerts among them: two for each log that tells the values of changes and
/// can be read twice, in front of the logs.
pub fn with_deleted(profile: &Profile, inputs: Vec<Input>) -> Vec<Input> {
    let Some(history) = profile.history.as_deref() else {
        return inputs;
    };
    let (alerts, logs): (Vec<Input>, Vec<Input>) = inputs
        .into_iter()
        .partition(|input| input.kind == InputKind::Alerts);
    let repeatable = |input: &&Input| match &input.place {
        InputPlace::Path(path) => path.is_file(),
        InputPlace::Stdin => false,
    };
    let all = logs.iter().all(|log| repeatable(&log)) && history.described.is_some();
    let described = logs.iter().filter(|_| all).flat_map(|log| {
        [Naming::Columns, Naming::Fields].map(|naming| Input {
            kind: InputKind::Deleted(naming),
            ..log.clone()
        })
    });
    let described: Vec<Input> = described.collect();
    alerts.into_iter().chain(described).chain(logs).collect()
}

/// A deleted alert as it lies in the file.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: i64,
    record: u32,
    line: u32,
    values: Map<String, Value>,
}

/// The deleted alerts of one log whose values are named alike.
#[derive(Default)]
pub(super) struct DeletedAlerts {
    /// Where they lie; nowhere where there are none.
    file: Option<BufReader<File>>,
    /// Names of the members that they have.
    members: BTreeSet<String>,
    /// How many alerts the log has deleted that are among no others.
    pub count: u64,
}

/// Some of them, on their way to a worker.
pub(super) struct DeletedChunk {
    pub chunk: Chunk,
    /// Keys of the alerts.
    pub ids: Vec<i64>,
}

/// Reads the logs of a landlord, and sorts their deleted alerts by log and naming; alerts of unknown state
/// are counted among those named by fields.
///
/// # Errors
/// A log cannot be read to its end, or a temporary file not be written.
pub(super) fn find(
    pool: &ThreadPool,
    job: &Job,
    standard: &Standard,
) -> Result<BTreeMap<(u32, Naming), DeletedAlerts>> {
    let found = survey(pool, job, standard)?;
    let mut texts = found.texts;
    let folder = job.temporary_folder();
    let mut spools: BTreeMap<(u32, Naming), Spool> = BTreeMap::new();
    let mut alert: Vec<LoggedChange> = Vec::new();
    let mut end = |alert: &[LoggedChange]| -> Result<()> {
        let Some(last) = alert.last().filter(|last| last.kind == EventKind::Delete) else {
            return Ok(());
        };
        let values = last_state(alert, &mut texts)?;
        let naming = naming(&values, &job.profile);
        let place = (last.input, naming.unwrap_or(Naming::Fields));
        let spool = match spools.entry(place) {
            Entry::Occupied(own) => own.into_mut(),
            Entry::Vacant(free) => free.insert(Spool::new(&folder)?),
        };
        spool.add(last, values, naming.is_some(), &folder)
    };
    found.changes.each(|change| {
        if alert
            .first()
            .is_some_and(|first| first.alert_id != change.alert_id)
        {
            end(&alert)?;
            alert.clear();
        }
        alert.push(change);
        Ok(())
    })?;
    end(&alert)?;
    let finished = spools
        .into_iter()
        .map(|(place, spool)| Ok((place, spool.finish(&folder)?)));
    finished.collect()
}

/// What the changes of an alert say of it, the later prevailing.
fn last_state(alert: &[LoggedChange], texts: &mut LogTexts) -> Result<Map<String, Value>> {
    let mut state = Map::new();
    for change in alert {
        let texts = texts.of(change)?;
        let parsed =
            |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
        let (old, new) = (parsed(&texts.old), parsed(&texts.new));
        match change.kind {
            EventKind::Delete => state.extend(old),
            _ => {
                for (name, value) in old {
                    state.entry(name).or_insert(value);
                }
                state.extend(new);
            }
        }
        state.insert(ALERT_REFERENCE.to_owned(), texts.reference.into());
    }
    Ok(state)
}

/// How the values are named that tell all that must be known; `None` where something is missing.
fn naming(values: &Map<String, Value>, landlord: &Profile) -> Option<Naming> {
    let has = |name: &str| value_of(values, name).is_some_and(|text| !text.is_empty());
    let plans = || {
        landlord
            .fields
            .iter()
            .filter(|plan| NEEDED.contains(&plan.name.as_str()))
    };
    let by_columns = !landlord.is_plural()
        && plans().all(|plan| match &plan.source {
            Source::Column(_) | Source::Composed(_) => {
                plan.source.columns().iter().all(|name| has(name))
            }
            Source::Constant(_) => true,
            Source::Absent => false,
        });
    match by_columns {
        true => Some(Naming::Columns),
        false => NEEDED
            .iter()
            .all(|name| has(name))
            .then_some(Naming::Fields),
    }
}

/// A value as the text of a cell; the name in any case.
fn value_of(values: &Map<String, Value>, name: &str) -> Option<String> {
    let folded = fold(name);
    let own = values.iter().find(|(own, _)| fold(own) == folded)?;
    Some(match own.1 {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    })
}

/// Deleted alerts on their way to a file.
struct Spool {
    file: BufWriter<File>,
    members: BTreeSet<String>,
    count: u64,
}

impl Spool {
    fn new(folder: &Path) -> Result<Spool> {
        let file = tempfile::tempfile_in(folder).map_err(|error| Error::output(folder, &error))?;
        Ok(Spool {
            file: BufWriter::new(file),
            members: BTreeSet::new(),
            count: 0,
        })
    }

    fn add(
        &mut self,
        last: &LoggedChange,
        values: Map<String, Value>,
        is_known: bool,
        folder: &Path,
    ) -> Result<()> {
        self.count += 1;
        if !is_known {
            return Ok(());
        }
        self.members.extend(values.keys().cloned());
        let kept = Kept {
            id: last.alert_id,
            record: last.record,
            line: last.line,
            values,
        };
        let line =
            serde_json::to_string(&kept).map_err(|error| Error::Internal(error.to_string()))?;
        writeln!(self.file, "{line}").map_err(|error| Error::output(folder, &error))
    }

    fn finish(self, folder: &Path) -> Result<DeletedAlerts> {
        let failed = |error: std::io::Error| Error::output(folder, &error);
        let mut file = self
            .file
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(DeletedAlerts {
            file: Some(BufReader::new(file)),
            members: self.members,
            count: self.count,
        })
    }
}

impl DeletedAlerts {
    /// The columns of their cells: all that the landlord's profile names, or the fields of which some alert
    /// says something.
    pub(super) fn columns(&self, naming: Naming, profile: &Profile) -> Vec<String> {
        let mut columns = profile.columns();
        if naming == Naming::Fields {
            let said: Vec<_> = self.members.iter().map(|name| fold(name)).collect();
            columns.retain(|name| name == ALERT_KEY || said.contains(&fold(name)));
        }
        columns
    }

    /// The next of them, as cells of these columns; `None` behind the last.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub(super) fn next_chunk(
        &mut self,
        columns: &[String],
        profile: &Profile,
        folder: &Path,
    ) -> Result<Option<DeletedChunk>> {
        let mut next = DeletedChunk {
            chunk: Chunk {
                width: columns.len(),
                ..Chunk::default()
            },
            ids: Vec::new(),
        };
        let mut line = String::new();
        while let Some(file) = self.file.as_mut().filter(|_| next.ids.len() < ALERTS) {
            line.clear();
            let read = file.read_line(&mut line);
            if read.map_err(|error| Error::output(folder, &error))? == 0 {
                break;
            }
            let kept: Kept =
                serde_json::from_str(&line).map_err(|error| Error::Internal(error.to_string()))?;
            next.add(&kept, columns, &key_columns(profile));
        }
        Ok((!next.ids.is_empty()).then_some(next))
    }
}

/// The columns that hold the landlord's key of an alert.
fn key_columns(profile: &Profile) -> Vec<&str> {
    let keyed = [ALERT_KEY, ALERT_REFERENCE];
    let plans = profile
        .fields
        .iter()
        .filter(|plan| keyed.contains(&plan.name.as_str()));
    let sources = plans.filter_map(|plan| match &plan.source {
        Source::Column(name) => Some(name.as_str()),
        _ => None,
    });
    sources.collect()
}

impl DeletedChunk {
    fn add(&mut self, kept: &Kept, columns: &[String], keys: &[&str]) {
        self.ids.push(kept.id);
        for column in columns {
            let name = match keys.contains(&column.as_str()) {
                true => ALERT_REFERENCE,
                false => column,
            };
            let text = value_of(&kept.values, name).unwrap_or_default();
            let start = self.chunk.text.len() as u32;
            self.chunk.text.push_str(&text);
            let end = self.chunk.text.len() as u32;
            self.chunk.spans.push(Span { start, end });
        }
        self.chunk.records.push(Record {
            number: u64::from(kept.record),
            line: u64::from(kept.line),
            row: 0,
            raw: 0..0,
        });
    }
}

/// Puts into deleted alerts what follows from that: their keys, and that they hold no longer. Of what these
/// fields said before nothing is told, nor that members named as fields hold the standard's own keys.
pub(super) fn archive(alerts: &mut Candidates, ids: &[i64], naming: Naming, standard: &Standard) {
    let status = standard.person_alert().field("alert_status");
    let archived =
        status.and_then(|field| field.allowed.iter().position(|word| word == "Archived"));
    for row in 0..alerts.rows {
        let id = ids.get(alerts.record_rows[row] as usize).copied();
        if let (Some(column), Some(id)) = (alerts.int64s_mut(ALERT_KEY), id) {
            column.set(row, id);
        }
        if let Some(column) = alerts.bools_mut("is_active") {
            column.set(row, false);
        }
        if let (Some(column), Some(place)) = (alerts.terms_mut("alert_status"), archived) {
            column.set(row, place as u8);
        }
    }
    let put = [ALERT_KEY, "is_active", "alert_status"].map(|name| alerts.position(name));
    alerts.faults.retain(|cell| {
        let is_usual = naming == Naming::Fields && cell.fault == CellFault::CodeByKey;
        !is_usual && !put.contains(&Some(usize::from(cell.field)))
    });
}
