//! One change of one alert, as two snapshots tell it.

use std::collections::HashSet;

use serde_json::Map;

use super::digest::GIVEN_BY_CODE;
use super::fields::{CREATED_BY, Fields, LAST_UPDATED, Role, UPDATED_BY};
use super::renaming::Renaming;
use super::values::{Age, change, json};
use crate::cell::date::date_of;
use crate::cell::key::KeySpace;
use crate::cell::{Reading, summary};
use crate::error::{Error, Result};
use crate::snapshot::cells::{Rows, Value};
use crate::write::changes::{Action, Change};

/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;
/// Characters that the standard has room for in a summary.
const MOST: usize = 500;

/// Makes events of the rows of one landlord.
pub(super) struct Teller<'a> {
    pub fields: &'a Fields,
    pub landlord: &'a str,
    /// Whether free text may be quoted.
    pub quote_text: bool,
    /// Who made the changes of which the source does not say who.
    pub system_user: Option<i64>,
    /// What the landlord's codes were before.
    pub renaming: &'a Renaming,
    /// Keys of earlier changes that must not be given again.
    pub taken_ids: HashSet<i64>,
}

/// One row among those that were read.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub rows: &'a Rows,
    pub at: usize,
    /// Which snapshot it is of.
    pub age: Age,
}

impl<'a> Row<'a> {
    pub(super) fn value(self, field: usize) -> Value<'a> {
        self.rows.value(self.at, field)
    }

    /// The value as the newer snapshot has it; a key whose code the newer one lacks stays as it is.
    fn renumbered(self, fields: &Fields, at: usize) -> Value<'a> {
        let own = self.value(at);
        match self.age {
            Age::Newer => own,
            Age::Older => match fields.0[at].renumber(own) {
                Value::Number(id) if id < 0 => own,
                value => value,
            },
        }
    }

    /// The key of the alert, which is the first field of the table.
    pub(super) fn id(self) -> i64 {
        match self.value(0) {
            Value::Number(id) => id,
            _ => 0,
        }
    }
}

/// An event, and the fields that it changes.
pub(super) struct Told {
    pub change: Change,
    /// By place in [`Fields`].
    pub fields: Vec<usize>,
    /// Whether only the code has changed, and what follows from it, because the crosswalk has.
    pub is_recoded: bool,
}

impl Teller<'_> {
    /// An alert is put down, in the snapshot that is as of that day.
    pub(super) fn insert(&self, alert: i64, new: Row<'_>, as_of: i32, what: &str) -> Result<Told> {
        let dated = self.dated(None, new, as_of);
        let user = self
            .number(new, UPDATED_BY)
            .or(self.number(new, CREATED_BY));
        self.told(
            alert,
            Action::Insert,
            user,
            dated,
            what,
            [None, Some(self.all(new))],
        )
    }

    /// An alert is deleted.
    pub(super) fn delete(&self, alert: i64, old: Row<'_>, as_of: i32) -> Result<Told> {
        let what = "no longer in the export";
        let values = [Some(self.all(old)), None];
        self.told(alert, Action::Delete, None, (None, as_of), what, values)
    }

    /// The alert is in both and differs.
    pub(super) fn update(
        &self,
        alert: i64,
        old: Row<'_>,
        new: Row<'_>,
        as_of: i32,
    ) -> Result<Told> {
        let changed = self.changed(old, new);
        let (mut before, mut after, mut words) = (Map::new(), Map::new(), Vec::new());
        for at in &changed {
            let field = &self.fields.0[*at];
            let (own, other) = (old.value(*at), new.value(*at));
            let renumbered = old.renumbered(self.fields, *at);
            before.insert(field.name.clone(), json(field, renumbered, self.quote_text));
            after.insert(field.name.clone(), json(field, other, self.quote_text));
            words.push(change(field, own, other, self.quote_text));
        }
        let is_recoded = self.is_recoded(old, new, &changed);
        if is_recoded {
            words.push("the crosswalk has changed".to_owned());
        }
        let user = self.number(new, UPDATED_BY);
        let dated = self.dated(Some(old), new, as_of);
        let values = [before, after].map(Some);
        let mut told = self.told(
            alert,
            Action::Update,
            user,
            dated,
            &words.join("; "),
            values,
        )?;
        told.fields = changed;
        told.is_recoded = is_recoded;
        Ok(told)
    }

    /// Whether rows differ only in the code, and what follows from it, as the crosswalks do.
    fn is_recoded(&self, old: Row<'_>, new: Row<'_>, changed: &[usize]) -> bool {
        let code = self.fields.position("person_alert_code_id");
        let follows =
            |at: &usize| *at == code || GIVEN_BY_CODE.contains(&self.fields.0[*at].name.as_str());
        match (old.renumbered(self.fields, code), new.value(code)) {
            (Value::Number(old), Value::Number(new)) => {
                self.renaming.may_become(old, new) && changed.iter().all(follows)
            }
            _ => false,
        }
    }

    /// The fields in which two rows differ; what says when and by whom counts only where nothing else does.
    fn changed(&self, old: Row<'_>, new: Row<'_>) -> Vec<usize> {
        let differs = |role: &dyn Fn(Role) -> bool| -> Vec<usize> {
            let fields = self.fields.0.iter().enumerate();
            let own = fields.filter(|(_, field)| role(field.role));
            let differing =
                own.filter(|(at, field)| field.renumber(old.value(*at)) != new.value(*at));
            differing.map(|(at, _)| at).collect()
        };
        let own = differs(&|role| matches!(role, Role::Plain | Role::FreeText));
        match own.is_empty() {
            true => differs(&|role| role == Role::Stamp),
            false => own,
        }
    }

    /// All that a row says of its alert.
    fn all(&self, row: Row<'_>) -> Map<String, serde_json::Value> {
        let fields = self.fields.0.iter().enumerate();
        let own = fields.filter(|(_, field)| matches!(field.role, Role::Plain | Role::FreeText));
        let filled = own.filter(|(at, _)| row.value(*at) != Value::Empty);
        filled
            .map(|(at, field)| {
                let value = row.renumbered(self.fields, at);
                (field.name.clone(), json(field, value, self.quote_text))
            })
            .collect()
    }

    /// The source's own time where it moved, and the day of the snapshot.
    fn dated(&self, old: Option<Row<'_>>, new: Row<'_>, as_of: i32) -> (Option<i64>, i32) {
        let place = self.fields.position(LAST_UPDATED);
        let time = |row: Row<'_>| match row.value(place) {
            Value::Time(time) => Some(time),
            _ => None,
        };
        let moved = time(new).filter(|own| old.and_then(time).is_none_or(|before| before < *own));
        (moved, as_of)
    }

    fn number(&self, row: Row<'_>, field: &str) -> Option<i64> {
        match row.value(self.fields.position(field)) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn told(
        &self,
        alert: i64,
        action: Action,
        user: Option<i64>,
        (time, as_of): (Option<i64>, i32),
        what: &str,
        values: [Option<Map<String, serde_json::Value>>; 2],
    ) -> Result<Told> {
        let user = user.or(self.system_user).ok_or_else(|| {
            Error::Usage(format!(
                "{}: a change names no user who made it; name a system user as policy.system_user in the \
                 profile, or with --system-user",
                self.landlord
            ))
        })?;
        let by = match time {
            Some(_) => format!("dated by {LAST_UPDATED}"),
            None => format!("dated as of {}", day(as_of)),
        };
        let room = MOST - by.chars().count() - 3;
        let what = match summary::read(what, room) {
            Reading::Value(text) | Reading::Noted(text, _) => text,
            _ => what.into(),
        };
        let [old_value, new_value] =
            values.map(|value| value.map(|all| serde_json::Value::Object(all).to_string()));
        let mut change = Change {
            id: 0,
            alert_id: alert,
            action,
            user,
            time: time.unwrap_or(i64::from(as_of) * DAY),
            summary: format!("{what} ({by})"),
            old_value,
            new_value,
        };
        change.id = self.free_id(&change);
        Ok(Told {
            change,
            fields: Vec::new(),
            is_recoded: false,
        })
    }
}

impl Teller<'_> {
    /// A key of the change that no earlier one has.
    fn free_id(&self, change: &Change) -> i64 {
        let ids = (0..).map(|repeat| id_of(change, self.landlord, repeat));
        let mut free = ids.filter(|id| !self.taken_ids.contains(id));
        free.next().unwrap_or_default()
    }
}

/// The key of a change, made of all that it says but its summary; `repeat` counts the attempts to find one
/// that is not taken.
fn id_of(change: &Change, landlord: &str, repeat: u64) -> i64 {
    let keys = KeySpace::single(landlord);
    let mut content = Vec::with_capacity(256);
    content.extend_from_slice(change.action.as_str().as_bytes());
    for number in [change.alert_id, change.user, change.time] {
        content.extend_from_slice(&number.to_le_bytes());
    }
    for text in [&change.old_value, &change.new_value].into_iter().flatten() {
        content.extend_from_slice(&(text.len() as u64).to_le_bytes());
        content.extend_from_slice(text.as_bytes());
    }
    keys.generated(keys.fingerprint(&content), repeat)
}

fn day(days: i32) -> String {
    date_of(days).map_or_else(String::new, |date| date.to_string())
}
