//! A conversion that goes on from an earlier output: the history that was carried so far goes on with what
//! has changed, and alerts that the export no longer holds stay.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use arrow_array::ArrayRef;

use super::absent;
use super::comparison::{Comparison, Side, compare, each_alert};
use super::drift::{ListPair, pair_lists};
use super::event::DAY;
use super::events::{Days, another_key, each_beginning, each_event};
use super::fields::Fields;
use super::kept_rows::{self, Kept};
use super::{
    Choices, VANISHED, begin_report, begin_table, day, drift, named, vanished, write_events,
};
use crate::error::{Error, Result};
use crate::report::changes::{ChangesReport, LandlordChanges};
use crate::snapshot::Snapshot;
use crate::snapshot::cells::Value;
use crate::snapshot::code_lists::CodeList;
use crate::snapshot::stored_table::StoredTable;
use crate::snapshot::vanished::Vanished;
use crate::standard::{CONTRACTOR_VIEW, PERSON_ALERT, PERSON_ALERT_HISTORY, Standard};
use crate::write::folder::{copy_file, move_aside};
use crate::write::layout::Layout;

/// An earlier output that a conversion goes on from.
pub struct Since<'s> {
    previous: &'s Snapshot,
    standard: &'s Standard,
    fields: Fields,
    lists: Vec<ListPair>,
    days: Days,
    report: ChangesReport,
    /// The alerts of the landlords that were carried on.
    tables: Vec<PathBuf>,
}

impl<'s> Since<'s> {
    /// Begins to go on from an output, with a conversion as of that day.
    ///
    /// # Errors
    /// The output cannot be read, or is as of a later day.
    pub fn begin(previous: &'s Snapshot, standard: &'s Standard, as_of: i32) -> Result<Since<'s>> {
        if as_of < previous.as_of {
            return Err(Error::Usage(format!(
                "{} is as of {}, which is after the day of this run; give --as-of the day of the export",
                previous.root().display(),
                day(previous.as_of),
            )));
        }
        let mut fields = Fields::of(standard);
        let lists = pair_lists(previous, standard, &mut fields, |table| {
            Ok(CodeList::of(standard, table))
        })?;
        Ok(Since {
            report: begin_report(previous, as_of, &standard.code_list_hash),
            previous,
            standard,
            fields,
            lists,
            days: Days {
                old: previous.as_of,
                new: as_of,
            },
            tables: Vec::new(),
        })
    }

    /// Goes on with the files of one landlord, which has been converted into that layout.
    ///
    /// # Errors
    /// The earlier output cannot be read, far fewer alerts than before, or a file that cannot be written.
    pub fn carry_on(&mut self, layout: &Layout, choices: &Choices) -> Result<()> {
        let alerts = layout.file(PERSON_ALERT, "parquet")?;
        let history = layout.file(PERSON_ALERT_HISTORY, "parquet")?;
        let vanished_list = layout.file(VANISHED, "csv")?;
        let own = self.previous.landlord(&choices.landlord);
        let older = own.map(|own| super::side(self.previous, &own.code));
        let newer = Side {
            alerts: alerts.clone(),
            history: PathBuf::new(),
            vanished: PathBuf::new(),
        };
        let root = layout.root();
        let (fields, as_of) = (&self.fields, self.days.new);
        let comparison = compare(older.as_ref(), &newer, fields, choices, as_of, root)?;
        let mut own = LandlordChanges::of(&choices.landlord, comparison.counts);
        let partitioned = layout.is_partition();
        self.go_on(
            &history,
            &comparison,
            older.as_ref(),
            choices,
            partitioned,
            &mut own,
        )?;
        absent::write(&vanished_list, &self.all_vanished(&comparison)?)?;
        self.keep(&alerts, comparison, choices, partitioned)?;
        self.report.add(own);
        self.tables.push(alerts);
        Ok(())
    }

    /// What has vanished at any time and is not there again, in the order in which it is kept.
    fn all_vanished(&self, comparison: &Comparison) -> Result<Vec<Vanished>> {
        let places = &comparison.still_absent[0];
        let ids = kept_rows::ids(comparison, places)?;
        let listed = &comparison.old_absent.vanished;
        let still = places.iter().zip(ids);
        let still = still.filter_map(|(place, id)| {
            let why = comparison.why(*place);
            let listed = listed.get(&id)?.clone();
            Some((*place, Vanished { why, ..listed }))
        });
        let gone = vanished(comparison, &self.fields, self.days.new)?;
        let gone = comparison.vanished.iter().copied().zip(gone);
        let mut all: Vec<(u32, Vanished)> = still.chain(gone).collect();
        all.sort_by_key(|(place, _)| *place);
        Ok(all.into_iter().map(|(_, vanished)| vanished).collect())
    }

    /// Writes the history: what was carried so far, then what has changed.
    fn go_on(
        &self,
        path: &Path,
        comparison: &Comparison,
        older: Option<&Side>,
        choices: &Choices,
        partitioned: bool,
        own: &mut LandlordChanges,
    ) -> Result<()> {
        // the conversion had no log, so what it wrote is empty
        std::fs::remove_file(path).map_err(|error| Error::output(path, &error))?;
        let mut file = begin_table(path, PERSON_ALERT_HISTORY, self.standard, partitioned)?;
        let mut teller = choices.teller(&self.fields);
        let before = older.map(|side| side.history.as_path());
        let mut carried = 0;
        if let Some(before) = before.filter(|before| before.is_file()) {
            let stored = StoredTable::open(before)?;
            carried = stored.rows();
            teller.taken_ids = late_ids(&stored, i64::from(self.days.new) * DAY)?;
            file.take_over(before, |_, _| Ok(None))?;
        }
        if let Some(table) = &comparison.old {
            let (places, what) = match carried {
                0 => ((0..table.rows()).collect(), "in the first export"),
                _ => (
                    without_history(table, older)?,
                    "in the first export, and in no log",
                ),
            };
            // beginnings are no changes between the two
            let mut apart = LandlordChanges::of(&own.code, own.counts);
            each_beginning(table, &places, &teller, (self.days, what), |told| {
                write_events(told, &self.fields, &mut apart, &mut file)
            })?;
        }
        each_event(comparison, &teller, self.days, true, |told| {
            write_events(told, &self.fields, own, &mut file)
        })?;
        file.finish()?;
        Ok(())
    }

    /// Gives alerts their first keys again, and adds those that the export no longer holds.
    fn keep(
        &self,
        path: &Path,
        comparison: Comparison,
        choices: &Choices,
        partitioned: bool,
    ) -> Result<()> {
        let keys = first_keys(&comparison, &choices.landlord)?;
        let kept = Kept::of(&comparison);
        if keys.is_empty() && kept.is_empty() {
            return Ok(());
        }
        let converted = move_aside(path)?;
        let mut file = begin_table(path, PERSON_ALERT, self.standard, partitioned)?;
        let table = &comparison.new;
        let replaced = |group: usize, column: &str| -> Result<Option<ArrayRef>> {
            let places = table.places(group);
            let from = keys.partition_point(|(place, _)| *place < places.start);
            let to = keys.partition_point(|(place, _)| *place < places.end);
            if column != "person_alert_id" || from == to {
                return Ok(None);
            }
            let own = kept_rows::with_keys(&converted, group, &keys[from..to], places.start);
            own.map(Some)
        };
        file.take_over(&converted, replaced)?;
        if let Some(old) = &comparison.old {
            let landlord = choices.landlord.as_str();
            kept.append(&mut file, old, &self.fields, landlord)?;
        }
        let rows = file.finish()?;
        let expected = u64::from(table.rows()) + kept.len() as u64;
        if rows != expected {
            return Err(Error::Ledger(format!(
                "{}: {expected} alerts are to be kept, {rows} are in the file",
                choices.landlord
            )));
        }
        std::fs::remove_file(&converted).map_err(|error| Error::output(&converted, &error))
    }

    /// Copies the files of the landlords that this run has not converted, and ends the report; returns
    /// their codes, and where the files lie.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub fn finish(mut self, root: &Path) -> Result<(ChangesReport, Vec<(String, Layout)>)> {
        let mut copied = Vec::new();
        for landlord in &self.previous.landlords {
            let mut converted = self.report.landlords.iter();
            if !self.previous.partitioned
                || converted.any(|own| own.code.eq_ignore_ascii_case(&landlord.code))
            {
                continue;
            }
            let layout = Layout::partition(root, &landlord.code);
            for (stem, ending) in [
                (PERSON_ALERT, "parquet"),
                (PERSON_ALERT_HISTORY, "parquet"),
                (CONTRACTOR_VIEW, "parquet"),
                (VANISHED, "csv"),
            ] {
                let from = self.previous.file(&landlord.code, stem, ending);
                if from.is_file() {
                    copy_file(&from, &layout.file(stem, ending)?)?;
                }
            }
            self.tables.push(layout.file(PERSON_ALERT, "parquet")?);
            self.report.landlords_missing.push(named(landlord));
            copied.push((landlord.code.clone(), layout));
        }
        self.report.code_lists = drift(&self.lists, &self.tables)?;
        Ok((self.report, copied))
    }
}

/// The alerts of which a history that was imported tells nothing. One that pac has carried on before has a
/// beginning of every alert.
fn without_history(table: &StoredTable, older: Option<&Side>) -> Result<Vec<u32>> {
    let Some(side) = older.filter(|side| !side.vanished.is_file()) else {
        return Ok(Vec::new());
    };
    let mut told: HashSet<i64> = HashSet::new();
    each_alert(&StoredTable::open(&side.history)?, |_, id| {
        told.insert(id);
    })?;
    let mut places = Vec::new();
    each_alert(table, |place, id| {
        if !told.contains(&id) {
            places.push(place);
        }
    })?;
    Ok(places)
}

/// The keys of earlier changes that a change of this run might be given: those of its day and later.
fn late_ids(history: &StoredTable, from: i64) -> Result<HashSet<i64>> {
    let mut ids = HashSet::new();
    let names = ["person_alert_history_id", "change_timestamp"];
    for group in 0..history.groups() {
        history.each_batch(group, &names, |columns, rows| {
            for row in 0..rows {
                if let (Value::Number(id), Value::Time(time)) =
                    (columns[0].value(row), columns[1].value(row))
                    && time >= from
                {
                    ids.insert(id);
                }
            }
            Ok(())
        })?;
    }
    Ok(ids)
}

/// The keys that rows of the newer table are to have instead of their own, in their order.
fn first_keys(comparison: &Comparison, landlord: &str) -> Result<Vec<(u32, i64)>> {
    let mut keys = Vec::new();
    let olds: Vec<u32> = {
        let mut olds: Vec<u32> = comparison.renamed.iter().map(|pair| pair.old).collect();
        olds.sort_unstable();
        olds
    };
    let first = kept_rows::ids(comparison, &olds)?;
    let first: HashMap<u32, i64> = olds.into_iter().zip(first).collect();
    for pair in &comparison.renamed {
        keys.extend(first.get(&pair.old).map(|id| (pair.new, *id)));
    }
    let rows = comparison
        .new
        .rows_at(&comparison.taken_keys, &["person_alert_id"])?;
    for (row, place) in comparison.taken_keys.iter().enumerate() {
        if let Value::Number(id) = rows.value(row, 0) {
            keys.push((*place, another_key(id, landlord)));
        }
    }
    keys.sort_unstable();
    Ok(keys)
}
