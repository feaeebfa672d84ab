//! The columns of an export, and what a record's cell in each of them says.

use super::alert::Alert;
use super::fault::Fault;
use super::labels::{FLAGS, Labels};
use super::phrases::{LENGTH, Phrases, SOURCES, TOLD, TREND};
use super::shape::Shape;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Key of the alert.
    AlertRef,
    /// Key of the person.
    PersonRef,
    /// Label of the code, or several.
    AlertType,
    /// Free text.
    Notes,
    /// Who reported it.
    ReportedBy,
    /// Role or organisation of the source.
    SourceDetail,
    /// User who raised it.
    RaisedBy,
    /// Whether the person was told.
    TenantTold,
    /// How it develops.
    Trend,
    /// Whether it lasts.
    Length,
    /// How many days it lasts.
    Days,
    /// First day.
    DateFrom,
    /// Last day.
    DateTo,
    /// When to look again.
    ReviewDue,
    /// Whether it holds.
    Live,
    /// Point in time of the last change.
    ChangedOn,
    /// User who last changed it.
    ChangedBy,
    /// Whether a person has the need of that number.
    Flag(usize),
}

const LONG: [Column; 17] = [
    Column::AlertRef,
    Column::PersonRef,
    Column::AlertType,
    Column::Notes,
    Column::ReportedBy,
    Column::SourceDetail,
    Column::RaisedBy,
    Column::TenantTold,
    Column::Trend,
    Column::Length,
    Column::Days,
    Column::DateFrom,
    Column::DateTo,
    Column::ReviewDue,
    Column::Live,
    Column::ChangedOn,
    Column::ChangedBy,
];
const WIDE: [Column; 8] = [
    Column::AlertRef,
    Column::PersonRef,
    Column::Notes,
    Column::TenantTold,
    Column::DateFrom,
    Column::DateTo,
    Column::ReviewDue,
    Column::Live,
];
const UNMAPPED: [&str; 4] = ["Legacy marker 17", "TBC", "see file", "Old flag"];
const BAD_DATES: [&str; 4] = ["31/02/2024", "00/00/0000", "tbc", "29/02/2023"];
const BAD_NUMBERS: [&str; 3] = ["12.5", "abc", "2 weeks"];

impl Column {
    /// The columns of a shape, in their order.
    pub fn of(shape: Shape) -> Vec<Column> {
        match shape {
            Shape::Wide => WIDE
                .into_iter()
                .chain((0..FLAGS).map(Column::Flag))
                .collect(),
            _ => LONG.to_vec(),
        }
    }

    /// Whether a shape has the column.
    pub fn stands_in(self, shape: Shape) -> bool {
        Column::of(shape).contains(&self)
    }

    /// Its name in the header.
    pub fn name(self, labels: &Labels) -> &str {
        match self {
            Column::AlertRef => "Alert Ref",
            Column::PersonRef => "Person Ref",
            Column::AlertType => "Alert Type",
            Column::Notes => "Alert Notes",
            Column::ReportedBy => "Reported By",
            Column::SourceDetail => "Source Detail",
            Column::RaisedBy => "Raised By",
            Column::TenantTold => "Tenant Told",
            Column::Trend => "Trend",
            Column::Length => "Length",
            Column::Days => "Days",
            Column::DateFrom => "Date From",
            Column::DateTo => "Date To",
            Column::ReviewDue => "Review Due",
            Column::Live => "Live",
            Column::ChangedOn => "Changed On",
            Column::ChangedBy => "Changed By",
            Column::Flag(at) => labels.flags().nth(at).map_or("", |label| &label.text),
        }
    }

    /// Whether its cells may hold what CSV must quote.
    pub fn is_prose(self) -> bool {
        matches!(self, Column::AlertType | Column::Notes)
    }
}

impl Alert {
    /// Adds the text of a cell.
    pub fn put(&self, column: Column, labels: &Labels, phrases: &Phrases, out: &mut Vec<u8>) {
        if let Some(text) = self.wrong(column) {
            return out.extend_from_slice(text.as_bytes());
        }
        let mut text = |text: &str| out.extend_from_slice(text.as_bytes());
        let day = |day: Option<i32>| day.map_or("", |day| phrases.day(day));
        match column {
            Column::AlertRef => put_number(self.reference, out),
            Column::PersonRef => put_number(self.person, out),
            Column::AlertType => {
                for (at, label) in self.labels.iter().enumerate() {
                    text(if at > 0 { "|" } else { "" });
                    text(&labels.get(*label).text);
                }
            }
            Column::Notes => self.put_notes(phrases, out),
            Column::ReportedBy => text(SOURCES[self.source as usize]),
            Column::SourceDetail => text(&phrases.details[self.detail as usize]),
            Column::RaisedBy => put_user(self.users[0], out),
            Column::TenantTold => text(TOLD[self.words[0] as usize]),
            Column::Trend => text(TREND[self.words[1] as usize]),
            Column::Length => text(LENGTH[self.words[2] as usize]),
            Column::Days => {
                let days = self
                    .end
                    .map(|end| end - self.start)
                    .filter(|days| *days > 0);
                put_user(days.unwrap_or(0) as u32, out);
            }
            Column::DateFrom => text(phrases.day(self.start)),
            Column::DateTo => text(day(self.end)),
            Column::ReviewDue => text(day(self.review)),
            Column::Live => text(if self.live { "Y" } else { "N" }),
            Column::ChangedOn => {
                text(phrases.day(self.changed.0));
                let (hour, minute) = (self.changed.1 / 60, self.changed.1 % 60);
                let digits = [hour / 10, hour % 10, minute / 10, minute % 10];
                let [h, o, m, i] = digits.map(|digit| b'0' + digit as u8);
                out.extend_from_slice(&[b' ', h, o, b':', m, i]);
            }
            Column::ChangedBy => put_user(self.users[1], out),
            Column::Flag(at) => {
                let code = labels.flags().nth(at).map(|label| &label.subcode);
                let mut own = self.labels.iter().map(|label| &labels.get(*label).subcode);
                text(if own.any(|own| Some(own) == code) {
                    "Y"
                } else {
                    "N"
                });
            }
        }
    }

    /// The day that a cell holds, counted from 1970-01-01, where it holds one.
    pub fn day(&self, column: Column) -> Option<i32> {
        match column {
            Column::DateFrom if self.fault != Some(Fault::BadDate) => Some(self.start),
            Column::DateTo => self.end,
            Column::ReviewDue => self.review,
            _ => None,
        }
    }

    /// What the record's fault puts into a cell.
    fn wrong(&self, column: Column) -> Option<&'static str> {
        let pick = |pool: &[&'static str]| pool[self.variant as usize % pool.len()];
        Some(match (self.fault?, column) {
            (Fault::UnmappedLabel, Column::AlertType) => pick(&UNMAPPED),
            (Fault::MissingPerson, Column::PersonRef) => "",
            (Fault::PlaceholderPerson, Column::PersonRef) => pick(&["Not found", "0", "N/A"]),
            (Fault::BadDate, Column::DateFrom) => pick(&BAD_DATES),
            (Fault::BadNumber, Column::Days) => pick(&BAD_NUMBERS),
            (Fault::NoDuration, Column::Days) => pick(&["0", "-3"]),
            (Fault::UnknownWord, Column::Trend) => pick(&["same-ish", "see above"]),
            (Fault::BadBoolean, Column::Live) | (Fault::BadFlag, Column::Flag(0)) => {
                pick(&["maybe", "2"])
            }
            (Fault::SpreadsheetError, Column::SourceDetail) => pick(&["#REF!", "#VALUE!"]),
            _ => return None,
        })
    }

    /// Nothing, a phrase, or two with a space, a comma, quotes or a line end between them.
    fn put_notes(&self, phrases: &Phrases, out: &mut Vec<u8>) {
        let [first, second, kind] = self.notes;
        let between = match kind {
            0..400 => return,
            400..880 => " ",
            880..965 => ", ",
            965..980 => " \"",
            980..990 => "\n",
            _ => "",
        };
        let [first, second] = [first, second].map(|at| phrases.notes[at as usize].as_bytes());
        out.extend_from_slice(first);
        if !between.is_empty() {
            out.extend_from_slice(between.as_bytes());
            out.extend_from_slice(second);
        }
        if between == " \"" {
            out.push(b'"');
        }
    }
}

/// A number above zero; nothing for zero.
fn put_user(number: u32, out: &mut Vec<u8>) {
    if number > 0 {
        put_number(u64::from(number), out);
    }
}

fn put_number(mut number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}
