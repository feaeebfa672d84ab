//! The first of two readings of logs of changes: in which order each alert was changed, and to what.
//!
//! Only logs are read twice that tell the values of changes. The values lie in an unnamed temporary file, and
//! beside them a sorted entry for each change, so that memory does not grow with the logs.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPool;
use rayon::prelude::*;

use super::date_orders;
use super::opening::{open_to_look, splitter};
use super::supply::{InputKind, Job};
use crate::candidate::{Candidates, Column};
use crate::check::history::EventKind;
use crate::chunk::Chunk;
use crate::error::{Error, Result};
use crate::map::{Binding, KnownReadings, map};
use crate::profile::Profile;
use crate::sorted_runs::{Plain, SortedRuns};
use crate::standard::Standard;

/// A change of an alert, and where its texts lie. The order is that of the alert's history: by time, then by
/// place in the logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LoggedChange {
    /// Key of the alert.
    pub alert_id: i64,
    time: i64,
    /// Index of the log among the landlord's inputs.
    pub input: u32,
    /// Number of the record in the log.
    pub record: u32,
    /// Physical line of the record.
    pub line: u32,
    pub kind: EventKind,
    /// Bytes of its texts in the file.
    text_bytes: u32,
    /// Where they begin.
    text_start: u64,
}

impl Plain for LoggedChange {
    const SIZE: usize = 41;

    fn put(&self, into: &mut Vec<u8>) {
        into.extend_from_slice(&self.alert_id.to_le_bytes());
        into.extend_from_slice(&self.time.to_le_bytes());
        into.extend_from_slice(&self.text_start.to_le_bytes());
        for number in [self.input, self.record, self.line, self.text_bytes] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        into.push(self.kind as u8);
    }

    fn take(bytes: &[u8]) -> LoggedChange {
        let long = |at: usize| {
            let own = bytes.get(at..at + 8).and_then(|own| own.try_into().ok());
            own.map_or(0, u64::from_le_bytes)
        };
        let short = |at: usize| {
            let own = bytes.get(at..at + 4).and_then(|own| own.try_into().ok());
            own.map_or(0, u32::from_le_bytes)
        };
        LoggedChange {
            alert_id: long(0) as i64,
            time: long(8) as i64,
            text_start: long(16),
            input: short(24),
            record: short(28),
            line: short(32),
            text_bytes: short(36),
            kind: EventKind::of(bytes.get(40).copied().unwrap_or_default()),
        }
    }
}

/// What a change says.
#[derive(Debug)]
pub(super) struct ChangeTexts {
    /// The landlord's own key of the alert.
    pub reference: String,
    /// The changed fields before it, as a JSON object or nothing.
    pub old: String,
    /// The same behind it.
    pub new: String,
}

/// Stands between the texts of a change; a reader lets none through.
const BETWEEN: char = '\0';

/// The changes of a landlord's logs.
pub(super) struct LogSurvey {
    pub changes: SortedRuns<LoggedChange>,
    pub texts: LogTexts,
}

/// The texts of changes.
pub(super) struct LogTexts {
    file: File,
    folder: PathBuf,
}

/// Reads the logs of a landlord whole.
///
/// # Errors
/// A log cannot be read to its end, or a temporary file cannot be written.
pub(super) fn survey(pool: &ThreadPool, job: &Job, standard: &Standard) -> Result<LogSurvey> {
    let folder = job.temporary_folder();
    let gathered = Mutex::new(Gathered::new(&folder)?);
    let logs = job.inputs.iter().enumerate();
    for (at, input) in logs.filter(|(_, input)| input.kind == InputKind::Log) {
        let profile = input.profile(&job.profile);
        let (mut reader, mut binding) = open_to_look(profile, input)?;
        date_orders::settle(pool, profile, input, &mut binding)?;
        let splitter = splitter(profile, &reader, &binding);
        let mut ended = false;
        let chunks = std::iter::from_fn(|| {
            let next = if ended {
                None
            } else {
                reader.next_chunk().transpose()
            };
            ended = !matches!(next, Some(Ok(_)));
            next
        });
        let gather = |raw: Result<_>| {
            let chunk = splitter.split(raw?);
            let mut known = KnownReadings::default();
            let references = &job.references;
            let changes = map(&chunk, profile, &binding, job.keys, references, &mut known);
            let told = told(&chunk, &changes, profile, &binding, standard);
            let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
            gathered.add(at as u32, told)
        };
        pool.install(|| chunks.par_bridge().try_for_each(gather))?;
    }
    let gathered = gathered.into_inner();
    gathered.unwrap_or_else(PoisonError::into_inner).finish()
}

/// The changes of a chunk whose alert, time and action can be read, each with its texts.
fn told(
    chunk: &Chunk,
    changes: &Candidates,
    profile: &Profile,
    binding: &Binding,
    standard: &Standard,
) -> Vec<(LoggedChange, String)> {
    let columns = (
        changes.int64s("person_alert_id"),
        changes.timestamps("change_timestamp"),
        changes.terms("action_type"),
        changes.position("person_alert_id"),
    );
    let (Some(alerts), Some(times), Some(actions), Some(key)) = columns else {
        return Vec::new();
    };
    let kinds = EventKind::actions(standard);
    let text = |name: &str, row: usize| match changes.column(name) {
        Some(Column::Text(texts)) => texts.get(row).unwrap_or_default(),
        _ => "",
    };
    let told = (0..changes.rows).filter_map(|row| {
        let place = changes.record_rows[row] as usize;
        let nulls = &profile.plan(0, key)?.null_values;
        let reference = binding.source(0, key).text(chunk, place, nulls);
        let texts = [&*reference, text("old_value", row), text("new_value", row)];
        let change = LoggedChange {
            alert_id: *alerts.get(row)?,
            time: *times.get(row)?,
            input: 0,
            record: chunk.records[place].number as u32,
            line: chunk.records[place].line as u32,
            kind: *kinds.get(usize::from(*actions.get(row)?))?,
            text_bytes: 0,
            text_start: 0,
        };
        Some((change, texts.join(&BETWEEN.to_string())))
    });
    told.collect()
}

/// Changes as they are gathered, in no order.
struct Gathered {
    changes: SortedRuns<LoggedChange>,
    file: BufWriter<File>,
    written: u64,
    folder: PathBuf,
}

impl Gathered {
    fn new(folder: &Path) -> Result<Gathered> {
        let file = tempfile::tempfile_in(folder).map_err(|error| Error::output(folder, &error))?;
        Ok(Gathered {
            changes: SortedRuns::new(folder),
            file: BufWriter::new(file),
            written: 0,
            folder: folder.to_owned(),
        })
    }

    fn add(&mut self, input: u32, told: Vec<(LoggedChange, String)>) -> Result<()> {
        for (change, text) in told {
            let written = self.file.write_all(text.as_bytes());
            written.map_err(|error| Error::output(&self.folder, &error))?;
            self.changes.extend([LoggedChange {
                input,
                text_bytes: text.len() as u32,
                text_start: self.written,
                ..change
            }])?;
            self.written += text.len() as u64;
        }
        Ok(())
    }

    fn finish(self) -> Result<LogSurvey> {
        let file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error);
        let file = file.map_err(|error| Error::output(&self.folder, &error))?;
        Ok(LogSurvey {
            changes: self.changes,
            texts: LogTexts {
                file,
                folder: self.folder,
            },
        })
    }
}

impl LogTexts {
    /// The texts of a change.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub(super) fn of(&mut self, change: &LoggedChange) -> Result<ChangeTexts> {
        let mut bytes = vec![0; change.text_bytes as usize];
        self.read(change.text_start, &mut bytes)
            .map_err(|error| Error::output(&self.folder, &error))?;
        let text = String::from_utf8_lossy(&bytes);
        let mut parts = text.splitn(3, BETWEEN).map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Ok(ChangeTexts {
            reference: next(),
            old: next(),
            new: next(),
        })
    }

    fn read(&mut self, start: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::io::{Read, Seek, SeekFrom};
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_for_changes() {
        let change = LoggedChange {
            alert_id: -5,
            time: i64::MAX,
            input: 1,
            record: u32::MAX,
            line: 3,
            kind: EventKind::Delete,
            text_bytes: 7,
            text_start: u64::MAX,
        };
        let mut bytes = Vec::new();
        change.put(&mut bytes);
        assert_eq!(bytes.len(), LoggedChange::SIZE);
        assert_eq!(LoggedChange::take(&bytes), change);
    }
}
