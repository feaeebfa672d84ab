//! The lives of single alerts, as an output tells them: for somebody who has to answer when what was known.

mod keys;
mod text;

use serde::Serialize;

use crate::cell::date::date_of;
use crate::error::{Error, Result};
use crate::snapshot::cells::{Cells, Rows, Value, point_in_time};
use crate::snapshot::code_lists::CodeList;
use crate::snapshot::stored_table::StoredTable;
use crate::snapshot::{Landlord, Snapshot, vanished};
use crate::standard::{PERSON_ALERT, PERSON_ALERT_HISTORY, Standard};

pub use keys::Wanted;
pub use text::text;

/// The life of one alert.
#[derive(Debug, Serialize)]
pub struct Life {
    /// Code of the landlord.
    pub landlord: String,
    /// Key of the alert.
    pub person_alert_id: i64,
    /// The landlord's own key.
    pub source_alert_ref: Option<String>,
    /// Key of the person.
    pub person_id: i64,
    /// What it is about: code, and name.
    pub code: String,
    /// First day.
    pub start_date: String,
    /// Last day, where there is one.
    pub end_date: Option<String>,
    /// Where it stands now.
    pub alert_status: Option<String>,
    /// Where its row comes from.
    pub source: String,
    /// Since when exports no longer hold it, where that is so.
    pub vanished_as_of: Option<String>,
    /// Its changes, in the order of time.
    pub events: Vec<LifeEvent>,
}

/// One change of an alert.
#[derive(Debug, Serialize)]
pub struct LifeEvent {
    /// When, in UTC.
    pub time: String,
    /// What was done.
    pub action: String,
    /// By whom.
    pub user: i64,
    /// The change in a sentence.
    pub summary: Option<String>,
    /// The changed fields before.
    pub old_value: Option<String>,
    /// The changed fields after.
    pub new_value: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

const ALERT: [&str; 9] = [
    "person_alert_id",
    "person_id",
    "source_alert_ref",
    "person_alert_code_id",
    "start_date",
    "end_date",
    "alert_status",
    "source_file",
    "source_record",
];
const CHANGE: [&str; 8] = [
    "person_alert_id",
    "change_timestamp",
    "action_type",
    "changed_by_user_id",
    "change_summary",
    "old_value",
    "new_value",
    "reason_for_change",
];

/// The lives of the alerts that are wanted, of one landlord or of all.
///
/// # Errors
/// The output cannot be read, has no such landlord, or no such alert.
pub fn lives(
    snapshot: &Snapshot,
    standard: &Standard,
    wanted: &Wanted,
    landlord: Option<&str>,
) -> Result<Vec<Life>> {
    let known = |code: &str| snapshot.landlord(code).is_some();
    if let Some(code) = landlord.filter(|code| !known(code)) {
        return Err(Error::Usage(format!(
            "{} has no landlord {code}; see landlords in its report.json",
            snapshot.root().display()
        )));
    }
    let codes = CodeList::read(snapshot, standard, "person_alert_codes")?;
    let mut all = Vec::new();
    for own in &snapshot.landlords {
        if landlord.is_none_or(|code| code.eq_ignore_ascii_case(&own.code)) {
            all.extend(lives_of(snapshot, own, wanted, &codes)?);
        }
    }
    match all.is_empty() {
        false => Ok(all),
        true => Err(Error::Usage(format!(
            "{} has no such {}; give the key as the landlord writes it, or as it stands in person_alert",
            snapshot.root().display(),
            wanted.what()
        ))),
    }
}

fn lives_of(
    snapshot: &Snapshot,
    landlord: &Landlord,
    wanted: &Wanted,
    codes: &CodeList,
) -> Result<Vec<Life>> {
    let code = &landlord.code;
    let table = StoredTable::open(&snapshot.file(code, PERSON_ALERT, "parquet"))?;
    let matcher = wanted.matcher(code, snapshot.partitioned);
    let places = places(&table, &ALERT[..3], |columns, row| {
        matcher.fits(
            columns[0].value(row),
            columns[1].value(row),
            columns[2].value(row),
        )
    })?;
    let rows = table.rows_at(&places, &ALERT)?;
    let mut lives: Vec<Life> = (0..rows.len())
        .map(|row| life(&rows, row, code, codes))
        .collect();
    for gone in vanished::read(&snapshot.file(code, "vanished", "csv"))? {
        let mut own = lives.iter_mut();
        if let Some(life) = own.find(|life| life.person_alert_id == gone.person_alert_id) {
            life.vanished_as_of = Some(gone.vanished_as_of);
        }
    }
    let history = snapshot.file(code, PERSON_ALERT_HISTORY, "parquet");
    if !lives.is_empty() && history.is_file() {
        add_events(&StoredTable::open(&history)?, &mut lives)?;
    }
    Ok(lives)
}

/// The places of the rows that `fits`.
fn places(
    table: &StoredTable,
    names: &[&str],
    fits: impl Fn(&[Cells], usize) -> bool,
) -> Result<Vec<u32>> {
    let mut places = Vec::new();
    for group in 0..table.groups() {
        let mut first = table.places(group).start;
        table.each_batch(group, names, |columns, rows| {
            let own = (0..rows).filter(|row| fits(columns, *row));
            places.extend(own.map(|row| first + row as u32));
            first += rows as u32;
            Ok(())
        })?;
    }
    Ok(places)
}

fn life(rows: &Rows, row: usize, landlord: &str, codes: &CodeList) -> Life {
    let text = |field| shown(rows.value(row, field));
    let code = match rows.value(row, 3) {
        Value::Number(id) => codes.codes.get(&id).cloned(),
        _ => None,
    };
    let code = code.unwrap_or_default();
    let name = codes
        .rows
        .get(&code)
        .and_then(|own| own.get("alert_subname"));
    Life {
        landlord: landlord.to_owned(),
        person_alert_id: number(rows.value(row, 0)),
        person_id: number(rows.value(row, 1)),
        source_alert_ref: text(2),
        code: match name {
            Some(name) => format!("{code} {name}"),
            None => code,
        },
        start_date: text(4).unwrap_or_default(),
        end_date: text(5),
        alert_status: text(6),
        source: format!(
            "{} record {}",
            text(7).unwrap_or_default(),
            text(8).unwrap_or_default()
        ),
        vanished_as_of: None,
        events: Vec::new(),
    }
}

/// Adds the changes of the alerts, in the order of time; of two at one time the earlier row comes first.
fn add_events(history: &StoredTable, lives: &mut [Life]) -> Result<()> {
    let places = places(history, &CHANGE[..1], |columns, row| {
        let id = number(columns[0].value(row));
        lives.iter().any(|life| life.person_alert_id == id)
    })?;
    let rows = history.rows_at(&places, &CHANGE)?;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|row| match rows.value(*row, 1) {
        Value::Time(time) => time,
        _ => i64::MIN,
    });
    for row in order {
        let id = number(rows.value(row, 0));
        let text = |field| shown(rows.value(row, field));
        let event = LifeEvent {
            time: text(1).unwrap_or_default(),
            action: text(2).unwrap_or_default(),
            user: number(rows.value(row, 3)),
            summary: text(4),
            old_value: text(5),
            new_value: text(6),
            reason: text(7),
        };
        let mut own = lives.iter_mut();
        if let Some(life) = own.find(|life| life.person_alert_id == id) {
            life.events.push(event);
        }
    }
    Ok(())
}

fn number(value: Value<'_>) -> i64 {
    match value {
        Value::Number(number) => number,
        _ => 0,
    }
}

fn shown(value: Value<'_>) -> Option<String> {
    match value {
        Value::Empty => None,
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Day(day) => date_of(day).map(|date| date.to_string()),
        Value::Time(time) => Some(point_in_time(time)),
        Value::Text(text) => Some(text.to_owned()),
    }
}
