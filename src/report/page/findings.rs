//! The findings by what they are about, and the values without a code.

use serde::Serialize;

use super::overview::{MOST_NAME, capital};
use crate::finding::Severity;
use crate::report::Report;
use crate::report::account::{Account, UnmappedRow};
use crate::report::audience::Audience;
use crate::report::finding_counts::RuleCount;
use crate::report::numerals::{number, percent, plural};
use crate::report::shown::shown;

/// Columns that are named of each rule.
const MOST_COLUMNS: usize = 6;

/// The parts of the page with the subjects of the rules in them.
const PARTS: [(&str, &str, &[&str]); 5] = [
    ("structure", "Structure", &["reading"]),
    ("mapping", "Mapping", &["codes", "sources", "code lists"]),
    (
        "validity",
        "Validity",
        &["keys", "lists", "references", "schema"],
    ),
    (
        "life-cycle",
        "Dates and life cycle",
        &["dates", "dataset", "history"],
    ),
    ("privacy", "Privacy", &["privacy"]),
];

#[derive(Debug, Serialize)]
pub(super) struct Findings {
    intro: String,
    places: bool,
    parts: Vec<Part>,
}

#[derive(Debug, Serialize)]
struct Part {
    id: &'static str,
    title: &'static str,
    caption: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    rule: String,
    slug: String,
    severity: Severity,
    says: String,
    fix: String,
    count: String,
    share: String,
    columns: Vec<Column>,
    places: Vec<String>,
    more: String,
}

#[derive(Debug, Serialize)]
struct Column {
    name: String,
    count: String,
}

pub(super) fn findings(report: &Report, audience: Audience) -> Findings {
    let counts = &report.findings;
    let all = counts.total();
    let parts = PARTS.iter().map(|(id, title, subjects)| {
        let rules = counts.gravest_first().into_iter();
        let own = rules.filter(|rule| subjects.contains(&&*rule.subject));
        let own: Vec<&RuleCount> = own.collect();
        let count = own.iter().map(|rule| rule.count).sum();
        Part {
            id,
            title,
            caption: format!("{}: {} of {}", title, number(count), plural(all, "finding")),
            rows: own.iter().map(|rule| row(rule, all, audience)).collect(),
        }
    });
    let waived = match counts.waived {
        0 => String::new(),
        waived => format!(" and {} that a waiver lets pass", number(waived)),
    };
    Findings {
        intro: format!(
            "{}: {}, {}, {}{waived}. An error keeps its alert out; with a warning the alert is kept, and somebody should look; an info is worth knowing.{}",
            plural(all, "finding"),
            plural(counts.error, "error"),
            plural(counts.warning, "warning"),
            plural(counts.info, "info"),
            match audience.is_others() {
                true => "",
                false => " Every place is in findings.csv and findings.parquet.",
            }
        ),
        places: !audience.is_others(),
        parts: parts.collect(),
    }
}

fn row(rule: &RuleCount, all: u64, audience: Audience) -> Row {
    let columns = rule.columns.iter().filter(|(name, _)| !name.is_empty());
    let mut columns: Vec<Column> = columns
        .take(MOST_COLUMNS)
        .map(|(name, count)| Column {
            name: shown(name, MOST_NAME),
            count: match audience.is_others() {
                true => String::new(),
                false => number(count),
            },
        })
        .collect();
    let named = rule.columns.iter().filter(|(name, _)| !name.is_empty());
    let further = named.skip(MOST_COLUMNS).count();
    if further > 0 || rule.in_further_columns > 0 {
        columns.push(Column {
            name: "and further columns".to_owned(),
            count: String::new(),
        });
    }
    let places = match audience.is_others() {
        true => &[],
        false => rule.examples.as_slice(),
    };
    let more = places.len() as u64;
    Row {
        rule: rule.rule.to_string(),
        slug: rule.slug.to_string(),
        severity: rule.severity,
        says: capital(&rule.says),
        fix: capital(&rule.fix),
        count: number(rule.count),
        share: percent(rule.count, all),
        columns,
        places: places.iter().map(|place| shown(place, MOST_NAME)).collect(),
        more: match rule.count > more && !places.is_empty() {
            true => format!("{more} of {}", number(rule.count)),
            false => String::new(),
        },
    }
}

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
    suggestion: String,
}

pub(super) fn unmapped(account: &Account, audience: Audience) -> Unmapped {
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
        intro.push_str(" They are not shown here: each is named by its line in the file of such values, which can be filled in as a crosswalk.");
    }
    let rows = account.unmapped.iter();
    let rows: Vec<UnmappedValue> = rows.map(|row| value(row, audience)).collect();
    Unmapped {
        intro,
        caption: "Values without a code, the most frequent first".to_owned(),
        suggestions: rows.iter().any(|row| !row.suggestion.is_empty()),
        more: match account.unmapped_further {
            0 => String::new(),
            more => format!("{} more are in the file.", number(more as u64)),
        },
        rows,
    }
}

fn nothing_unmapped() -> Unmapped {
    Unmapped {
        intro: "All values have a code.".to_owned(),
        caption: String::new(),
        suggestions: false,
        rows: Vec::new(),
        more: String::new(),
    }
}

fn value(row: &UnmappedRow, audience: Audience) -> UnmappedValue {
    let place = format!("{} line {}", row.file, row.line);
    // a proposal is a value of the crosswalk, which a spreadsheet may have made of this one
    let suggestion = ["suggestion", "suggestions", "suggested"];
    let suggestion = suggestion.map(|column| row.cell(column));
    let suggestion = suggestion.into_iter().find(|cell| !cell.is_empty());
    UnmappedValue {
        value: match audience.sees_values() {
            true => shown(row.cell("value"), MOST_NAME),
            false => place,
        },
        column: shown(row.cell("column"), MOST_NAME),
        count: number(row.count()),
        outcome: row.cell("outcome").to_owned(),
        first_seen: shown(row.cell("first_seen"), MOST_NAME),
        suggestion: shown(suggestion.unwrap_or_default(), MOST_NAME),
    }
}
