//! Several landlords side by side, and what sets one of them apart.

use std::collections::BTreeMap;

use serde::Serialize;

use super::overview::MOST_NAME;
use crate::report::audience::Audience;
use crate::report::ledger::Counts;
use crate::report::numerals::{number, percent, plural};
use crate::report::shown::shown;
use crate::report::{LandlordReport, Report};
use crate::standard::PERSON_ALERT;

/// Landlords that are listed.
const MOST: usize = 200;
/// Codes that a landlord lacks, and labels that are mapped differently, that are listed.
const MOST_OUTLIERS: usize = 30;
/// Alerts that must be expected of a code before their absence is told: that so many are missing by chance
/// happens less than once in a thousand times.
const LEAST_EXPECTED: f64 = 8.0;

#[derive(Debug, Serialize)]
pub(super) struct Landlords {
    caption: String,
    rows: Vec<Row>,
    more: String,
    outliers: Vec<Outlier>,
    labels: Vec<Label>,
}

#[derive(Debug, Serialize)]
struct Row {
    code: String,
    name: String,
    error: String,
    stated: String,
    emitted: String,
    people: String,
    aside: String,
    aside_share: String,
    width: u64,
    active: String,
    overdue: String,
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
    let rows = report.landlords.iter().take(MOST);
    Some(Landlords {
        caption: format!(
            "{}, in the order given",
            plural(report.landlords.len() as u64, "landlord")
        ),
        rows: rows.map(|own| row(own, report, audience)).collect(),
        more: match report.landlords.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("{} more are in report.json.", number(more as u64)),
        },
        outliers: match audience.is_others() {
            true => Vec::new(),
            false => outliers(report),
        },
        labels: match audience.is_others() {
            true => Vec::new(),
            false => labels(report),
        },
    })
}

fn row(landlord: &LandlordReport, report: &Report, audience: Audience) -> Row {
    let mut counts = Counts::default();
    let files = report.ledger.files.iter().filter(|file| {
        file.landlord == landlord.code && file.table == PERSON_ALERT && !file.deleted
    });
    files.for_each(|file| counts.add(&file.counts));
    let portrait = report
        .portraits
        .iter()
        .find(|own| own.landlord == landlord.code);
    let of_portrait = |of: fn(&crate::report::portrait::Portrait) -> u64| {
        portrait.map_or("–".to_owned(), |own| audience.count(of(own)))
    };
    let (aside, stated) = (counts.set_aside(), counts.stated());
    Row {
        code: shown(&landlord.code, MOST_NAME),
        name: match landlord.name.as_str() {
            "" => shown(&landlord.profile, MOST_NAME),
            name => shown(name, MOST_NAME),
        },
        error: landlord
            .error
            .as_deref()
            .map_or(String::new(), |error| shown(error, 3 * MOST_NAME)),
        stated: audience.count(stated),
        emitted: audience.count(counts.emitted),
        people: portrait.map_or("–".to_owned(), |own| {
            audience.estimate(own.people, own.people_estimated)
        }),
        aside: audience.count(aside),
        aside_share: match (1..audience.least()).contains(&aside) {
            true => String::new(),
            false => percent(aside, stated),
        },
        width: match (1..audience.least()).contains(&aside) || stated == 0 {
            true => 0,
            false => (aside * 100).div_ceil(stated),
        },
        active: of_portrait(|own| own.active),
        overdue: of_portrait(|own| own.overdue),
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
