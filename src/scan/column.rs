//! What a column turned out to hold.

use std::collections::BTreeMap;

use serde::Serialize;

use super::privacy::names_a_person;
use super::several::{Several, several};
use super::tally::{CellKind, ColumnTally, DateTally};
use crate::cell::date_order::OrderEvidence;
use crate::cell::flag::{FlagReader, FlagWord};
use crate::text_scan::Kind;

/// Different words of a column of flags at most.
const MOST_FLAG_WORDS: usize = 16;
/// Different values of a list of labels at most, where they are not repeated much.
const MOST_LABELS: u64 = 1000;
/// Digits of the shortest key that is built of letters and digits.
const FEWEST_DIGITS: usize = 3;
/// Average bytes from which on cells of several words are free text.
const TEXT_LENGTH: u64 = 40;

/// What a column holds, as far as its cells tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// Keys: of persons, alerts, users or properties.
    Keys,
    /// Days.
    Dates,
    /// Days with a time of day.
    Timestamps,
    /// Words for yes and no.
    Flags,
    /// Numbers.
    Numbers,
    /// A few labels or codes, again and again.
    Labels,
    /// Free text.
    Text,
    /// Telephone numbers, postcodes, dates of birth and the like.
    PersonalDetails,
    /// JSON.
    Json,
}

impl Holds {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Holds::Nothing => "nothing",
            Holds::Keys => "keys",
            Holds::Dates => "dates",
            Holds::Timestamps => "timestamps",
            Holds::Flags => "flags",
            Holds::Numbers => "numbers",
            Holds::Labels => "labels",
            Holds::Text => "text",
            Holds::PersonalDetails => "personal details",
            Holds::Json => "JSON",
        }
    }
}

/// Whether the values of a column differ from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unique {
    /// No value occurs twice.
    Yes,
    /// No repetition was seen, and there are too many values to be certain.
    Probably,
    /// Some value occurs twice.
    No,
}

/// How many different values there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Distinct {
    /// The number, or an estimate that is off by a few percent.
    pub values: u64,
    /// Whether it is the number.
    pub exact: bool,
}

/// A column of a scanned table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name as the header has it, or that of the member.
    pub name: String,
    /// Its number, counted from 1.
    pub number: usize,
    /// What it holds.
    pub holds: Holds,
    /// Cells with content.
    pub filled: u64,
    /// Cells without.
    pub empty: u64,
    /// Of the filled ones, those that say nothing, such as `NULL`.
    pub says_nothing: u64,
    /// How many different values there are.
    pub distinct: Distinct,
    /// Whether they differ from each other.
    pub unique: Unique,
    /// Of whole numbers, whether at least half of those between the least and the greatest occur.
    pub dense: Option<bool>,
    /// Characters of the longest cell.
    pub longest: u64,
    /// The shape of most cells, such as `A999999`, and how many have it.
    pub shape: Option<(String, u64)>,
    /// How many cells are of each kind.
    pub kinds: Vec<(&'static str, u64)>,
    /// Its dates, where it has any.
    pub(super) dates: DateTally,
    /// Words for yes and no with their counts, where it holds flags.
    pub flag_words: Vec<(String, FlagWord, u64)>,
    /// Other words among these, as many cells.
    pub flag_strangers: u64,
    /// Cells with several values, where there are any.
    pub several: Option<Several>,
    /// Cells in which something was found that names a person, or a way to one.
    pub identifiers: BTreeMap<Kind, u64>,
    /// What spreadsheets and wrong encodings have spoilt.
    pub damage: Damage,
    /// The values that were kept, the most frequent first.
    values: Vec<(String, u64)>,
    /// Whether all were kept.
    pub all_values: bool,
}

/// What spreadsheets and wrong encodings have spoilt, in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// Errors of formulas.
    pub formula_errors: u64,
    /// Keys that were rounded, such as `1.00023E+11`.
    pub rounded_numbers: u64,
    /// `20-Oct`, which may have been the code `20-10`.
    pub codes_as_dates: u64,
    /// Numbers that are shorter than those with leading zeros.
    pub lost_zeros: u64,
    /// Text in the wrong encoding.
    pub mojibake: u64,
    /// Text as long as a cell can be.
    pub cut_off: u64,
}

impl Column {
    pub(super) fn new(name: &str, number: usize, tally: ColumnTally) -> Column {
        let kind = |kind: CellKind| tally.of_kind(kind);
        let says_nothing = kind(CellKind::Nothing);
        let values = tally.values.by_count();
        let all_values = tally.values.are_all();
        let distinct = match all_values {
            true => Distinct {
                values: values.len() as u64,
                exact: true,
            },
            false => Distinct {
                values: tally.distinct.count().0.max(values.len() as u64),
                exact: false,
            },
        };
        let unique = match tally.repeated || values.iter().any(|(_, count)| *count > 1) {
            true => Unique::No,
            false if all_values => Unique::Yes,
            false if distinct.values * 20 >= tally.filled * 19 => Unique::Probably,
            false => Unique::No,
        };
        let dense = tally
            .integers
            .filter(|_| kind(CellKind::Integer) == tally.filled);
        let dense =
            dense.map(|(least, most)| most.abs_diff(least) < distinct.values.saturating_mul(2));
        let (flag_words, flag_strangers) = flag_words(&values, all_values);
        let damage = Damage {
            formula_errors: kind(CellKind::SpreadsheetError),
            rounded_numbers: kind(CellKind::Rounded),
            codes_as_dates: kind(CellKind::DayMonth),
            lost_zeros: tally.widths.lost_zeros().unwrap_or_default(),
            mojibake: tally.mojibake,
            cut_off: tally.cut_off,
        };
        let mut column = Column {
            name: name.to_owned(),
            number,
            holds: Holds::Nothing,
            filled: tally.filled,
            empty: tally.empty,
            says_nothing,
            distinct,
            unique,
            dense,
            longest: tally.longest,
            shape: tally
                .shapes
                .usual()
                .map(|(shape, count)| (shape.to_owned(), count)),
            kinds: CellKind::ALL
                .into_iter()
                .map(|own| (own.as_str(), kind(own)))
                .filter(|(_, count)| *count > 0)
                .collect(),
            flag_words,
            flag_strangers,
            several: several(&values),
            identifiers: tally.identifiers.clone(),
            damage,
            values: values
                .iter()
                .map(|(value, count)| ((*value).to_owned(), *count))
                .collect(),
            all_values,
            dates: tally.dates.clone(),
        };
        column.holds = column.judged(&tally);
        if !matches!(column.holds, Holds::Labels | Holds::Text | Holds::Numbers) {
            column.several = None;
        }
        column
    }

    fn judged(&self, tally: &ColumnTally) -> Holds {
        let content = self.filled - self.says_nothing;
        let most = |count: u64, of_ten: u64| count * 10 >= content * of_ten;
        let kind = |kind: CellKind| tally.of_kind(kind);
        let written = self.dates.written();
        if content == 0 {
            return Holds::Nothing;
        }
        if most(kind(CellKind::Json), 8) {
            return Holds::Json;
        }
        let serials = if written > 0 { self.dates.serials } else { 0 };
        if most(written + serials, 6) {
            return match self.dates.timed * 2 > written {
                true => Holds::Timestamps,
                false => Holds::Dates,
            };
        }
        if !self.flag_words.is_empty() {
            return Holds::Flags;
        }
        let personal = self
            .identifiers
            .iter()
            .filter(|(kind, _)| names_a_person(**kind));
        if most(
            personal.map(|(_, count)| *count).max().unwrap_or_default(),
            6,
        ) {
            return Holds::PersonalDetails;
        }
        let long =
            |shape: &str| shape.matches('9').count() >= FEWEST_DIGITS && !shape.contains('.');
        let numbered = tally.shapes.usual().filter(|(shape, _)| long(shape));
        let coded = numbered.is_some_and(|(_, count)| most(count, 6));
        let numbers = kind(CellKind::Integer) + kind(CellKind::Decimal);
        let many = self.distinct.values * 2 >= content || self.distinct.values > MOST_LABELS;
        if most(kind(CellKind::Guid), 6) {
            return Holds::Keys;
        }
        let whole = kind(CellKind::Integer) + kind(CellKind::Rounded);
        // numbers below a thousand that repeat count something
        let counts = self.longest <= FEWEST_DIGITS as u64 && self.unique == Unique::No;
        if many && (most(whole, 8) && !counts || coded) && !self.has_subcodes() {
            return Holds::Keys;
        }
        if most(numbers, 8) {
            return Holds::Numbers;
        }
        let long = tally.bytes >= content * TEXT_LENGTH;
        let varied = self.distinct.values * 10 >= content * 7 && content >= 20;
        let worded = most(tally.worded, 6);
        match worded && (long || varied) || self.distinct.values > MOST_LABELS {
            true => Holds::Text,
            false => Holds::Labels,
        }
    }

    /// Whether cells look like codes of the standard, such as `MED1.01`.
    fn has_subcodes(&self) -> bool {
        let shape = self.shape.as_ref().map_or("", |(shape, _)| shape.as_str());
        let letters = shape.trim_start_matches('A');
        letters == "9.99" && (2..=5).contains(&(shape.len() - letters.len()))
    }

    /// The values that were kept with their counts, the most frequent first.
    pub fn values(&self) -> &[(String, u64)] {
        &self.values
    }

    /// The formats in which its dates are written, the most frequent first; with the day first where day
    /// and month are both numbers.
    pub fn date_formats(&self) -> Vec<(&str, u64)> {
        let formats = self.dates.formats.iter();
        let mut formats: Vec<(&str, u64)> =
            formats.map(|(own, count)| (own.as_str(), *count)).collect();
        formats.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        formats
    }

    /// Cells that are written as dates that no system means, such as 1900-01-01, with their counts.
    pub fn no_dates(&self) -> &BTreeMap<String, u64> {
        &self.dates.sentinels
    }

    /// What its dates say of the order of day and month.
    pub fn date_order(&self) -> OrderEvidence {
        self.dates.order
    }

    /// Whole numbers that may be the day numbers of a spreadsheet.
    pub fn day_numbers(&self) -> u64 {
        self.dates.serials
    }

    /// Cells with content that says something.
    pub fn content(&self) -> u64 {
        self.filled - self.says_nothing
    }
}

/// The words of a column of flags with their meanings, and how many cells hold other words; nothing where it
/// holds no flags.
fn flag_words(values: &[(&str, u64)], all: bool) -> (Vec<(String, FlagWord, u64)>, u64) {
    let nothing = (Vec::new(), 0);
    let Ok(reader) = FlagReader::new(&Default::default()) else {
        return nothing;
    };
    if !all || values.len() > MOST_FLAG_WORDS {
        return nothing;
    }
    let (mut words, mut strangers, mut known) = (Vec::new(), 0, 0);
    for (value, count) in values {
        match reader.read(value) {
            Some(meaning) => {
                known += count;
                words.push(((*value).to_owned(), meaning, *count));
            }
            None => strangers += count,
        }
    }
    let decides = |own: &(String, FlagWord, u64)| matches!(own.1, FlagWord::Yes | FlagWord::No);
    match words.iter().any(decides) && known * 5 >= (known + strangers) * 3 {
        true => (words, strangers),
        false => nothing,
    }
}
