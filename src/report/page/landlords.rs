//! Several landlords side by side, and what sets one of them apart.

use std::collections::BTreeMap;

use serde::Serialize;

use super::overview::MOST_NAME;
use super::picture::HIDDEN;
use crate::report::audience::Audience;
use crate::report::ledger::Counts;
use crate::report::numerals::{estimate, number, percent, plural};
use crate::report::portrait::Portrait;
use crate::report::shown::shown;
use crate::report::suppression::hidden;
use crate::report::{LandlordReport, Report};
use crate::standard::PERSON_ALERT;

/// Landlords that are listed.
const MOST: usize = 200;
/// Codes that a landlord lacks, and labels that are mapped differently, that are listed.
const MOST_OUTLIERS: usize = 30;
/// Alerts that must be expected of a code before their absence is told: that so many are missing by chance
/// happens less than once in a thousand times.
const LEAST_EXPECTED: f64 = 8.0;
/// Stands where nothing was written of which something could be counted.
const ABSENT: &str = "–";

#[derive(Debug, Serialize)]
pub(super) struct Landlords {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    more: String,
    outliers: Vec<Outlier>,
    labels: Vec<Label>,
}

#[derive(Debug, Serialize)]
struct Column {
    name: &'static str,
    bar: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    code: String,
    name: String,
    error: String,
    cells: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    count: String,
    /// What stands below it in small letters.
    note: String,
    /// The length of a bar beside it, where it has one.
    bar: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Outlier {
    landlord: String,
    code: String,
    name: String,
    alerts: String,
    share: String,
    expected: String,
}

#[derive(Debug, Serialize)]
struct Label {
    label: String,
    targets: Vec<Target>,
}

#[derive(Debug, Serialize)]
struct Target {
    code: String,
    landlords: String,
}

pub(super) fn landlords(report: &Report, audience: Audience) -> Option<Landlords> {
    if report.landlords.len() < 2 {
        return None;
    }
    let others = audience.is_others();
    let counts: Vec<Counted> = report
        .landlords
        .iter()
        .map(|own| counted(own, report))
        .collect();
    let cells = match others {
        true => cells_for_others(&counts, audience),
        false => counts.iter().map(cells).collect(),
    };
    let rows = report.landlords.iter().zip(cells).take(MOST);
    Some(Landlords {
        caption: format!(
            "{}, in the order given",
            plural(report.landlords.len() as u64, "landlord")
        ),
        columns: columns(others),
        rows: rows.map(|(own, cells)| row(own, cells, audience)).collect(),
        more: match report.landlords.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("{} more are in report.json.", number(more as u64)),
        },
        outliers: match others {
            true => Vec::new(),
            false => outliers(report),
        },
        labels: match others {
            true => Vec::new(),
            false => labels(report),
        },
    })
}

/// What is counted of a landlord.
struct Counted {
    of_exports: Counts,
    portrait: Option<Portrait>,
}

fn counted(landlord: &LandlordReport, report: &Report) -> Counted {
    let mut of_exports = Counts::default();
    let files = report.ledger.files.iter().filter(|file| {
        file.landlord == landlord.code && file.table == PERSON_ALERT && !file.deleted
    });
    files.for_each(|file| of_exports.add(&file.counts));
    let mut portraits = report.portraits.iter();
    let portrait = portraits.find(|own| own.landlord == landlord.code).cloned();
    Counted {
        of_exports,
        portrait,
    }
}

fn columns(others: bool) -> Vec<Column> {
    let all = [
        ("Alerts stated", false, false),
        ("In the output", false, true),
        ("People", false, false),
        ("Set aside", true, true),
        ("Active", false, false),
        ("Review overdue", false, false),
    ];
    let shown = all
        .into_iter()
        .filter(|(_, _, for_others)| !others || *for_others);
    shown
        .map(|(name, bar, _)| Column {
            name,
            bar: bar && !others,
        })
        .collect()
}

fn cells(counted: &Counted) -> Vec<Cell> {
    let plain = |count: String| Cell {
        count,
        note: String::new(),
        bar: None,
    };
    let total = &counted.of_exports;
    let of_portrait = |of: fn(&Portrait) -> u64| {
        let portrait = counted.portrait.as_ref();
        plain(portrait.map_or(ABSENT.to_owned(), |own| number(of(own))))
    };
    let people = counted.portrait.as_ref();
    let (aside, stated) = (total.set_aside(), total.stated());
    vec![
        plain(number(stated)),
        plain(number(total.emitted)),
        plain(people.map_or(ABSENT.to_owned(), |own| {
            estimate(own.people, own.people_estimated)
        })),
        Cell {
            count: number(aside),
            note: percent(aside, stated),
            bar: Some(match stated {
                0 => 0,
                stated => (aside * 100).div_ceil(stated),
            }),
        },
        of_portrait(|own| own.active),
        of_portrait(|own| own.overdue),
    ]
}

/// The columns of which the page tells the sum, with as much hidden as that takes.
fn cells_for_others(counted: &[Counted], audience: Audience) -> Vec<Vec<Cell>> {
    let written = |own: &Counted| own.portrait.as_ref().map_or(0, |own| own.alerts);
    let aside = |own: &Counted| own.of_exports.set_aside();
    let columns = [
        counted.iter().map(written).collect::<Vec<u64>>(),
        counted.iter().map(aside).collect(),
    ];
    let told = columns.map(|counts| {
        let hidden = hidden(&counts, audience.least());
        let cells = counts.iter().enumerate().map(|(at, count)| {
            match hidden.as_ref().is_none_or(|hidden| hidden[at]) {
                true => HIDDEN.to_owned(),
                false => number(*count),
            }
        });
        cells.collect::<Vec<String>>()
    });
    let [written, aside] = told;
    let rows = written.into_iter().zip(aside).map(|pair| {
        let cells = <[String; 2]>::from(pair).into_iter();
        cells
            .map(|count| Cell {
                count,
                note: String::new(),
                bar: None,
            })
            .collect()
    });
    rows.collect()
}

fn row(landlord: &LandlordReport, cells: Vec<Cell>, audience: Audience) -> Row {
    Row {
        code: shown(&landlord.code, MOST_NAME),
        name: match landlord.name.as_str() {
            "" => shown(&landlord.profile, MOST_NAME),
            name => shown(name, MOST_NAME),
        },
        error: match (&landlord.error, audience.is_others()) {
            (None, _) => String::new(),
            (Some(_), true) => "not converted".to_owned(),
            (Some(error), false) => format!("not converted: {}", shown(error, 3 * MOST_NAME)),
        },
        cells,
    }
}

/// Codes of which a landlord has none although, going by the others, several are to be expected.
fn outliers(report: &Report) -> Vec<Outlier> {
    let all: u64 = report.portraits.iter().map(|own| own.alerts).sum();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (code, count) in report.portraits.iter().flat_map(|own| &own.by_code) {
        *counts.entry(code).or_default() += count;
    }
    let mut found = Vec::new();
    for portrait in &report.portraits {
        let others = all - portrait.alerts;
        for (code, count) in &counts {
            let expected = *count as f64 / others.max(1) as f64 * portrait.alerts as f64;
            if portrait.by_code.contains_key(*code) || expected < LEAST_EXPECTED {
                continue;
            }
            let words = report.codes.iter().find(|own| own.code == *code);
            let outlier = Outlier {
                landlord: shown(&portrait.landlord, MOST_NAME),
                code: shown(code, MOST_NAME),
                name: words.map_or(String::new(), |words| shown(&words.name, MOST_NAME)),
                alerts: number(portrait.alerts),
                share: percent(*count, others),
                expected: number(expected.round() as u64),
            };
            found.push((expected, outlier));
        }
    }
    found.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let found = found.into_iter().map(|(_, outlier)| outlier);
    found.take(MOST_OUTLIERS).collect()
}

fn labels(report: &Report) -> Vec<Label> {
    let labels = report.labels_mapped_differently.iter().take(MOST_OUTLIERS);
    let labels = labels.map(|own| Label {
        label: shown(&own.label, MOST_NAME),
        targets: own
            .targets
            .iter()
            .map(|(code, landlords)| Target {
                code: shown(code, MOST_NAME),
                landlords: landlords.join(", "),
            })
            .collect(),
    });
    labels.collect()
}
