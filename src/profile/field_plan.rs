//! What a compiled profile says of one field of the standard.

use std::collections::HashSet;

use crate::cell::boolean::BooleanReader;
use crate::cell::chosen::Chosen;
use crate::cell::crosswalk::CrosswalkReader;
use crate::cell::date::DateReader;
use crate::cell::date_order::OrderHint;
use crate::cell::number::{NumberReader, read_register_key};
use crate::cell::parts::Parts;
use crate::cell::term::TermReader;
use crate::cell::timestamp::TimestampReader;

/// Where a field's cells come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The profile does not map the field.
    Absent,
    /// A column of the input, by the name in its header; for JSON a member, or a JSON Pointer.
    Column(String),
    /// Several columns, which together are one key.
    Composed(Composition),
    /// The same text for every record.
    Constant(String),
}

impl Source {
    /// The columns that cells come from.
    pub fn columns(&self) -> &[String] {
        match self {
            Source::Column(name) => std::slice::from_ref(name),
            Source::Composed(composition) => &composition.columns,
            Source::Absent | Source::Constant(_) => &[],
        }
    }
}

/// A key that is composed of several columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    /// The columns, in the order of the parts.
    pub columns: Vec<String>,
    /// What stands between two parts, and in none of them.
    pub join: String,
}

/// How a field's cells are read.
#[derive(Debug, Clone)]
pub enum CellReader {
    /// Key of a person.
    PersonKey,
    /// Key of an alert.
    AlertKey,
    /// Key of an organisation: a whole number, or whatever a reference file resolves.
    OrganisationKey,
    /// Whole number, 64 bits.
    Integer,
    /// Whole number, 32 bits.
    SmallInteger(NumberReader),
    /// Text, trimmed.
    Text,
    /// Text of no more than so many characters.
    Summary(usize),
    /// The fields that a change has changed, with their values.
    ChangedFields,
    /// Date.
    Date(Chosen<DateReader>),
    /// Point in time.
    Timestamp(Chosen<TimestampReader>),
    /// True or false.
    Boolean(BooleanReader),
    /// Value of a closed list.
    Term(TermReader),
    /// Key of a code list's row.
    Code(CrosswalkReader),
}

/// What a compiled profile says of one field of the standard.
#[derive(Debug, Clone)]
pub struct FieldPlan {
    /// Name of the field.
    pub name: String,
    /// Where its cells come from.
    pub source: Source,
    /// The column that is read where the cell says nothing.
    pub or: Option<String>,
    /// Whether an input without the column is acceptable.
    pub optional: bool,
    /// Cells that say nothing in this field, folded: those of the whole input and the field's own.
    pub null_values: HashSet<String>,
    /// Text that stands in for an empty cell.
    pub default: Option<String>,
    /// How many digits its keys have, where they have a fixed number; only of keys.
    pub width: Option<usize>,
    /// How its cells are read.
    pub reader: CellReader,
    /// How a cell that holds several values is taken apart; only of the alert's code.
    pub parts: Option<Parts>,
}

impl FieldPlan {
    /// The value that a text would be read as, as a number that is equal for equal values; `None`
    /// where it cannot be read.
    pub(super) fn reads(&self, text: &str) -> Option<i64> {
        match &self.reader {
            CellReader::PersonKey
            | CellReader::AlertKey
            | CellReader::Text
            | CellReader::Summary(_)
            | CellReader::ChangedFields => (!text.trim().is_empty()).then_some(0),
            CellReader::OrganisationKey | CellReader::Integer => read_register_key(text).value(),
            CellReader::SmallInteger(reader) => reader.read(text).value().map(i64::from),
            CellReader::Date(readers) => {
                let reading = readers.read_alone(|reader| reader.read(text));
                reading.value().map(i64::from)
            }
            CellReader::Timestamp(readers) => {
                readers.read_alone(|reader| reader.read(text)).value()
            }
            CellReader::Boolean(reader) => reader.read(text).value().map(i64::from),
            CellReader::Term(reader) => reader.read(text).value().map(i64::from),
            CellReader::Code(reader) => reader.read(text).value().map(i64::from),
        }
    }

    /// The column that chooses between the formats of its cells.
    pub fn deciding_column(&self) -> Option<&str> {
        match &self.reader {
            CellReader::Date(readers) => readers.column(),
            CellReader::Timestamp(readers) => readers.column(),
            _ => None,
        }
    }

    /// Whether its formats leave the order of day and month to the cells.
    pub fn asks_date_order(&self) -> bool {
        match &self.reader {
            CellReader::Date(Chosen::Always(reader)) => reader.asks_order(),
            CellReader::Timestamp(Chosen::Always(reader)) => reader.asks_order(),
            _ => false,
        }
    }

    /// What a cell says about the order of day and month.
    pub fn date_order_hint(&self, cell: &str) -> Option<OrderHint> {
        match &self.reader {
            CellReader::Date(Chosen::Always(reader)) => reader.hint(cell),
            CellReader::Timestamp(Chosen::Always(reader)) => reader.hint(cell),
            _ => None,
        }
    }

    /// What a cell of the field should look like, for a message.
    pub fn expected(&self) -> String {
        match &self.reader {
            CellReader::PersonKey | CellReader::AlertKey => "a key".to_owned(),
            CellReader::OrganisationKey | CellReader::Integer | CellReader::SmallInteger(_) => {
                "a whole number".to_owned()
            }
            CellReader::Text | CellReader::Summary(_) => "text".to_owned(),
            CellReader::ChangedFields => "a JSON object, or text".to_owned(),
            CellReader::Date(readers) => readers.expected(DateReader::expected),
            CellReader::Timestamp(readers) => readers.expected(TimestampReader::expected),
            CellReader::Boolean(_) => "a word for yes or no".to_owned(),
            CellReader::Term(_) => "a value of the standard's list".to_owned(),
            CellReader::Code(_) => "a code".to_owned(),
        }
    }
}
