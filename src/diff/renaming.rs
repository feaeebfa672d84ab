//! What the landlord's keys and codes were before: which alert of the older snapshot has another key now, which
//! person, and which codes have become others because the crosswalk has changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::cell::key::KeySpace;
use crate::check::settable::settable_rules;
use crate::error::{Error, Result};
use crate::profile::{
    self, ALERT_CODE, Allowances, CellReader, FieldPlan, KeyChange, Profile, Source,
};
use crate::standard::Standard;

/// What was otherwise before.
#[derive(Debug, Clone, Default)]
pub struct Renaming {
    /// Keys of persons, each with the one that the newer snapshot has.
    persons: HashMap<i64, i64>,
    /// Keys of alerts, likewise.
    pub(super) alerts: HashMap<i64, i64>,
    /// The codes that labels stood for, each with those that the same labels stand for now, itself among
    /// them where some still do or stand for nothing; only of codes that have others.
    codes: BTreeMap<i64, BTreeSet<i64>>,
}

impl Renaming {
    /// Reads what a profile says of that; `keys` are those of the snapshots.
    ///
    /// # Errors
    /// The previous profile cannot be loaded, or a key cannot be read.
    pub fn read(profile: &Profile, standard: &Standard, keys: KeySpace) -> Result<Renaming> {
        let told = &profile.previous;
        let codes = match &told.profile {
            None => BTreeMap::new(),
            Some(path) => {
                let allowances = Allowances { draft: true };
                let before = profile::load(path, standard, allowances, &settable_rules(standard))?;
                recoded(&before, profile)
            }
        };
        let read = |field: &str, changes: &[KeyChange]| key_changes(profile, field, changes, keys);
        Ok(Renaming {
            persons: read("person_id", &told.person_keys)?,
            alerts: read("person_alert_id", &told.alert_keys)?,
            codes,
        })
    }

    /// The key that a person has now.
    pub(super) fn person(&self, person: i64) -> i64 {
        self.persons.get(&person).copied().unwrap_or(person)
    }

    /// The code that every alert with that code has now; itself where that is not known.
    pub(super) fn code(&self, code: i64) -> i64 {
        match self.codes.get(&code) {
            Some(others) if others.len() == 1 => others.first().copied().unwrap_or(code),
            _ => code,
        }
    }

    /// Whether an alert with that code may have the other one now, because the crosswalk has changed.
    pub(super) fn may_become(&self, code: i64, other: i64) -> bool {
        code != other
            && self
                .codes
                .get(&code)
                .is_some_and(|all| all.contains(&other))
    }
}

fn key_changes(
    profile: &Profile,
    field: &str,
    changes: &[KeyChange],
    keys: KeySpace,
) -> Result<HashMap<i64, i64>> {
    let plan = profile.fields.iter().find(|plan| plan.name == field);
    let key = |text: &str| {
        let reading = match plan.map(|plan| &plan.source) {
            Some(Source::Composed(composition)) => {
                let parts = composition.columns.len();
                keys.read_composed(text, &composition.join, parts)
            }
            _ => keys.read(text),
        };
        let key = reading.value().map(|key| key.id);
        // the key itself is a value of a record, which no error tells
        key.ok_or_else(|| {
            Error::Usage(format!(
                "{}: a key that [previous] lists for {field} is none; see that file",
                profile.path.display()
            ))
        })
    };
    let pairs = changes
        .iter()
        .map(|change| Ok((key(&change.previous)?, key(&change.present)?)));
    let pairs: Vec<(i64, i64)> = pairs.collect::<Result<_>>()?;
    Ok(pairs.into_iter().filter(|(old, new)| old != new).collect())
}

/// The codes that labels stand for in one profile and not in the other.
fn recoded(before: &Profile, now: &Profile) -> BTreeMap<i64, BTreeSet<i64>> {
    let present: HashMap<&str, i64> = labels(now).collect();
    let mut codes: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (label, code) in labels(before) {
        // of what a label that is no longer mapped has become nothing is known
        let other = present.get(label).copied().unwrap_or(code);
        codes.entry(code).or_default().insert(other);
    }
    codes.retain(|code, others| others.iter().any(|other| other != code));
    codes
}

/// The labels that a profile maps to one code.
fn labels(profile: &Profile) -> impl Iterator<Item = (&str, i64)> {
    let plans = profile.plans().filter(|plan| plan.name == ALERT_CODE);
    let readers = plans.filter_map(|plan: &FieldPlan| match &plan.reader {
        CellReader::Code(reader) => Some(reader),
        _ => None,
    });
    readers.flat_map(|reader| {
        reader
            .mapped()
            .map(|(label, code)| (label, i64::from(code)))
    })
}
