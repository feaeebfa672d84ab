//! What the code lists of two snapshots say otherwise. Alerts do not hold it themselves: whether a code is
//! critical stands in the list. So it is no change that a landlord has made, and is told apart.

use std::collections::{BTreeMap, HashMap};

use super::fields::Fields;
use crate::error::Result;
use crate::report::changes::ListDrift;
use crate::snapshot::Snapshot;
use crate::snapshot::code_lists::CodeList;
use crate::standard::Standard;

/// The code lists of two snapshots.
pub(super) struct ListPair {
    table: String,
    /// Name of its key.
    key: String,
    old: CodeList,
    new: CodeList,
}

/// Brings together the lists that alerts point into, and tells the fields how their keys belong together.
pub(super) fn pair_lists(
    old: &Snapshot,
    standard: &Standard,
    fields: &mut Fields,
    newer: impl Fn(&str) -> Result<CodeList>,
) -> Result<Vec<ListPair>> {
    let mut pairs = Vec::new();
    for field in &standard.person_alert().fields {
        let Some(reference) = &field.references else {
            continue;
        };
        let older = CodeList::read(old, standard, &reference.table)?;
        let newer = newer(&reference.table)?;
        let at = fields.position(&field.name);
        let own = &mut fields.0[at];
        own.codes = Some([older.codes.clone(), newer.codes.clone()]);
        if older.codes != newer.codes {
            let known = older.codes.iter();
            let known = known.filter_map(|(id, code)| Some((*id, newer.id_of(code)?)));
            own.renumbered = Some(known.collect());
        }
        pairs.push(ListPair {
            table: reference.table.clone(),
            key: reference.field.clone(),
            old: older,
            new: newer,
        });
    }
    Ok(pairs)
}

impl ListPair {
    /// Whether it is the list that a table of the standard is.
    pub(super) fn is_of(&self, table: &str) -> bool {
        self.table == table
    }

    /// What differs; `alerts` counts those of the newer snapshot by the key of their code.
    pub(super) fn drift(&self, alerts: &HashMap<i64, u64>) -> Vec<ListDrift> {
        let mut by_field: BTreeMap<String, BTreeMap<String, [Option<String>; 2]>> = BTreeMap::new();
        let none = BTreeMap::new();
        let all = self.old.rows.keys().chain(self.new.rows.keys());
        for code in all {
            let (old, new) = (self.old.rows.get(code), self.new.rows.get(code));
            if old.is_some() != new.is_some() {
                let there = |row: Option<&BTreeMap<_, _>>| row.map(|_| code.clone());
                let codes = by_field.entry("code".to_owned()).or_default();
                codes.insert(code.clone(), [there(old), there(new)]);
                continue;
            }
            // a history that was carried on has the keys of its time
            let keys = [&self.old, &self.new].map(|list| list.id_of(code));
            if keys[0] != keys[1] {
                let codes = by_field.entry(self.key.clone()).or_default();
                codes.insert(code.clone(), keys.map(|key| key.map(|key| key.to_string())));
            }
            let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
            for field in old.keys().chain(new.keys()) {
                let values = [old.get(field).cloned(), new.get(field).cloned()];
                if values[0] != values[1] {
                    let codes = by_field.entry(field.clone()).or_default();
                    codes.insert(code.clone(), values);
                }
            }
        }
        let count = |code: &String| {
            let id = self.new.id_of(code);
            id.and_then(|id| alerts.get(&id)).copied().unwrap_or(0)
        };
        by_field
            .into_iter()
            .map(|(field, codes)| ListDrift {
                table: self.table.clone(),
                field,
                alerts: codes.keys().map(count).sum(),
                codes,
            })
            .collect()
    }
}
