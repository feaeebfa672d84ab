//! What the alerts of a landlord look like, read back from the file that was written: so the numbers are
//! those of the output and not of what was meant to be one.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::thread;

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Date32Type, Int32Type, Int64Type};
use arrow_array::{BooleanArray, PrimitiveArray, RecordBatch};
use chrono::Datelike;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::named_counts::NamedCounts;
use crate::cell::date::date_of;
use crate::distinct::Distinct;
use crate::error::{Error, Result};
use crate::standard::Standard;

/// The columns that are read.
const READ: [&str; 6] = [
    "person_id",
    "person_alert_code_id",
    "source_type_id",
    "start_date",
    "review_date",
    "is_active",
];

/// What the alerts of one landlord look like.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Portrait {
    /// Code of the landlord.
    pub landlord: String,
    /// Its alerts.
    pub alerts: u64,
    /// The people that they are about.
    pub people: u64,
    /// Whether that is an estimate.
    #[serde(default, skip_serializing_if = "is_false")]
    pub people_estimated: bool,
    /// Alerts that are active.
    pub active: u64,
    /// Of the active, those whose review was due before the day of the run.
    pub overdue: u64,
    /// Alerts by code.
    pub by_code: BTreeMap<String, u64>,
    /// Alerts by source; those without one are left out.
    pub by_source: BTreeMap<String, u64>,
    /// Alerts by month of their start, such as `2024-05`.
    pub by_month: BTreeMap<String, u64>,
    /// How many alerts fill a field, in the order of the table.
    pub filled: NamedCounts,
}

/// A code that alerts have, with what a report says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeInWords {
    /// The subcode.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name of its category.
    pub category: String,
    /// Whether it is critical.
    #[serde(default, skip_serializing_if = "is_false")]
    pub critical: bool,
    /// Whether it is relevant to Awaab's Law.
    #[serde(default, skip_serializing_if = "is_false")]
    pub awaab_relevant: bool,
}

fn is_false(holds: &bool) -> bool {
    !holds
}

/// Counts while the rows go by.
#[derive(Default)]
struct Counting {
    people: Distinct<1024>,
    active: u64,
    overdue: u64,
    codes: Tally,
    sources: Tally,
    days: Tally,
}

/// How often each number occurs: the few small ones, and days from 1970 on, in a row, all others in a map.
#[derive(Default)]
struct Tally {
    near: Vec<u64>,
    far: FxHashMap<i32, u64>,
}

impl Tally {
    /// Numbers from 0 on that have a place in the row; as days they reach into the year 2059.
    const NEAR: usize = 1 << 15;

    fn add(&mut self, numbers: impl Iterator<Item = i32>) {
        self.near.resize(Tally::NEAR, 0);
        for number in numbers {
            let near = usize::try_from(number).ok();
            match near.and_then(|near| self.near.get_mut(near)) {
                Some(count) => *count += 1,
                None => *self.far.entry(number).or_default() += 1,
            }
        }
    }

    fn merge(&mut self, other: &Tally) {
        self.near.resize(self.near.len().max(other.near.len()), 0);
        for (own, more) in self.near.iter_mut().zip(&other.near) {
            *own += more;
        }
        for (number, count) in &other.far {
            *self.far.entry(*number).or_default() += count;
        }
    }

    fn counts(&self) -> impl Iterator<Item = (i32, u64)> {
        let near = (0..).zip(self.near.iter().copied());
        let far = self.far.iter().map(|(number, count)| (*number, *count));
        near.filter(|(_, count)| *count > 0).chain(far)
    }
}

impl Portrait {
    /// Looks at a landlord's file of alerts, with so many threads; `as_of` is the day of the run, in days since
    /// 1970-01-01.
    ///
    /// # Errors
    /// The file cannot be read back.
    pub fn read(
        path: &Path,
        landlord: &str,
        as_of: i32,
        standard: &Standard,
        threads: usize,
    ) -> Result<Portrait> {
        let file = File::open(path).map_err(|error| Error::output(path, &error))?;
        let footer = ArrowReaderMetadata::load(&file, ArrowReaderOptions::default());
        let footer = footer.map_err(|error| Error::parquet(path, &error))?;
        let groups: Vec<usize> = (0..footer.metadata().num_row_groups()).collect();
        let counting = thread::scope(|scope| {
            let parts = groups.chunks(groups.len().div_ceil(threads).max(1));
            let parts = parts.map(|groups| {
                let footer = footer.clone();
                scope.spawn(move || Counting::of(path, footer, groups.to_vec(), as_of))
            });
            let parts: Vec<_> = parts.collect();
            let mut all = Counting::default();
            for part in parts {
                let crashed = |_| Error::Internal("a thread that counts has crashed".to_owned());
                all.merge(&part.join().map_err(crashed)??);
            }
            Ok::<Counting, Error>(all)
        })?;
        let alerts = footer.metadata().file_metadata().num_rows() as u64;
        let filled = filled(footer.metadata());
        Ok(counting.portrait(landlord, alerts, filled, standard))
    }
}

/// How many rows fill each column, from the statistics of the file; a column that has none is left out.
fn filled(metadata: &ParquetMetaData) -> NamedCounts {
    let schema = metadata.file_metadata().schema_descr();
    let fields = schema.columns().iter().enumerate();
    let fields = fields.filter_map(|(at, column)| {
        let groups = metadata.row_groups().iter();
        let filled = groups.map(|group| {
            let empty = group.column(at).statistics()?.null_count_opt()?;
            Some(group.num_rows() as u64 - empty)
        });
        Some((column.name().to_owned(), filled.sum::<Option<u64>>()?))
    });
    fields.collect()
}

impl Counting {
    /// The counts of some row groups of a file.
    fn of(
        path: &Path,
        footer: ArrowReaderMetadata,
        groups: Vec<usize>,
        as_of: i32,
    ) -> Result<Counting> {
        let failed = |error: ParquetError| Error::parquet(path, &error);
        let file = File::open(path).map_err(|error| Error::output(path, &error))?;
        let columns = ProjectionMask::columns(footer.parquet_schema(), READ);
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, footer)
            .with_projection(columns)
            .with_row_groups(groups)
            .with_batch_size(8192);
        let mut counting = Counting::default();
        for batch in reader.build().map_err(failed)? {
            let batch = batch.map_err(|error| Error::Internal(error.to_string()))?;
            counting.count(&batch, as_of);
        }
        Ok(counting)
    }

    fn merge(&mut self, other: &Counting) {
        self.people.merge(&other.people);
        self.active += other.active;
        self.overdue += other.overdue;
        self.codes.merge(&other.codes);
        self.sources.merge(&other.sources);
        self.days.merge(&other.days);
    }

    fn count(&mut self, batch: &RecordBatch, as_of: i32) {
        if let Some(persons) = numbers::<Int64Type>(batch, "person_id") {
            persons.iter().flatten().for_each(|id| self.people.add(id));
        }
        if let Some(codes) = numbers::<Int32Type>(batch, "person_alert_code_id") {
            self.codes.add(codes.iter().flatten());
        }
        if let Some(sources) = numbers::<Int32Type>(batch, "source_type_id") {
            self.sources.add(sources.iter().flatten());
        }
        if let Some(starts) = numbers::<Date32Type>(batch, "start_date") {
            self.days.add(starts.iter().flatten());
        }
        let active = batch.column_by_name("is_active");
        let Some(active) = active.and_then(|own| own.as_boolean_opt()) else {
            return;
        };
        self.active += active.true_count() as u64;
        if let Some(reviews) = numbers::<Date32Type>(batch, "review_date") {
            self.overdue += overdue(active, reviews, as_of);
        }
    }

    fn portrait(
        self,
        landlord: &str,
        alerts: u64,
        filled: NamedCounts,
        standard: &Standard,
    ) -> Portrait {
        let mut by_month: BTreeMap<String, u64> = BTreeMap::new();
        for (day, count) in self.days.counts() {
            if let Some(date) = date_of(day) {
                let month = format!("{:04}-{:02}", date.year(), date.month());
                *by_month.entry(month).or_default() += count;
            }
        }
        let source = |id: i32| named_row(standard, "source_types", id, 2);
        let code = |id: i32| standard.codes.by_id(id).map(|code| code.subcode.clone());
        let (people, exact) = self.people.count();
        Portrait {
            landlord: landlord.to_owned(),
            alerts,
            // an estimate is no more than the alerts
            people: people.min(alerts),
            people_estimated: !exact,
            active: self.active,
            overdue: self.overdue,
            by_code: named(&self.codes, code),
            by_source: named(&self.sources, source),
            by_month,
            filled,
        }
    }
}

fn numbers<'b, T: ArrowPrimitiveType>(
    batch: &'b RecordBatch,
    column: &str,
) -> Option<&'b PrimitiveArray<T>> {
    batch.column_by_name(column)?.as_primitive_opt()
}

fn overdue(active: &BooleanArray, reviews: &PrimitiveArray<Date32Type>, as_of: i32) -> u64 {
    let rows = active.iter().zip(reviews.iter());
    let overdue = rows.filter(|(active, review)| {
        *active == Some(true) && review.is_some_and(|review| review < as_of)
    });
    overdue.count() as u64
}

fn named(counts: &Tally, name: impl Fn(i32) -> Option<String>) -> BTreeMap<String, u64> {
    let mut named = BTreeMap::new();
    for (id, count) in counts.counts() {
        let name = name(id).unwrap_or_else(|| format!("number {id}"));
        *named.entry(name).or_default() += count;
    }
    named
}

/// A cell of the row with that key in a code list.
fn named_row(standard: &Standard, list: &str, id: i32, at: usize) -> Option<String> {
    let id = id.to_string();
    let mut rows = standard.lookup(list)?.rows.iter();
    let row = rows.find(|row| row.first().and_then(Option::as_ref) == Some(&id))?;
    row.get(at).cloned().flatten()
}

/// The codes that the alerts of some landlords have, in words, in the order of the standard.
pub fn codes_in_words(portraits: &[Portrait], standard: &Standard) -> Vec<CodeInWords> {
    let occurs = |subcode: &str| {
        portraits
            .iter()
            .any(|own| own.by_code.contains_key(subcode))
    };
    let codes = standard.codes.iter().filter(|code| occurs(&code.subcode));
    let words = codes.map(|code| CodeInWords {
        code: code.subcode.clone(),
        name: match code.name == code.subname {
            true => code.name.clone(),
            false => format!("{}: {}", code.name, code.subname),
        },
        category: named_row(standard, "alert_categories", code.category_id, 1).unwrap_or_default(),
        critical: code.is_critical,
        awaab_relevant: code.is_awaab_relevant,
    });
    words.collect()
}
