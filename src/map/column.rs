//! One field of the standard: the cells of its column, read into a typed column.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use super::binding::CellSource;
use super::cells::Cells;
use super::distinct::KnownReadings;
use super::keys::KeyReader;
use super::stated::StatedAlerts;
use crate::candidate::{Column, FaultyCell, State, TextValues, Values};
use crate::cell::key_widths::KeyWidths;
use crate::cell::number::read_register_key;
use crate::cell::spreadsheet;
use crate::cell::text::TextReader;
use crate::cell::{CellFault, Reading};
use crate::profile::{ALERT_CODE, CellReader};

/// The column of a field that is to be read so, of so many candidates: blank, or to be added to if it is one of
/// texts.
pub(super) fn blank(kinds: &[Cells<'_>], rows: usize) -> Column {
    match kinds.first().map(|cells| &cells.plan.reader) {
        None | Some(CellReader::Text | CellReader::Summary(_) | CellReader::ChangedFields) => {
            Column::Text(TextValues::with_room(rows))
        }
        Some(
            CellReader::PersonKey
            | CellReader::AlertKey
            | CellReader::OrganisationKey
            | CellReader::Integer,
        ) => Column::Int64(Values::blank(rows)),
        Some(CellReader::Timestamp(_)) => Column::Timestamp(Values::blank(rows)),
        Some(CellReader::SmallInteger(_) | CellReader::Code(_)) => {
            Column::Int32(Values::blank(rows))
        }
        Some(CellReader::Date(_)) => Column::Date(Values::blank(rows)),
        Some(CellReader::Boolean(_)) => Column::Bool(Values::blank(rows)),
        Some(CellReader::Term(_)) => Column::Term(Values::blank(rows)),
    }
}

/// What mapping has gathered beside the columns.
pub(super) struct Mapped<'s> {
    pub(super) rows: usize,
    keys: KeyReader<'s>,
    /// What the alerts' codes are, where records can state several alerts.
    pub(super) stated: Option<&'s StatedAlerts>,
    /// What has been read before.
    pub(super) known: &'s mut KnownReadings,
    /// Reads plain text.
    pub(super) text_reader: TextReader,
    pub faults: Vec<FaultyCell>,
    pub no_alert: Vec<u32>,
    pub person_checks: Vec<u64>,
    /// How long the keys of fields are, by the field's place in the table.
    pub key_widths: Vec<(u16, KeyWidths)>,
    /// Where the alert's key comes from.
    pub(super) alert_key: CellSource,
}

impl<'s> Mapped<'s> {
    pub(super) fn new(
        rows: usize,
        keys: KeyReader<'s>,
        stated: Option<&'s StatedAlerts>,
        text_reader: TextReader,
        known: &'s mut KnownReadings,
    ) -> Mapped<'s> {
        Mapped {
            rows,
            keys,
            stated,
            known,
            text_reader,
            faults: Vec::new(),
            no_alert: Vec::new(),
            person_checks: vec![0; rows],
            key_widths: Vec::new(),
            alert_key: CellSource::Nothing,
        }
    }

    /// Reads the cells of one field; `kinds` are the ways in which the kinds of alerts read them.
    pub(super) fn read(&mut self, field: u16, kinds: &[Cells<'_>], column: &mut Column) {
        if let Column::Text(texts) = column {
            return self.texts(field, kinds, texts);
        }
        for cells in kinds {
            self.fill(field, cells, column);
        }
    }

    fn fill(&mut self, field: u16, cells: &Cells<'_>, column: &mut Column) {
        let keys = self.keys.of(cells.source);
        match (&cells.plan.reader, column) {
            (CellReader::PersonKey, Column::Int64(ids)) => {
                let mut checks = std::mem::take(&mut self.person_checks);
                self.keys(field, cells, ids, |row, cell| {
                    keys.person(cell, |check| checks[row] = check)
                });
                self.person_checks = checks;
            }
            (CellReader::AlertKey, Column::Int64(ids)) => {
                let stated = self.stated;
                self.alert_key = cells.source.clone();
                self.keys(field, cells, ids, |row, cell| {
                    let code = stated.and_then(|stated| stated.code_beside(row));
                    match code {
                        None => keys.alert(cell),
                        Some(code) => keys.alert_among(cell, &code),
                    }
                });
            }
            (CellReader::OrganisationKey, Column::Int64(values)) => {
                self.values(field, cells, values, |_, cell| keys.organisation(cell));
            }
            (CellReader::Integer, Column::Int64(values)) => {
                self.values(field, cells, values, |_, cell| read_register_key(cell));
            }
            (CellReader::SmallInteger(reader), Column::Int32(values)) => {
                self.values(field, cells, values, |_, cell| reader.read(cell));
            }
            (CellReader::Date(readers), Column::Date(values)) => {
                self.dates(field, cells, readers, values);
            }
            (CellReader::Timestamp(readers), Column::Timestamp(values)) => {
                self.dates(field, cells, readers, values);
            }
            (CellReader::Boolean(reader), Column::Bool(values)) => {
                self.distinct(field, cells, values, |cell| reader.read(cell));
            }
            (CellReader::Term(reader), Column::Term(values)) => {
                self.distinct(field, cells, values, |cell| reader.read(cell));
            }
            (CellReader::Code(reader), Column::Int32(values)) => match self.stated {
                Some(stated) if cells.plan.name == ALERT_CODE => {
                    self.codes(field, stated, values);
                }
                _ => self.distinct(field, cells, values, |cell| reader.read(cell)),
            },
            _ => {}
        }
    }

    /// The codes that were read to learn what the records state.
    fn codes(&mut self, field: u16, stated: &StatedAlerts, column: &mut Values<i32>) {
        for (row, code) in stated.codes.iter().enumerate() {
            if let Some(reading) = code {
                let value = stated.stated.values.get(row).unwrap_or_default();
                self.put(column, row, field, value, *reading);
            }
        }
    }

    /// A candidate's cell, or the profile's default, unless the crosswalk gives the field a value. Where
    /// the input has no such column the default is what a constant is, and needs no note on every row.
    pub(super) fn or_default<'t>(
        &mut self,
        row: usize,
        field: u16,
        cells: &Cells<'t>,
    ) -> Cow<'t, str> {
        let cell = cells.text(row);
        match &cells.plan.default {
            Some(default) if cell.is_empty() => {
                if self.stated.is_some_and(|stated| stated.gives(row, field)) {
                    return cell;
                }
                if *cells.source != CellSource::Nothing {
                    self.note(row, field, CellFault::Defaulted, &cell);
                }
                Cow::Borrowed(default)
            }
            _ => cell,
        }
    }

    /// Gives fields the values that the crosswalk has for them; a record's own word stands.
    pub(super) fn give(&mut self, columns: &mut [Column]) {
        let given = self.stated.into_iter().flat_map(|stated| &stated.given);
        for (row, given) in given.enumerate() {
            for (field, value) in given.iter().flat_map(|given| given.iter()) {
                let column = columns.get_mut(*field);
                if column.and_then(|column| column.give(row, value)) == Some(false) {
                    self.note(row, *field as u16, CellFault::SetOtherwise, "");
                }
            }
        }
    }

    pub(super) fn put<T: Clone + Default>(
        &mut self,
        column: &mut Values<T>,
        row: usize,
        field: u16,
        cell: &str,
        reading: Reading<T>,
    ) {
        let reading = match reading {
            Reading::Fault(_)
            | Reading::SaysNoAlert(_)
            | Reading::Noted(_, CellFault::UnmappedDefaulted)
                if spreadsheet::is_error(cell) =>
            {
                Reading::Fault(CellFault::SpreadsheetError)
            }
            other => other,
        };
        match reading {
            Reading::Value(value) => column.set(row, value),
            Reading::Noted(value, fault) => {
                column.set(row, value);
                self.note(row, field, fault, cell);
            }
            Reading::Nothing(fault) => self.note(row, field, fault, cell),
            Reading::Fault(fault) => {
                column.states[row] = State::Faulty;
                self.note(row, field, fault, cell);
            }
            Reading::NoAlert => self.no_alert.push(row as u32),
            Reading::SaysNoAlert(fault) => {
                self.no_alert.push(row as u32);
                self.note(row, field, fault, cell);
            }
        }
    }

    pub(super) fn note(&mut self, row: usize, field: u16, fault: CellFault, cell: &str) {
        self.faults.push(FaultyCell {
            row: row as u32,
            field,
            fault,
            text: xxh3_64(cell.as_bytes()),
        });
    }
}
