//! One field of the standard: the cells of its column, read into a typed column.

use std::borrow::Cow;
use std::collections::HashSet;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::binding::CellSource;
use super::is_null;
use super::keys::KeyReader;
use super::stated::StatedAlerts;
use crate::candidate::{Column, FaultyCell, State, TextValues, Values};
use crate::cell::date_order::DateOrder;
use crate::cell::key_widths::{KeyWidths, with_zeros};
use crate::cell::number::read_register_key;
use crate::cell::repairs::Repairs;
use crate::cell::spreadsheet;
use crate::cell::text::TextReader;
use crate::cell::{CellFault, Reading, changed_fields, summary};
use crate::chunk::Chunk;
use crate::profile::{ALERT_CODE, ALERT_REFERENCE, CellReader, FieldPlan};

/// The cells of one field as one kind of alert reads them.
pub(super) struct Cells<'c> {
    pub chunk: &'c Chunk,
    /// The chunk's row of each candidate.
    pub rows: &'c [u32],
    /// The candidates that are read so; `None` for all.
    pub only: Option<&'c [u32]>,
    pub plan: &'c FieldPlan,
    pub source: &'c CellSource,
    /// The column that chooses between the formats of the cells.
    pub decider: Option<usize>,
    /// The columns whose cells have proven an order of day and month.
    pub orders: Vec<(usize, DateOrder)>,
    pub null_values: &'c HashSet<String>,
    pub repairs: Repairs,
}

impl<'c> Cells<'c> {
    /// The trimmed text of a candidate's cell, empty where it says nothing.
    fn text(&self, row: usize) -> Cow<'c, str> {
        let record = self.rows[row] as usize;
        let text = match self.source {
            // nearly every cell of nearly every export
            CellSource::Column(column) => Cow::Borrowed(self.chunk.trimmed(record, *column)),
            other => other.text(self.chunk, record, self.null_values),
        };
        if is_null(&text, self.null_values) {
            Cow::Borrowed("")
        } else {
            text
        }
    }

    /// The text of the column that is read where the field's own cell says nothing.
    fn other(&self, row: usize) -> Option<&'c str> {
        let CellSource::Either(first, other) = self.source else {
            return None;
        };
        let record = self.rows[row] as usize;
        let [first, other] = [first, other].map(|column| self.chunk.trimmed(record, *column));
        let differ = !is_null(first, self.null_values) && !is_null(other, self.null_values);
        differ.then_some(other)
    }

    /// Whether a candidate's cell is as long as one of a spreadsheet can be, white space included.
    fn is_cut_off(&self, row: usize) -> bool {
        let columns = match self.source {
            CellSource::Column(column) => [Some(*column), None],
            CellSource::Either(first, other) => [Some(*first), Some(*other)],
            CellSource::Nothing | CellSource::Constant(_) | CellSource::Composed(_) => [None; 2],
        };
        let record = self.rows[row] as usize;
        let mut cells = columns
            .iter()
            .flatten()
            .map(|at| self.chunk.cell(record, *at));
        cells.any(spreadsheet::is_cut_off)
    }

    /// Whether no cell can hold anything.
    fn are_blank(&self) -> bool {
        *self.source == CellSource::Nothing && self.plan.default.is_none()
    }

    fn each(&self, mut see: impl FnMut(usize)) {
        match self.only {
            None => (0..self.rows.len()).for_each(see),
            Some(rows) => rows.iter().for_each(|row| see(*row as usize)),
        }
    }
}

/// What mapping has gathered beside the columns.
pub(super) struct Mapped<'s> {
    rows: usize,
    keys: KeyReader<'s>,
    /// What the alerts' codes are, where records can state several alerts.
    stated: Option<&'s StatedAlerts>,
    pub faults: Vec<FaultyCell>,
    pub no_alert: Vec<u32>,
    pub person_checks: Vec<u64>,
    /// How long the keys of fields are, by the field's place in the table.
    pub key_widths: Vec<(u16, KeyWidths)>,
    /// Where the alert's key comes from.
    alert_key: CellSource,
}

impl<'s> Mapped<'s> {
    pub(super) fn new(
        rows: usize,
        keys: KeyReader<'s>,
        stated: Option<&'s StatedAlerts>,
    ) -> Mapped<'s> {
        Mapped {
            rows,
            keys,
            stated,
            faults: Vec::new(),
            no_alert: Vec::new(),
            person_checks: vec![0; rows],
            key_widths: Vec::new(),
            alert_key: CellSource::Nothing,
        }
    }

    /// Reads the cells of one field; `kinds` are the ways in which the kinds of alerts read them.
    pub(super) fn column(&mut self, field: u16, kinds: &[Cells<'_>]) -> Column {
        let reader = kinds.first().map(|cells| &cells.plan.reader);
        let mut column = match reader {
            None | Some(CellReader::Text | CellReader::Summary(_) | CellReader::ChangedFields) => {
                return Column::Text(self.texts(field, kinds));
            }
            Some(
                CellReader::PersonKey
                | CellReader::AlertKey
                | CellReader::OrganisationKey
                | CellReader::Integer,
            ) => Column::Int64(Values::blank(self.rows)),
            Some(CellReader::Timestamp(_)) => Column::Timestamp(Values::blank(self.rows)),
            Some(CellReader::SmallInteger(_) | CellReader::Code(_)) => {
                Column::Int32(Values::blank(self.rows))
            }
            Some(CellReader::Date(_)) => Column::Date(Values::blank(self.rows)),
            Some(CellReader::Boolean(_)) => Column::Bool(Values::blank(self.rows)),
            Some(CellReader::Term(_)) => Column::Term(Values::blank(self.rows)),
        };
        for cells in kinds {
            self.fill(field, cells, &mut column);
        }
        column
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

    pub(super) fn values<T: Copy + Default>(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        column: &mut Values<T>,
        mut read: impl FnMut(usize, &str) -> Reading<T>,
    ) {
        if cells.are_blank() {
            return;
        }
        let default = cells.plan.default.as_deref();
        cells.each(|row| {
            let cell = self.or_default(row, field, cells);
            if cell.is_empty() {
                return;
            }
            let mut reading = read(row, &cell);
            self.put(column, row, field, &cell, reading);
            if let Reading::Nothing(_) = reading
                && let Some(other) = cells.other(row)
            {
                reading = read(row, other);
                self.put(column, row, field, other, reading);
            }
            // A cell that stands for nothing has a default as an empty one has.
            if let (Reading::Nothing(_), Some(default)) = (reading, default) {
                self.note(row, field, CellFault::Defaulted, &cell);
                let reading = read(row, default);
                self.put(column, row, field, default, reading);
            }
        });
    }

    /// As [`Mapped::values`] for keys, which may have lost leading zeros.
    fn keys(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        column: &mut Values<i64>,
        mut read: impl FnMut(usize, &str) -> Reading<i64>,
    ) {
        let mut widths = KeyWidths::default();
        let repairing = cells.repairs.leading_zeros;
        let counted = matches!(cells.source, CellSource::Column(_));
        let mut last = None;
        self.values(field, cells, column, |row, cell| {
            let Some(width) = cells.plan.width else {
                // alerts of one record have one key
                if counted && last.replace(cells.rows[row]) != Some(cells.rows[row]) {
                    widths.add(cell);
                }
                return read(row, cell);
            };
            match with_zeros(cell, width) {
                None => read(row, cell),
                Some(_) if !repairing => Reading::Fault(CellFault::ShortKey),
                Some(whole) => match read(row, &whole) {
                    Reading::Value(id) => Reading::Noted(id, CellFault::ZerosRestored),
                    other => other,
                },
            }
        });
        self.key_widths.push((field, widths));
    }

    /// As [`Mapped::values`], resolving each distinct text once.
    fn distinct<T: Copy + Default>(
        &mut self,
        field: u16,
        cells: &Cells<'_>,
        column: &mut Values<T>,
        read: impl Fn(&str) -> Reading<T>,
    ) {
        let mut seen: FxHashMap<String, Reading<T>> = FxHashMap::default();
        self.values(field, cells, column, |_, cell| match seen.get(cell) {
            Some(reading) => *reading,
            None => {
                let reading = read(cell);
                seen.insert(cell.to_owned(), reading);
                reading
            }
        });
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

    fn texts(&mut self, field: u16, kinds: &[Cells<'_>]) -> TextValues {
        let mut texts = vec![Cow::Borrowed(""); self.rows];
        for cells in kinds.iter().filter(|cells| !cells.are_blank()) {
            cells.each(|row| {
                texts[row] = self.or_default(row, field, cells);
                if cells.is_cut_off(row) {
                    self.note(row, field, CellFault::TruncatedText, &texts[row]);
                }
            });
        }
        let first = kinds.first();
        let all = first.map_or("", |cells| cells.chunk.text.as_str());
        let repairing = first.is_some_and(|cells| cells.repairs.mojibake);
        let reader = TextReader::of(all, repairing);
        // the alert's key and the reference to it are one cell, of which nothing is told twice
        let told = first.is_some_and(|cells| {
            cells.plan.name == ALERT_REFERENCE && *cells.source == self.alert_key
        });
        let mut column = TextValues::default();
        for (row, text) in texts.into_iter().enumerate() {
            if text.is_empty() {
                column.push(self.stated.and_then(|stated| stated.text_given(row, field)));
                continue;
            }
            let reading = match first.map(|cells| &cells.plan.reader) {
                Some(CellReader::Summary(most)) => summary::read(&text, *most),
                Some(CellReader::ChangedFields) => changed_fields::read(&text),
                _ => reader.read(&text),
            };
            match reading {
                Reading::Noted(text, fault) => {
                    self.note(row, field, fault, &text);
                    column.push(Some(&text));
                }
                Reading::Fault(fault) => {
                    column.push_faulty();
                    if !told {
                        self.note(row, field, fault, &text);
                    }
                }
                _ => column.push(Some(&text)),
            }
        }
        column
    }

    /// A candidate's cell, or the profile's default, unless the crosswalk gives the field a value. Where
    /// the input has no such column the default is what a constant is, and needs no note on every row.
    fn or_default<'t>(&mut self, row: usize, field: u16, cells: &Cells<'t>) -> Cow<'t, str> {
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

    fn put<T: Clone + Default>(
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

    fn note(&mut self, row: usize, field: u16, fault: CellFault, cell: &str) {
        self.faults.push(FaultyCell {
            row: row as u32,
            field,
            fault,
            text: xxh3_64(cell.as_bytes()),
        });
    }
}
