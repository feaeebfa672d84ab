//! Which values a scan may list: those that many records share, in columns of labels.
//!
//! A rare value may name a person, and so may any value of a column of keys, dates or texts, however
//! often it occurs.

use serde::Serialize;

use super::column::{Column, Holds};
use crate::cell::fold;
use crate::text_scan::{self, Kind};

/// Values that are listed of a column at most.
const MOST_LISTED: usize = 400;
/// Words of a column's name that say that it is about who somebody is, or where to find them.
const PERSONAL: [&str; 26] = [
    "name",
    "names",
    "forename",
    "forenames",
    "surname",
    "firstname",
    "lastname",
    "fullname",
    "address",
    "street",
    "postcode",
    "dob",
    "birth",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "email",
    "nhs",
    "nino",
    "uprn",
    "contact",
    "carer",
    "signature",
    "initials",
    "photo",
];

/// Words of a column's name that say that its numbers are keys of persons.
const OF_PERSONS: [&str; 14] = [
    "person",
    "persons",
    "tenant",
    "resident",
    "customer",
    "client",
    "occupant",
    "household",
    "house",
    "tenancy",
    "account",
    "member",
    "ref",
    "reference",
];
/// Digits of a number, or of a value of letters and digits, from which on it may be a key.
const DIGITS_OF_KEYS: usize = 4;

/// Which values are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    /// Values in fewer cells are hidden.
    pub threshold: u64,
    /// Whether all values are listed, whatever they may say.
    pub show_values: bool,
}

/// The values of a column, as far as they are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueList {
    /// Values and in how many cells each stands, the most frequent first.
    pub listed: Vec<ListedValue>,
    /// Why none is listed, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_none: Option<&'static str>,
    /// Values that are not listed because they are too rare, or hold something that names a person.
    pub hidden_values: u64,
    /// The cells that hold them.
    pub hidden_cells: u64,
    /// Whether there are more values than were counted one by one.
    pub more_than_counted: bool,
}

/// A value that is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedValue {
    /// The value.
    pub value: String,
    /// In how many cells it stands.
    pub cells: u64,
}

impl Listing {
    /// The values of a column that may be listed.
    pub fn list(&self, column: &Column) -> ValueList {
        let why_none = match self.show_values {
            true => None,
            false => why_none(column),
        };
        let values = column.values();
        let shown = |(value, cells): &&(String, u64)| {
            self.show_values || *cells >= self.threshold && !holds_identifier(value)
        };
        let listed: Vec<ListedValue> = match why_none {
            Some(_) => Vec::new(),
            None => values
                .iter()
                .filter(shown)
                .take(MOST_LISTED)
                .map(|(value, cells)| ListedValue {
                    value: value.clone(),
                    cells: *cells,
                })
                .collect(),
        };
        let cells: u64 = listed.iter().map(|own| own.cells).sum();
        ValueList {
            hidden_values: column.distinct.values - listed.len() as u64,
            hidden_cells: column.filled - cells,
            more_than_counted: !column.all_values,
            why_none,
            listed,
        }
    }
}

/// Why no value of a column may be listed.
fn why_none(column: &Column) -> Option<&'static str> {
    let words = fold(&column.name).replace(|c: char| !c.is_alphanumeric(), " ");
    let speaks_of = |known: &[&str]| words.split_whitespace().any(|word| known.contains(&word));
    let shape = column
        .shape
        .as_ref()
        .filter(|(_, cells)| cells * 10 >= column.filled * 6);
    let digits = shape.map_or(0, |(shape, _)| shape.matches('9').count());
    match column.holds {
        Holds::Keys => Some("keys may name a person"),
        Holds::Dates | Holds::Timestamps => Some("a date may be a date of birth"),
        Holds::Text => Some("free text"),
        Holds::PersonalDetails => Some("personal details"),
        Holds::Json => Some("objects and arrays"),
        Holds::Numbers if speaks_of(&OF_PERSONS) => Some("keys may name a person"),
        Holds::Numbers | Holds::Labels if digits >= DIGITS_OF_KEYS => Some("they may be keys"),
        Holds::Flags => None,
        _ if speaks_of(&PERSONAL) => Some("the column's name speaks of a person"),
        _ => None,
    }
}

/// Whether a kind of finding names a person, or a way to one.
pub(super) fn names_a_person(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Offence | Kind::JusticeBody | Kind::Health | Kind::OwnCode
    )
}

/// Whether a value holds something that names a person, or a way to one or into a home.
pub fn holds_identifier(value: &str) -> bool {
    let found = text_scan::scan(value, &[value.len() as u32], &|_, _| false);
    found.iter().any(|found| names_a_person(found.kind))
}
