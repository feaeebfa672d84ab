//! The values without a code, and what they may mean.

use serde::Serialize;

use super::overview::MOST_NAME;
use crate::report::Report;
use crate::report::account::{Account, UnmappedRow};
use crate::report::audience::Audience;
use crate::report::numerals::{number, plural};
use crate::report::shown::shown;
use crate::scan::holds_identifier;
use crate::suggest::{Label, Suggester};

/// Codes that are suggested for a value.
const MOST_SUGGESTIONS: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct Unmapped {
    intro: String,
    caption: String,
    suggestions: bool,
    rows: Vec<UnmappedValue>,
    more: String,
}

#[derive(Debug, Serialize)]
struct UnmappedValue {
    value: String,
    column: String,
    count: String,
    outcome: String,
    first_seen: String,
    suggestions: Vec<String>,
}

pub(super) fn unmapped(
    account: &Account,
    audience: Audience,
    suggester: Option<&Suggester>,
) -> Unmapped {
    let report = &account.report;
    let (undecided, gaps) = (report.unmapped_values as u64, report.gap_values as u64);
    let mut intro = match (undecided, gaps) {
        (0, 0) => return nothing_unmapped(),
        (undecided, 0) => format!("{} to decide on.", plural(undecided, "value")),
        (undecided, gaps) => format!(
            "{} to decide on, and {} that the standard has no code for.",
            plural(undecided, "value"),
            number(gaps)
        ),
    };
    if audience.is_others() {
        return Unmapped {
            intro,
            ..nothing_unmapped()
        };
    }
    if !audience.sees_values() {
        intro.push_str(" They are not shown here: each is named by its line in the file of such values, which can be filled in as a crosswalk. Asked with --show-values, pac report shows them, with suggestions.");
    }
    let rows = account.unmapped.iter();
    let suggester = suggester.filter(|_| audience.sees_values());
    let rows: Vec<UnmappedValue> = rows
        .map(|row| UnmappedValue {
            suggestions: suggester.map_or(Vec::new(), |own| suggestions(row, report, own)),
            ..value(row, audience)
        })
        .collect();
    Unmapped {
        intro,
        caption: "Values without a code, the most frequent first".to_owned(),
        suggestions: suggester.is_some(),
        more: match account.unmapped_further {
            0 => String::new(),
            more => format!("{} more are in the file.", number(more as u64)),
        },
        rows,
    }
}

fn nothing_unmapped() -> Unmapped {
    Unmapped {
        intro: "No value was found that has no code.".to_owned(),
        caption: String::new(),
        suggestions: false,
        rows: Vec::new(),
        more: String::new(),
    }
}

fn value(row: &UnmappedRow, audience: Audience) -> UnmappedValue {
    let place = format!("{} line {}", row.file, row.line);
    UnmappedValue {
        value: match audience.sees_values() {
            true => shown(row.cell("value"), MOST_NAME),
            false => place,
        },
        column: shown(row.cell("column"), MOST_NAME),
        count: number(row.count()),
        outcome: row.cell("outcome").to_owned(),
        first_seen: shown(row.cell("first_seen"), MOST_NAME),
        suggestions: Vec::new(),
    }
}

/// What a value may mean, with how each code stands to it; nothing of what names a person or opens a home.
fn suggestions(row: &UnmappedRow, report: &Report, suggester: &Suggester) -> Vec<String> {
    let (value, column) = (row.cell("value"), row.cell("column"));
    if value.is_empty() || holds_identifier(value) {
        return Vec::new();
    }
    let label = Label {
        column: Some(column),
        ..Label::new(value)
    };
    let found = match is_of_sources(column, report) {
        true => suggester.suggest_source(&label),
        false => suggester.suggest_code(&label),
    };
    let stops = found.marks.iter().filter(|mark| mark.stops_default());
    let stops: Vec<String> = stops.map(|mark| mark.as_str().replace('_', " ")).collect();
    let likely = found.candidates.iter().filter(|own| own.is_likely());
    let mut told: Vec<String> = likely
        .take(MOST_SUGGESTIONS)
        .map(|own| format!("{} {} ({})", own.code, own.name, own.relation.as_str()))
        .collect();
    if !stops.is_empty() {
        told.push(format!("to be decided: {}", stops.join(", ")));
    }
    told
}

/// Whether a column states who reported an alert: rules about sources speak of it.
fn is_of_sources(column: &str, report: &Report) -> bool {
    let rules = report.findings.rules.iter();
    let mut columns = rules
        .filter(|rule| rule.subject == "sources")
        .flat_map(|rule| rule.columns.iter());
    columns.any(|(name, _)| name == column)
}
