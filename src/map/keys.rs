//! Cells that hold keys, read with what the landlord's reference files say of them.

use super::binding::{CellSource, ComposedCells};
use crate::cell::key::{Key, KeySpace, hash_of_name};
use crate::cell::number::read_register_key;
use crate::cell::several::names_two_people;
use crate::cell::{CellFault, Reading};
use crate::reference::{Found, References};

/// Reads the keys of one landlord.
#[derive(Clone, Copy)]
pub(super) struct KeyReader<'a> {
    pub space: KeySpace,
    pub references: &'a References,
    /// The columns of the keys at hand, where these are composed.
    pub composed: Option<&'a ComposedCells>,
}

impl<'a> KeyReader<'a> {
    /// The reader of keys from there.
    pub(super) fn of<'c>(self, source: &'c CellSource) -> KeyReader<'c>
    where
        'a: 'c,
    {
        let composed = match source {
            CellSource::Composed(cells) => Some(cells),
            _ => None,
        };
        KeyReader { composed, ..self }
    }

    /// The key of an alert.
    pub(super) fn alert(self, cell: &str) -> Reading<i64> {
        if let Some(key) = self.number(cell) {
            return Reading::Value(key.id);
        }
        self.key(cell, |key| Reading::Value(key.id))
    }

    /// The key of one alert among several that a record with this key states, told apart by its code.
    pub(super) fn alert_among(self, cell: &str, code: &str) -> Reading<i64> {
        self.key(cell, |_| Reading::Value(self.space.among(cell, code)))
    }

    /// The key of a person; `keep` is handed the check of the key that is read.
    pub(super) fn person(self, cell: &str, keep: impl FnOnce(u64)) -> Reading<i64> {
        if self.references.persons.is_none()
            && let Some(key) = self.number(cell)
        {
            keep(key.check);
            return Reading::Value(key.id);
        }
        self.key(cell, |key| {
            let persons = self.references.persons.as_ref();
            let found = persons.map(|persons| persons.find(key.check));
            let listed = matches!(found, Some(Found::Listed | Found::Resolved(_)));
            if !listed && self.composed.is_none() && names_two_people(cell) {
                return Reading::Fault(CellFault::SeveralKeys);
            }
            match found {
                None | Some(Found::Listed) => {
                    keep(key.check);
                    Reading::Value(key.id)
                }
                Some(Found::Resolved(id)) => {
                    // Two keys of one person are one person.
                    keep(id as u64);
                    Reading::Value(id)
                }
                Some(Found::Unlisted) => {
                    keep(key.check);
                    Reading::Noted(key.id, CellFault::UnlistedPerson)
                }
                Some(Found::Unresolved) => Reading::Fault(CellFault::UnresolvedPerson),
                Some(Found::Contradictory) => Reading::Fault(CellFault::ContradictoryKey),
            }
        })
    }

    /// The key of an organisation: a whole number, unless a reference file resolves names or codes.
    pub(super) fn organisation(self, cell: &str) -> Reading<i64> {
        let Some(organisations) = &self.references.organisations else {
            return read_register_key(cell);
        };
        match organisations.find(hash_of_name(cell)) {
            Found::Listed => read_register_key(cell),
            Found::Resolved(id) => Reading::Value(id),
            Found::Unlisted => match read_register_key(cell) {
                Reading::Value(id) => Reading::Noted(id, CellFault::UnlistedOrganisation),
                other => other,
            },
            Found::Unresolved => Reading::Fault(CellFault::UnresolvedOrganisation),
            Found::Contradictory => Reading::Fault(CellFault::ContradictoryKey),
        }
    }

    /// A key that is a number and not composed, as most keys are.
    fn number(self, cell: &str) -> Option<Key> {
        match self.composed {
            None => self.space.read_number(cell),
            Some(_) => None,
        }
    }

    fn key(self, cell: &str, read: impl FnOnce(Key) -> Reading<i64>) -> Reading<i64> {
        let reading = match self.composed {
            Some(cells) => {
                let parts = cells.columns.len();
                self.space.read_composed(cell, &cells.join, parts)
            }
            None => self.space.read(cell),
        };
        match reading {
            Reading::Value(key) => read(key),
            Reading::Noted(key, fault) => Reading::Noted(key.id, fault),
            Reading::Nothing(fault) => Reading::Nothing(fault),
            Reading::Fault(fault) => Reading::Fault(fault),
            Reading::NoAlert => Reading::NoAlert,
            Reading::SaysNoAlert(fault) => Reading::SaysNoAlert(fault),
        }
    }
}
