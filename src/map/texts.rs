//! Cells of text, read into one column of texts.

use std::borrow::Cow;

use super::cells::Cells;
use super::column::Mapped;
use super::is_null;
use crate::candidate::TextValues;
use crate::cell::text::TextReader;
use crate::cell::{CellFault, Reading, changed_fields, spreadsheet, summary};
use crate::profile::{ALERT_REFERENCE, CellReader};

/// The texts of one field in the making.
struct Texts<'r> {
    field: u16,
    reader: Option<&'r CellReader>,
    /// Reads those that need no reader of their own.
    plain: TextReader,
    /// Whether what cannot be read is told elsewhere.
    told: bool,
    column: &'r mut TextValues,
}

impl Mapped<'_> {
    /// Adds the texts of all candidates.
    pub(super) fn texts(&mut self, field: u16, kinds: &[Cells<'_>], column: &mut TextValues) {
        let first = kinds.first();
        let mut texts = Texts {
            field,
            reader: first.map(|cells| &cells.plan.reader),
            plain: self.text_reader,
            // the alert's key and the reference to it are one cell, of which nothing is told twice
            told: first.is_some_and(|cells| {
                cells.plan.name == ALERT_REFERENCE && *cells.source == self.alert_key
            }),
            column,
        };
        let plain = kinds.first().filter(|_| kinds.len() == 1);
        match plain.and_then(|cells| Some((cells, cells.plain_column()?))) {
            Some((cells, place)) => self.plain_texts(cells, place, &mut texts),
            None => self.gathered_texts(kinds, &mut texts),
        }
    }

    /// The texts of one column, as nearly all are.
    fn plain_texts(&mut self, cells: &Cells<'_>, place: usize, texts: &mut Texts<'_>) {
        for row in 0..self.rows {
            let record = cells.rows[row] as usize;
            let cell = cells.chunk.trimmed(record, place);
            let said = !is_null(cell, cells.null_values);
            if spreadsheet::is_cut_off(cells.chunk.cell(record, place)) {
                let text = if said { cell } else { "" };
                self.note(row, texts.field, CellFault::TruncatedText, text);
            }
            self.put_text(row, if said { cell } else { "" }, texts);
        }
    }

    fn gathered_texts(&mut self, kinds: &[Cells<'_>], texts: &mut Texts<'_>) {
        let mut gathered = vec![Cow::Borrowed(""); self.rows];
        for cells in kinds.iter().filter(|cells| !cells.are_blank()) {
            cells.each(self.rows, |row| {
                let text = self.or_default(row, texts.field, cells);
                if cells.is_cut_off(row) {
                    self.note(row, texts.field, CellFault::TruncatedText, &text);
                }
                gathered[row] = text;
            });
        }
        for (row, text) in gathered.iter().enumerate() {
            self.put_text(row, text, texts);
        }
    }

    fn put_text(&mut self, row: usize, text: &str, texts: &mut Texts<'_>) {
        let field = texts.field;
        if text.is_empty() {
            let given = self.stated.and_then(|stated| stated.text_given(row, field));
            return texts.column.push(given);
        }
        let reading = match texts.reader {
            Some(CellReader::Summary(most)) => summary::read(text, *most),
            Some(CellReader::ChangedFields) => changed_fields::read(text),
            _ => texts.plain.read(text),
        };
        match reading {
            Reading::Noted(text, fault) => {
                self.note(row, field, fault, &text);
                texts.column.push(Some(&text));
            }
            Reading::Fault(fault) => {
                texts.column.push_faulty();
                if !texts.told {
                    self.note(row, field, fault, text);
                }
            }
            _ => texts.column.push(Some(text)),
        }
    }
}
