//! Changes of alerts that pac has found itself, as rows of `person_alert_history`.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder, TimestampMicrosecondBuilder};
use arrow_array::{ArrayRef, new_null_array};
use arrow_schema::Field;

use super::table_file::TableFile;
use crate::error::Result;

/// What a change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The alert was put down.
    Insert,
    /// The alert was changed.
    Update,
    /// The alert was deleted.
    Delete,
}

impl Action {
    /// The word of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Insert => "INSERT",
            Action::Update => "UPDATE",
            Action::Delete => "DELETE",
        }
    }
}

/// One change of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub id: i64,
    /// Key of the alert.
    pub alert_id: i64,
    /// What it did.
    pub action: Action,
    /// Who made it.
    pub user: i64,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub time: i64,
    /// The change in a sentence.
    pub summary: String,
    /// The changed fields before, as a JSON object.
    pub old_value: Option<String>,
    /// The changed fields after, as a JSON object.
    pub new_value: Option<String>,
}

/// Appends changes to the file as a row group; none are no row group.
///
/// # Errors
/// Why they cannot be written.
pub fn append(file: &mut TableFile, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    file.append(|field| Ok(column(field, changes)))
}

fn column(field: &Field, changes: &[Change]) -> ArrayRef {
    let numbers = |of: fn(&Change) -> i64| -> ArrayRef {
        let mut builder = Int64Builder::with_capacity(changes.len());
        changes.iter().for_each(|own| builder.append_value(of(own)));
        Arc::new(builder.finish())
    };
    match field.name().as_str() {
        "person_alert_history_id" => numbers(|own| own.id),
        "person_alert_id" => numbers(|own| own.alert_id),
        "changed_by_user_id" => numbers(|own| own.user),
        "change_timestamp" => {
            let mut builder = TimestampMicrosecondBuilder::with_capacity(changes.len());
            changes
                .iter()
                .for_each(|own| builder.append_value(own.time));
            Arc::new(builder.finish().with_timezone("UTC"))
        }
        "action_type" => texts(changes.iter().map(|own| Some(own.action.as_str()))),
        "change_summary" => texts(changes.iter().map(|own| Some(own.summary.as_str()))),
        "old_value" => texts(changes.iter().map(|own| own.old_value.as_deref())),
        "new_value" => texts(changes.iter().map(|own| own.new_value.as_deref())),
        _ => new_null_array(field.data_type(), changes.len()),
    }
}

fn texts<'t>(cells: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    cells.for_each(|cell| builder.append_option(cell));
    Arc::new(builder.finish())
}
