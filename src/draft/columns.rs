//! The columns of an export, those of one name in several files taken together.

use std::collections::HashMap;

use super::column_words::words;
use crate::cell::date_order::OrderEvidence;
use crate::cell::fold;
use crate::dialect::Format;
use crate::scan::{Column, Holds, Table};

/// A column as a profile names it, with all that is known of it.
#[derive(Debug)]
pub(super) struct DraftColumn<'t> {
    /// How a profile names it, as TOML: a text, or a number.
    pub written: String,
    /// Its name for people.
    pub name: String,
    /// The words of its name.
    pub words: Vec<String>,
    /// What most of its cells hold.
    pub holds: Holds,
    /// The column in each table that has it.
    pub parts: Vec<&'t Column>,
    /// Its values, the most frequent first; those that are the same but for case as one.
    pub values: Vec<(String, u64)>,
    /// Whether some table lacks it.
    pub is_missing_somewhere: bool,
}

impl DraftColumn<'_> {
    /// The name by which a table of a profile has it as a key: its own, or its number.
    pub(super) fn key(&self) -> String {
        match self.written.starts_with(['"', '\'']) {
            true => self.name.clone(),
            false => self.written.clone(),
        }
    }

    /// Cells with content.
    pub(super) fn filled(&self) -> u64 {
        self.parts.iter().map(|part| part.filled).sum()
    }

    /// What its dates say of the order of day and month.
    pub(super) fn order(&self) -> OrderEvidence {
        let mut order = OrderEvidence::default();
        for part in &self.parts {
            order.add(&part.date_order());
        }
        order
    }

    /// The formats of its dates with their counts.
    pub(super) fn formats(&self) -> Vec<(String, u64)> {
        let mut counts: Vec<(String, u64)> = Vec::new();
        for (format, count) in self.parts.iter().flat_map(|part| part.date_formats()) {
            match counts.iter_mut().find(|(known, _)| known == format) {
                Some((_, own)) => *own += count,
                None => counts.push((format.to_owned(), count)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// Whether most cells are numbers of two digits at most, as numbers within something are.
    pub(super) fn is_short_number(&self) -> bool {
        let short = |value: &str| value.len() <= 2 && value.bytes().all(|b| b.is_ascii_digit());
        let cells = self.values.iter().filter(|(value, _)| short(value));
        let cells: u64 = cells.map(|(_, cells)| cells).sum();
        cells > 0 && cells * 2 >= self.filled()
    }

    /// Cells that may be day numbers of a spreadsheet.
    pub(super) fn day_numbers(&self) -> u64 {
        self.parts.iter().map(|part| part.day_numbers()).sum()
    }

    /// What separates the values of its cells, where some hold several.
    pub(super) fn separators(&self) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = Vec::new();
        for several in self.parts.iter().filter_map(|part| part.several.as_ref()) {
            for separator in &several.separators {
                if !all.contains(separator) {
                    all.push(separator);
                }
            }
        }
        all
    }
}

/// The columns of tables that are written alike; the first table leads.
pub(super) fn columns<'t>(tables: &[&'t Table]) -> Vec<DraftColumn<'t>> {
    let mut columns: Vec<DraftColumn<'t>> = Vec::new();
    for table in tables {
        for (column, (name, written)) in table.columns.iter().zip(references(table)) {
            match columns.iter_mut().find(|own| own.written == written) {
                Some(own) => own.parts.push(column),
                None => columns.push(DraftColumn {
                    words: words(&column.name),
                    written,
                    name,
                    holds: column.holds,
                    parts: vec![column],
                    values: Vec::new(),
                    is_missing_somewhere: false,
                }),
            }
        }
    }
    for column in &mut columns {
        let fullest = column.parts.iter().max_by_key(|part| part.content());
        column.holds = fullest.map_or(Holds::Nothing, |part| part.holds);
        column.is_missing_somewhere = column.parts.len() < tables.len();
        column.values = values(&column.parts);
    }
    columns
}

fn values(parts: &[&Column]) -> Vec<(String, u64)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut values: Vec<(String, u64)> = Vec::new();
    for (value, count) in parts.iter().flat_map(|part| part.values()) {
        let folded = fold(value).into_owned();
        let at = *places.entry(folded).or_insert(values.len());
        match values.get_mut(at) {
            Some((_, own)) => *own += count,
            None => values.push((value.clone(), *count)),
        }
    }
    values.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    values
}

/// How a profile names the columns of a table: for people, and as TOML.
fn references(table: &Table) -> Vec<(String, String)> {
    let json = matches!(table.dialect.format, Format::Json | Format::Ndjson);
    let named = |name: &str| table.columns.iter().filter(|own| own.name == name).count();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut all = Vec::new();
    for column in &table.columns {
        let count = seen.entry(&column.name).or_default();
        *count += 1;
        let name = match (column.name.is_empty(), named(&column.name)) {
            (true, _) => {
                let number = column.number.to_string();
                all.push((format!("column {number}"), number));
                continue;
            }
            (false, 1) => column.name.clone(),
            (false, _) if json => column.name.clone(),
            (false, _) => format!("{} ({count})", column.name),
        };
        let short = name.replace(
            "@OData.Community.Display.V1.FormattedValue",
            "@FormattedValue",
        );
        all.push((short.clone(), super::toml_text::text(&short)));
    }
    all
}
