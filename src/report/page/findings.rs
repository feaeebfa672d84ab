//! The findings by what they are about.

use serde::Serialize;

use super::overview::{MOST_NAME, capital};
use crate::finding::Severity;
use crate::report::Report;
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
    /// Whether counts and places are told.
    counted: bool,
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
        let mut own: Vec<&RuleCount> = own.collect();
        if audience.is_others() {
            // the order of their frequency would tell of it
            own.sort_by_key(|rule| (std::cmp::Reverse(rule.severity), &rule.rule));
        }
        let count = own.iter().map(|rule| rule.count).sum();
        Part {
            id,
            title,
            caption: match audience.is_others() {
                true => (*title).to_owned(),
                false => format!("{title}: {} of {}", number(count), plural(all, "finding")),
            },
            rows: own.iter().map(|rule| row(rule, all, audience)).collect(),
        }
    });
    let waived = match counts.waived {
        0 => String::new(),
        waived => format!(" and {} that a waiver lets pass", number(waived)),
    };
    const MEANT: &str = "An error keeps its alert out; with a warning the alert is kept, and somebody should look; an info is worth knowing.";
    Findings {
        intro: match audience.is_others() {
            true => format!("{MEANT} How many there are is not told here."),
            false => format!(
                "{}: {}, {}, {}{waived}. {MEANT} Every place is in findings.csv and findings.parquet.",
                plural(all, "finding"),
                plural(counts.error, "error"),
                plural(counts.warning, "warning"),
                plural(counts.info, "info"),
            ),
        },
        counted: !audience.is_others(),
        parts: parts.collect(),
    }
}

fn row(rule: &RuleCount, all: u64, audience: Audience) -> Row {
    let told = |count: String| match audience.is_others() {
        true => String::new(),
        false => count,
    };
    let columns = rule.columns.iter().filter(|(name, _)| !name.is_empty());
    let mut columns: Vec<Column> = columns
        .take(MOST_COLUMNS)
        .map(|(name, count)| Column {
            name: shown(name, MOST_NAME),
            count: told(number(count)),
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
        count: told(number(rule.count)),
        share: told(percent(rule.count, all)),
        columns,
        places: places.iter().map(|place| shown(place, MOST_NAME)).collect(),
        more: match rule.count > more && !places.is_empty() {
            true => format!("{more} of {}", number(rule.count)),
            false => String::new(),
        },
    }
}
