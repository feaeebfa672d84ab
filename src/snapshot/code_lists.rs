//! The code lists that an output was made with, as they are stored beside its alerts.

use std::collections::{BTreeMap, HashMap};

use super::Snapshot;
use super::cells::Value;
use super::stored_table::StoredTable;
use crate::error::Result;
use crate::standard::{Standard, code_field};

/// A stored code list.
#[derive(Debug, Default)]
pub struct CodeList {
    /// The code of each row by its key.
    pub codes: HashMap<i64, String>,
    /// What each row says beside its key and its code, by code and then by field.
    pub rows: BTreeMap<String, BTreeMap<String, String>>,
}

impl CodeList {
    /// Reads the list that a table of the standard is.
    ///
    /// # Errors
    /// The file is missing or damaged.
    pub fn read(snapshot: &Snapshot, standard: &Standard, table: &str) -> Result<CodeList> {
        let mut list = CodeList::default();
        let (Some(described), Some(code)) = (standard.table(table), code_field(table)) else {
            return Ok(list);
        };
        let stored = StoredTable::open(&snapshot.root().join(format!("{table}.parquet")))?;
        let names: Vec<&str> = described
            .fields
            .iter()
            .map(|own| own.name.as_str())
            .collect();
        let code = described.position(code).unwrap_or_default();
        for group in 0..stored.groups() {
            stored.each_batch(group, &names, |columns, rows| {
                for row in 0..rows {
                    let (Value::Number(id), Value::Text(name)) =
                        (columns[0].value(row), columns[code].value(row))
                    else {
                        continue;
                    };
                    let fields = names.iter().zip(columns).enumerate();
                    let others = fields.filter(|(at, _)| *at != 0 && *at != code);
                    let others = others.filter_map(|(_, (name, cells))| {
                        Some(((*name).to_owned(), text(cells.value(row))?))
                    });
                    list.rows.insert(name.to_owned(), others.collect());
                    list.codes.insert(id, name.to_owned());
                }
                Ok(())
            })?;
        }
        Ok(list)
    }

    /// The list that a run maps onto, without reading any output.
    pub fn of(standard: &Standard, table: &str) -> CodeList {
        let mut list = CodeList::default();
        let parts = (
            standard.table(table),
            standard.lookup(table),
            code_field(table),
        );
        let (Some(described), Some(lookup), Some(code)) = parts else {
            return list;
        };
        let code = described.position(code).unwrap_or_default();
        for row in &lookup.rows {
            let id = row.first().cloned().flatten();
            let (Some(id), Some(name)) = (id.and_then(|id| id.parse().ok()), &row[code]) else {
                continue;
            };
            let fields = described.fields.iter().zip(row).enumerate();
            let others = fields.filter(|(at, _)| *at != 0 && *at != code);
            let others =
                others.filter_map(|(_, (field, cell))| Some((field.name.clone(), cell.clone()?)));
            list.rows.insert(name.clone(), others.collect());
            list.codes.insert(id, name.clone());
        }
        list
    }

    /// The key of the row with that code.
    pub fn id_of(&self, code: &str) -> Option<i64> {
        let mut codes = self.codes.iter();
        codes.find(|(_, own)| *own == code).map(|(id, _)| *id)
    }
}

fn text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.to_owned()),
        Value::Empty | Value::Day(_) | Value::Time(_) => None,
    }
}
