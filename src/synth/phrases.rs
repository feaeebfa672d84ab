//! The words that cells are made of.

use super::draw::Draw;
use crate::cell::date::date_of;

const WORDS: &str = "asked for visits to be arranged by phone carer is there on weekday mornings ring before \
    attending condition is managed by medication daughter lives nearby spare key is with the office leave no \
    parcels dog is kept in the kitchen allow time to answer the door letter sent review booked consent given \
    support plan is looked at every year please knock loudly prefers afternoons";
/// Phrases that notes are made of.
const PHRASES: usize = 4096;
/// The first and the last day that a cell can name: 1990-01-01 and 2035-12-31.
const DAYS: std::ops::RangeInclusive<i32> = 7305..=24_105;

/// The landlord's words for sources; the profile's crosswalk has them all.
pub const SOURCES: [&str; 9] = [
    "",
    "Doctor",
    "Tenant",
    "Social services",
    "Police",
    "Family",
    "Housing officer",
    "Charity",
    "Not known",
];
/// Words for whether the person was told.
pub const TOLD: [&str; 4] = ["Y", "N", "Yes", "No"];
/// Words for the trend.
pub const TREND: [&str; 7] = [
    "",
    "Stable",
    "Improving",
    "Getting better",
    "Getting worse",
    "Fluctuating",
    "Unknown",
];
/// Words for the length.
pub const LENGTH: [&str; 4] = ["", "Long Term", "Temporary", "Unknown"];

/// Phrases, and days as they are written.
#[derive(Debug)]
pub struct Phrases {
    /// Some words each, the first with a capital.
    pub notes: Vec<String>,
    /// Who told it; the first is blank.
    pub details: Vec<String>,
    days: Vec<String>,
}

impl Phrases {
    /// The phrases that are drawn.
    pub fn new(draw: &mut Draw) -> Phrases {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let phrase = |draw: &mut Draw| {
            let length = 1 + draw.below(11) as usize;
            let start = draw.below((words.len() - length) as u32) as usize;
            let mut text = words[start..start + length].join(" ");
            text[..1].make_ascii_uppercase();
            text
        };
        let notes = (0..PHRASES).map(|_| phrase(draw)).collect();
        let details = (1..1000).map(|number| match draw.below(2) {
            0 => format!("Letter {number}"),
            _ => format!("Team {number}"),
        });
        Phrases {
            notes,
            details: std::iter::once(String::new()).chain(details).collect(),
            days: DAYS
                .filter_map(date_of)
                .map(|day| day.format("%d/%m/%Y").to_string())
                .collect(),
        }
    }

    /// A day, counted from 1970-01-01, as it is written; the nearest that can be named.
    pub fn day(&self, day: i32) -> &str {
        let place = day.clamp(*DAYS.start(), *DAYS.end()) - DAYS.start();
        self.days
            .get(place as usize)
            .map(String::as_str)
            .unwrap_or_default()
    }
}
