//! Rows of an earlier output that stay in the next one, although the export no longer holds them: what has
//! vanished as it last was, what was deleted as archived.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Int32Builder, Int64Builder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, Int64Array, new_null_array};
use arrow_schema::{DataType, Field};

use super::absent::ARCHIVED;
use super::comparison::Comparison;
use super::fields::Fields;
use crate::error::{Error, Result};
use crate::snapshot::cells::{Cells, Rows, Value};
use crate::snapshot::stored_table::StoredTable;
use crate::write::table_file::TableFile;

/// Rows that are written at a time.
const AT_A_TIME: usize = 100_000;

/// Rows of an older table that stay, by their places.
pub(super) struct Kept {
    places: Vec<u32>,
    /// Those of them whose alerts are deleted by this run.
    deleted: Vec<u32>,
}

impl Kept {
    pub(super) fn of(comparison: &Comparison) -> Kept {
        let [vanished, deleted] = &comparison.still_absent;
        let lists = [vanished, deleted, &comparison.vanished, &comparison.deleted];
        let mut places: Vec<u32> = lists.into_iter().flatten().copied().collect();
        places.sort_unstable();
        Kept {
            places,
            deleted: comparison.deleted.clone(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Appends them to a table of alerts.
    pub(super) fn append(
        &self,
        file: &mut TableFile,
        old: &StoredTable,
        fields: &Fields,
        landlord: &str,
    ) -> Result<()> {
        let names = fields.names();
        for places in self.places.chunks(AT_A_TIME) {
            let rows = old.rows_at(places, &names)?;
            file.append(|field| {
                let at = fields.position(field.name());
                let cell = |row: usize| -> Value<'_> {
                    let deleted = self.deleted.binary_search(&places[row]).is_ok();
                    match (field.name().as_str(), deleted) {
                        ("is_active", true) => Value::Bool(false),
                        ("alert_status", true) => Value::Text(ARCHIVED),
                        ("landlord", _) => Value::Text(landlord),
                        _ => fields.0[at].renumber(rows.value(row, at)),
                    }
                };
                Ok(array(field, rows.len(), cell))
            })?;
        }
        Ok(())
    }
}

/// Values as a column of that field.
fn array<'v>(field: &Field, rows: usize, cell: impl Fn(usize) -> Value<'v>) -> ArrayRef {
    macro_rules! filled {
        ($builder:expr, $value:pat => $own:expr) => {{
            let mut builder = $builder;
            for row in 0..rows {
                builder.append_option(match cell(row) {
                    $value => Some($own),
                    _ => None,
                });
            }
            builder.finish()
        }};
    }
    match field.data_type() {
        DataType::Boolean => Arc::new(filled!(BooleanBuilder::new(), Value::Bool(yes) => yes)),
        DataType::Int32 => {
            Arc::new(filled!(Int32Builder::new(), Value::Number(number) => number as i32))
        }
        DataType::Int64 => Arc::new(filled!(Int64Builder::new(), Value::Number(number) => number)),
        DataType::Date32 => Arc::new(filled!(Date32Builder::new(), Value::Day(day) => day)),
        DataType::Utf8 => Arc::new(filled!(StringBuilder::new(), Value::Text(text) => text)),
        DataType::Timestamp(..) => {
            let times = filled!(TimestampMicrosecondBuilder::new(), Value::Time(time) => time);
            Arc::new(times.with_timezone("UTC"))
        }
        other => new_null_array(other, rows),
    }
}

/// The keys of rows of the older table.
pub(super) fn ids(comparison: &Comparison, places: &[u32]) -> Result<Vec<i64>> {
    let rows = match &comparison.old {
        Some(old) => old.rows_at(places, &["person_alert_id"])?,
        None => Rows::default(),
    };
    let ids = (0..rows.len()).filter_map(|row| match rows.value(row, 0) {
        Value::Number(id) => Some(id),
        _ => None,
    });
    Ok(ids.collect())
}

/// The keys of a row group with others in some places, which are those of the whole table.
pub(super) fn with_keys(
    path: &Path,
    group: usize,
    keys: &[(u32, i64)],
    start: u32,
) -> Result<ArrayRef> {
    let mut all: Vec<i64> = Vec::new();
    StoredTable::open(path)?.each_batch(group, &["person_alert_id"], |columns, _| {
        if let Cells::Int64(ids) = &columns[0] {
            all.extend_from_slice(ids.values());
        }
        Ok(())
    })?;
    for (place, id) in keys {
        let at = (place - start) as usize;
        let own = all.get_mut(at);
        *own.ok_or_else(|| Error::Internal("a row is not in its group".to_owned()))? = *id;
    }
    Ok(Arc::new(Int64Array::from(all)))
}
